// @ts-check
/** The kinds of changes that forms offer, with the fields of each; the service says what is right. */

/** @typedef {import("./names.js").Part} Part */
/**
 * @typedef {object} FieldKind
 * @property {string} name as the service calls it
 * @property {"entry" | "entries" | "worked" | "day" | "moment" | "amount" | "text" | "preset" | "term" | "price" | "limit"} type
 * @property {Part} [part] what entries are of
 * @property {"leave-out" | "null"} [empty] what an empty one means; otherwise it is sent as it is
 * @property {boolean} [whole] whole numbers
 */
/** @typedef {{ icon: import("../../parts/icons.js").IconName, fields: FieldKind[] }} Kind */

/** @type {FieldKind} */
const person = { name: "person", type: "entry", part: "people" };
/** @type {FieldKind} */
const task = { name: "task", type: "entry", part: "tasks" };

/** @type {FieldKind} */
const course = { name: "course", type: "entry", part: "courses" };
/** @type {FieldKind} */
const department = { name: "department", type: "entry", part: "departments" };
/** @type {FieldKind} */
const room = { name: "room", type: "entry", part: "rooms" };
/** @type {FieldKind[]} */
const days = [{ name: "from", type: "day" }, { name: "to", type: "day" }];
/** @param {string} name @param {"leave-out" | "null"} [empty] @returns {FieldKind} */
const amount = (name, empty) => ({ name, type: "amount", empty });
/** @param {string} name @param {"leave-out" | "null"} [empty] @returns {FieldKind} */
const count = (name, empty) => ({ name, type: "amount", empty, whole: true });

/** @type {Kind} */
const absent = {
  icon: "calendar",
  fields: [
    person,
    { name: "from", type: "day" },
    { name: "to", type: "day" },
    { name: "reason", type: "text", empty: "leave-out" },
  ],
};

/** What if: changes of a scenario. @type {Record<string, Kind>} */
export const WHAT_IF = {
  absent,
  leave: { icon: "leave", fields: [person, { name: "from", type: "day" }] },
  one_more: {
    icon: "plus",
    fields: [
      { name: "like", type: "entry", part: "people" },
      { name: "id", type: "text" },
      { name: "name", type: "text", empty: "leave-out" },
    ],
  },
  move_wave: {
    icon: "right",
    fields: [{ name: "wave", type: "entry", part: "waves" }, { name: "go_live", type: "day" }],
  },
  budget: {
    icon: "data",
    fields: [
      { name: "project", type: "entry", part: "projects" },
      { name: "budget", type: "amount", empty: "null" },
    ],
  },
  due: { icon: "clock", fields: [task, { name: "due", type: "day", empty: "null" }] },
  pin: {
    icon: "pin",
    fields: [
      task,
      { name: "start", type: "moment", empty: "leave-out" },
      { name: "people", type: "entries", part: "people", empty: "leave-out" },
    ],
  },
  preset: { icon: "settings", fields: [{ name: "preset", type: "preset" }] },
  price: { icon: "star", fields: [{ name: "term", type: "term" }, { name: "price", type: "price" }] },
  deadline: { icon: "clock", fields: [task, { name: "deadline", type: "day", empty: "null" }] },
  earliest: { icon: "clock", fields: [task, { name: "earliest", type: "day", empty: "null" }] },
  window: { icon: "calendar", fields: [course, count("open_days_before_go_live"), count("close_days_before_go_live")] },
  end: { icon: "right", fields: [{ name: "end", type: "day" }] },
  unfreeze: { icon: "calendar", fields: days },
  open: { icon: "calendar", fields: [department, ...days] },
  green_light: { icon: "check", fields: [department, { name: "date", type: "day" }] },
  frozen_until: { icon: "pin", fields: [{ name: "until", type: "moment", empty: "null" }] },
  present: { icon: "people", fields: [person, ...days] },
  skill: { icon: "plus", fields: [person, { name: "skill", type: "entry", part: "skills" }, count("level")] },
  limit: { icon: "clock", fields: [person, { name: "limit", type: "limit" }, amount("hours", "null")] },
  speaks: { icon: "people", fields: [person, { name: "language", type: "text" }] },
  vendor_terms: {
    icon: "people",
    fields: [
      { name: "vendor", type: "entry", part: "vendors" },
      count("lead_days", "leave-out"),
      amount("minimum_hours_per_day", "leave-out"),
    ],
  },
  seats: { icon: "data", fields: [room, count("seats")] },
  changeover: { icon: "clock", fields: [room, count("minutes")] },
  one_more_room: { icon: "plus", fields: [room, { name: "id", type: "text" }] },
  equipment: { icon: "plus", fields: [room, { name: "equipment", type: "text" }] },
  class_size: { icon: "people", fields: [course, count("min", "leave-out"), count("max", "leave-out")] },
  release_limit: { icon: "people", fields: [department, amount("share", "null")] },
  crew: { icon: "people", fields: [task, count("line"), count("people", "leave-out"), amount("hours", "leave-out")] },
  loose: { icon: "cross", fields: [task, { name: "other", type: "entry", part: "tasks" }] },
  leave_out: { icon: "trash", fields: [task] },
};

export const LIMITS = ["hours_per_day", "hours_per_week", "class_hours_per_day", "rest_hours", "hours_per_7_days", "days_in_row", "nights_in_row", "weekends_off"];

/** Who has really worked on a task, and since when. @type {FieldKind[]} */
const really = [
  { name: "started", type: "moment", empty: "leave-out" },
  { name: "worked", type: "worked", part: "people", empty: "leave-out" },
];

/** What has happened: actuals. @type {Record<string, Kind>} */
export const HAPPENED = {
  progress: { icon: "runs", fields: [task, { name: "done_hours", type: "amount" }, ...really] },
  finished: { icon: "check", fields: [task, { name: "on", type: "day" }, ...really] },
  attended: {
    icon: "people",
    fields: [
      { name: "audience", type: "entry", part: "audiences" },
      { name: "course", type: "entry", part: "courses" },
      { name: "on", type: "day" },
      { name: "heads", type: "amount", whole: true, empty: "leave-out" },
      { name: "trainers", type: "entries", part: "people", empty: "leave-out" },
    ],
  },
  stood: {
    icon: "people",
    fields: [
      { name: "support", type: "entry", part: "support" },
      { name: "department", type: "entry", part: "departments" },
      { name: "day", type: "day" },
      { name: "people", type: "entries", part: "people", empty: "leave-out" },
    ],
  },
  not_held: { icon: "cross", fields: [{ name: "course", type: "entry", part: "courses" }, { name: "on", type: "day" }] },
  absent,
  declined: {
    icon: "cross",
    fields: [person, { name: "from", type: "moment" }, { name: "to", type: "moment" }],
  },
};


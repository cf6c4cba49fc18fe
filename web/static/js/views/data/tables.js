// @ts-check
/** What can be edited in tables: the lists of a rollout, and the columns of each. */

/**
 * @typedef {object} Column
 * @property {string} key where it is in an entry, such as `limits.hours_per_day`
 * @property {"text" | "number" | "date" | "moment" | "choice" | "flag" | "words" | "lines"} kind
 * @property {string} [refs] the list that the ids come from
 * @property {string[]} [options] other choices
 * @property {number} [width] in pixels
 * @property {Column[]} [lines] the columns of each line
 * @property {boolean} [otherwise] what a flag is that is left out
 * @property {boolean} [needed]
 */

/**
 * @typedef {object} Table
 * @property {string} name
 * @property {Column[]} columns
 * @property {string} [inside] a list within the entries of another one: `absences` in `people`
 * @property {string} [of] that other list
 * @property {string} [plain] of a list of plain values: the column that is the entry itself
 * @property {any} [fresh] what a new entry begins with
 */

/** @type {(key: string, more?: Partial<Column>) => Column} */
const text = (key, more) => ({ key, kind: "text", width: 150, ...more });
/** @type {(key: string, more?: Partial<Column>) => Column} */
const number = (key, more) => ({ key, kind: "number", width: 92, ...more });
/** @type {(key: string, more?: Partial<Column>) => Column} */
const date = (key, more) => ({ key, kind: "date", width: 124, ...more });
/** @type {(key: string, more?: Partial<Column>) => Column} */
const moment = (key, more) => ({ key, kind: "moment", width: 150, ...more });
/** @type {(key: string, refs: string, more?: Partial<Column>) => Column} */
const ref = (key, refs, more) => ({ key, kind: "choice", refs, width: 140, ...more });
/** @type {(key: string, refs: string | undefined, more?: Partial<Column>) => Column} */
const words = (key, refs, more) => ({ key, kind: "words", refs, width: 170, ...more });
/** @type {(key: string, columns: Column[], more?: Partial<Column>) => Column} */
const lines = (key, columns, more) => ({ key, kind: "lines", lines: columns, width: 220, ...more });
/** @type {(key: string, otherwise: boolean) => Column} */
const flag = (key, otherwise) => ({ key, kind: "flag", otherwise, width: 96 });

const id = text("id", { width: 150, needed: true });
const name = text("name", { width: 220 });
const level = number("level", { width: 80 });
const span = [moment("from", { needed: true }), moment("to", { needed: true }), text("reason")];

/** @type {Table[]} */
export const TABLES = [
  {
    name: "people",
    columns: [
      id,
      name,
      lines("skills", [ref("skill", "skills", { needed: true }), level, date("until")]),
      ref("site", "sites"),
      words("languages", undefined, { width: 110 }),
      number("cost_per_hour", { width: 110 }),
      lines("absences", span),
      ref("calendar", "calendars"),
      ref("vendor", "vendors"),
      number("limits.hours_per_day"),
      number("limits.hours_per_week"),
      number("limits.class_hours_per_day"),
      number("limits.rest_hours"),
      number("limits.hours_per_7_days"),
      number("limits.days_in_row"),
      number("limits.nights_in_row"),
      number("limits.weekends_off"),
      number("notice_hours"),
      lines("wishes", [
        moment("avoid.from", { needed: true }),
        moment("avoid.to", { needed: true }),
        text("avoid.reason"),
        number("weight"),
      ]),
    ],
  },
  {
    name: "absences",
    of: "people",
    inside: "absences",
    columns: [
      ref("person", "people", { width: 220, needed: true }),
      ...span.map((it) => (it.key === "reason" ? { ...it, width: 280 } : it)),
    ],
  },
  {
    name: "tasks",
    fresh: { crew: [] },
    columns: [
      id,
      name,
      ref("project", "projects", { needed: true }),
      lines("crew", [
        ref("skill", "skills", { needed: true }),
        level,
        number("people"),
        number("hours", { needed: true }),
      ], { needed: true, width: 240 }),
      lines("after", [ref("task", "tasks", { needed: true }), {
        key: "type",
        kind: "choice",
        options: ["FS", "SS", "FF", "SF"],
        width: 80,
      }, number("lag_hours")]),
      moment("earliest"),
      moment("due"),
      moment("deadline"),
      ref("department", "departments"),
      ref("wave", "waves"),
      flag("change", false),
      flag("splittable", true),
      number("priority"),
      ref("site", "sites"),
      moment("progress.finished"),
      number("progress.done_hours"),
      moment("progress.started"),
      lines("progress.worked", [ref("person", "people", { needed: true }), number("hours", { needed: true })]),
      moment("pin.start"),
      words("pin.people", "people"),
      ref("same_people_as", "tasks"),
      ref("different_people_from", "tasks"),
    ],
  },
  {
    name: "courses",
    fresh: { hours: 4, class_size: { max: 12 } },
    columns: [
      id,
      name,
      ref("project", "projects", { needed: true }),
      number("hours", { needed: true }),
      lines("trainers", [ref("skill", "skills", { needed: true }), level, number("people")]),
      number("class_size.min"),
      number("class_size.max", { needed: true }),
      flag("virtual", false),
      words("room.equipment", undefined),
      words("after", "courses"),
      ref("materials", "tasks"),
      number("window.open_days_before_go_live", { width: 120 }),
      number("window.close_days_before_go_live", { width: 120 }),
      ref("grants.skill", "skills"),
      number("grants.level"),
    ],
  },
  {
    name: "audiences",
    columns: [
      id,
      name,
      ref("department", "departments", { needed: true }),
      number("headcount"),
      words("courses", "courses", { width: 220 }),
      text("language", { width: 100 }),
      words("members", "people"),
      ref("calendar", "calendars"),
      lines("trained", [
        ref("course", "courses", { needed: true }),
        number("heads"),
        words("members", "people"),
        date("on", { needed: true }),
      ]),
    ],
  },
  {
    name: "departments",
    columns: [
      id,
      name,
      ref("site", "sites", { needed: true }),
      number("headcount", { needed: true }),
      lines("closed", span),
      number("release_limit", { width: 110 }),
      { key: "green_light.status", kind: "choice", options: ["granted", "pending", "refused"], width: 120 },
      date("green_light.date"),
    ],
  },
  {
    name: "rooms",
    columns: [
      id,
      name,
      ref("site", "sites", { needed: true }),
      number("seats", { needed: true }),
      words("equipment", undefined),
      number("cost_per_hour", { width: 110 }),
      ref("calendar", "calendars"),
      number("changeover_minutes", { width: 110 }),
    ],
  },
  { name: "projects", columns: [id, name, number("priority"), number("budget", { width: 120 })] },
  {
    name: "waves",
    columns: [
      id,
      name,
      ref("project", "projects", { needed: true }),
      words("departments", "departments", { needed: true, width: 260 }),
      date("go_live", { needed: true }),
    ],
  },
  {
    name: "support",
    columns: [
      id,
      name,
      ref("wave", "waves", { needed: true }),
      ref("skill", "skills", { needed: true }),
      level,
      text("hours", { needed: true, width: 130 }),
      words("days", undefined),
      words("users.audiences", "audiences"),
      flag("users.on_duty", false),
      number("users.share"),
      lines("curve", [text("days", { needed: true }), number("users_per_supporter", { needed: true })], {
        needed: true,
      }),
      lines("worked", [
        ref("department", "departments", { needed: true }),
        date("day", { needed: true }),
        words("people", "people"),
      ]),
    ],
  },
  { name: "freezes", columns: [...span, ref("wave", "waves"), words("departments", "departments", { width: 260 })] },
  { name: "skills", columns: [id, name] },
  {
    name: "calendars",
    fresh: { weekly: Object.fromEntries(["mon", "tue", "wed", "thu", "fri"].map((it) => [it, ["08:00-16:00"]])) },
    columns: [
      id,
      name,
      words("weekly.mon", undefined),
      words("weekly.tue", undefined),
      words("weekly.wed", undefined),
      words("weekly.thu", undefined),
      words("weekly.fri", undefined),
      words("weekly.sat", undefined),
      words("weekly.sun", undefined),
      date("rotation.from"),
      lines("rotation.weeks", [
        words("mon", undefined),
        words("tue", undefined),
        words("wed", undefined),
        words("thu", undefined),
        words("fri", undefined),
        words("sat", undefined),
        words("sun", undefined),
      ]),
    ],
  },
  {
    name: "roster",
    of: "calendars",
    inside: "roster",
    columns: [
      ref("calendar", "calendars", { width: 220, needed: true }),
      date("date", { needed: true }),
      words("hours", undefined),
    ],
  },
  {
    name: "holidays",
    of: "calendars",
    inside: "holidays",
    plain: "day",
    columns: [ref("calendar", "calendars", { width: 220, needed: true }), date("day", { needed: true })],
  },
  {
    name: "sites",
    columns: [id, name, ref("calendar", "calendars", { needed: true }), text("timezone", { width: 170 })],
  },
  {
    name: "travel",
    fresh: { minutes: 30 },
    columns: [
      ref("from", "sites", { needed: true, width: 200 }),
      ref("to", "sites", { needed: true, width: 200 }),
      number("minutes", { needed: true }),
    ],
  },
  { name: "vendors", columns: [id, name, number("lead_days"), number("minimum_hours_per_day")] },
];

/**
 * @typedef {object} Row
 * @property {import("./places.js").Path} path where its entry is
 * @property {any} entry
 * @property {string} [owner] the id of the entry that it is inside of
 * @property {string} [ownerKey] the column that says whose it is
 * @property {string} [plain] the column that is the entry itself
 */

/**
 * The rows of a table.
 * @param {Table} table
 * @param {any} tree
 * @returns {Row[]}
 */
export function rowsOf(table, tree) {
  const { of, inside } = table;
  if (!of || !inside) {
    return (tree[table.name] ?? []).map((/** @type {any} */ entry, /** @type {number} */ number_) => ({
      path: [table.name, number_],
      entry,
    }));
  }
  return (tree[of] ?? []).flatMap((/** @type {any} */ owner, /** @type {number} */ at) =>
    (owner[inside] ?? []).map((/** @type {any} */ entry, /** @type {number} */ number_) => ({
      path: [of, at, inside, number_],
      entry,
      owner: owner.id,
      ownerKey: table.columns[0].key,
      plain: table.plain,
    }))
  );
}

/**
 * What a cell holds.
 * @param {Row} row
 * @param {Column} column
 */
export function valueOf(row, column) {
  if (row.ownerKey === column.key) return row.owner;
  if (row.plain === column.key) return row.entry;
  return column.key.split(".").reduce((found, step) => found?.[step], row.entry);
}

/**
 * The row and column that a fault is about, in a table; null if it is about another one.
 * @param {Table} table
 * @param {import("./places.js").Path} path
 * @returns {{row: string, column: string | null} | null}
 */
export function placeOf(table, path) {
  const depth = table.of ? 4 : 2;
  const begins = table.of ? path[0] === table.of && path[2] === table.inside : path[0] === table.name;
  if (!begins || typeof path[depth - 1] !== "number") return null;
  if (table.plain) return { row: path.slice(0, depth).join("/"), column: table.plain };
  const rest = path.slice(depth).filter((it) => typeof it === "string").join(".");
  const column = table.columns.find((it) =>
    rest === it.key || rest.startsWith(`${it.key}.`) || (rest !== "" && it.key.startsWith(`${rest}.`))
  );
  return { row: path.slice(0, depth).join("/"), column: column?.key ?? null };
}

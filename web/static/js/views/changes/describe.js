// @ts-check
/** One sentence for each change, in the reader's language. */

import { day, list, moment, money, number, percent, t } from "../../i18n.js";

/** @typedef {{ edit: string, [field: string]: any }} Edit */

/**
 * @param {Edit} edit as the service has it
 * @param {import("./names.js").Names} names
 * @returns {string}
 */
export function describe(edit, names) {
  const person = names.of("people", edit.person) || "…";
  const task = names.of("tasks", edit.task) || "…";
  switch (edit.edit) {
    case "leave":
      return t("changes.says-leave", { person, from: point(edit.from) });
    case "absent":
    case "declined":
      return t(`changes.says-${edit.edit}`, { person, from: point(edit.from), to: point(edit.to) });
    case "one_more":
      return t("changes.says-one_more", { like: names.of("people", edit.like), name: edit.name || edit.id });
    case "move_wave":
      return t("changes.says-move_wave", { wave: names.of("waves", edit.wave), day: point(edit.go_live) });
    case "budget": {
      const project = names.of("projects", edit.project);
      if (edit.budget === null || edit.budget === undefined) return t("changes.says-budget-none", { project });
      return t("changes.says-budget", { project, budget: money(Number(edit.budget), names.currency) });
    }
    case "preset":
      return t("changes.says-preset", { preset: t(`changes.preset-${edit.preset}`) });
    case "price": {
      const term = t(`terms.${edit.term}`);
      if (edit.price === "forbidden") return t("changes.says-price-forbidden", { term });
      return t("changes.says-price", { term, price: Number(edit.price) });
    }
    case "due":
      return edit.due ? t("changes.says-due", { task, day: point(edit.due) }) : t("changes.says-due-none", { task });
    case "pin":
      return pin(edit, task, names);
    case "progress":
      return really(t("changes.says-progress", { task, hours: number(edit.done_hours) }), edit, names);
    case "finished":
      return really(t("changes.says-finished", { task, day: point(edit.on) }), edit, names);
    case "stood":
      return t("changes.says-stood", {
        support: names.of("support", edit.support),
        department: names.of("departments", edit.department),
        day: point(edit.day),
        people: list((edit.people ?? []).map((/** @type {string} */ it) => names.of("people", it))),
      });
    case "not_held":
      return t("changes.says-not_held", { course: names.of("courses", edit.course), day: point(edit.on) });
    case "attended":
      return t("changes.says-attended", {
        audience: names.of("audiences", edit.audience),
        course: names.of("courses", edit.course),
        day: point(edit.on),
        heads: edit.heads ?? edit.members?.length ?? 0,
      });
    default:
      return eased(edit, names, { person, task });
  }
}

/** What ways out change: dates, people, rooms and rules. @param {Edit} edit @param {import("./names.js").Names} names @param {{ person: string, task: string }} of */
function eased(edit, names, { person, task }) {
  const key = `changes.says-${edit.edit}`;
  const of = (/** @type {import("./names.js").Part} */ part, /** @type {string} */ id) => names.of(part, id) || "…";
  const span = { from: point(edit.from), to: point(edit.to) };
  switch (edit.edit) {
    case "deadline":
    case "earliest": {
      const at = edit[edit.edit];
      return at ? t(key, { task, day: point(at) }) : t(`${key}-none`, { task });
    }
    case "window":
      return t(key, { course: of("courses", edit.course), opens: Number(edit.open_days_before_go_live), closes: Number(edit.close_days_before_go_live) });
    case "end":
      return t(key, { day: point(edit.end) });
    case "unfreeze":
      return t(key, span);
    case "open":
      return t(key, { department: of("departments", edit.department), ...span });
    case "green_light":
      return t(key, { department: of("departments", edit.department), day: point(edit.date) });
    case "frozen_until":
      return edit.until ? t(key, { until: point(edit.until) }) : t(`${key}-none`);
    case "present":
      return t(key, { person, ...span });
    case "skill":
      return t(key, { person, skill: of("skills", edit.skill), level: edit.level ?? 1 });
    case "limit": {
      const limit = t(`changes.limit-${edit.limit}`);
      const off = { rest_hours: "rest", weekends_off: "weekends" }[/** @type {string} */ (edit.limit)];
      if (off && edit.hours !== null) return t(`${key}-${off}`, { person, hours: Number(edit.hours) });
      return edit.hours === null ? t(`${key}-none`, { person, limit }) : t(key, { person, limit, hours: number(Number(edit.hours)) });
    }
    case "speaks":
      return t(key, { person, language: edit.language });
    case "vendor_terms": {
      const vendor = of("vendors", edit.vendor);
      const said = [
        edit.lead_days !== undefined && t(`${key}-lead_days`, { vendor, days: Number(edit.lead_days) }),
        edit.minimum_hours_per_day !== undefined && t(`${key}-minimum_hours`, { vendor, hours: Number(edit.minimum_hours_per_day) }),
      ];
      return said.filter(Boolean).join(", ");
    }
    default:
      return sized(edit, names, task);
  }
}

/** Rooms, classes and crews of another size, and work without a tie or left out. @param {Edit} edit @param {import("./names.js").Names} names @param {string} task */
function sized(edit, names, task) {
  const key = `changes.says-${edit.edit}`;
  const room = names.of("rooms", edit.room) || "…";
  switch (edit.edit) {
    case "seats":
      return t(key, { room, seats: Number(edit.seats) });
    case "changeover":
      return t(key, { room, minutes: Number(edit.minutes) });
    case "one_more_room":
      return t(key, { room, id: edit.id });
    case "equipment":
      return t(key, { room, equipment: edit.equipment });
    case "class_size": {
      const course = names.of("courses", edit.course) || "…";
      const said = ["min", "max"].filter((it) => edit[it] !== undefined);
      return said.map((it) => t(`${key}-${it}`, { course, heads: Number(edit[it]) })).join(", ");
    }
    case "release_limit": {
      const department = names.of("departments", edit.department) || "…";
      return edit.share === null ? t(`${key}-none`, { department }) : t(key, { department, share: percent(Number(edit.share)) });
    }
    case "crew": {
      const line = edit.line ?? 1;
      const said = [
        edit.people !== undefined && t(`${key}-people`, { task, line, people: Number(edit.people) }),
        edit.hours !== undefined && t(`${key}-hours`, { task, line, hours: Number(edit.hours) }),
      ];
      return said.filter(Boolean).join(", ");
    }
    case "loose":
      return t(key, { task, other: names.of("tasks", edit.other) || "…" });
    case "leave_out":
      return t(key, { task });
    default:
      return edit.edit;
  }
}

/** With who has really worked on it, where that is reported. @param {string} said @param {Edit} edit @param {import("./names.js").Names} names */
function really(said, edit, names) {
  if (!edit.worked?.length) return said;
  const people = edit.worked.map((/** @type {any} */ it) => `${names.of("people", it.person)} ${number(it.hours)} h`);
  return `${said} (${list(people)})`;
}

/** @param {Edit} edit @param {string} task @param {import("./names.js").Names} names */
function pin(edit, task, names) {
  const to = [
    edit.start && point(edit.start),
    edit.people?.length && list(edit.people.map((/** @type {string} */ it) => names.of("people", it))),
  ].filter(Boolean);
  return to.length ? t("changes.says-pin", { task, to: to.join(", ") }) : t("changes.says-pin-none", { task });
}

/** A day, or a moment on it; something else while it is being filled in. @param {string | undefined} text */
function point(text) {
  if (!text || Number.isNaN(Date.parse(text))) return "…";
  return text.length > 10 ? moment(text) : day(text);
}

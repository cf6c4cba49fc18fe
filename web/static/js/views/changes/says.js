// @ts-check
/** One sentence for each change, in the reader's language. */

import { day, list, moment, money, number, t } from "../../i18n.js";

/** @typedef {{ edit: string, [field: string]: any }} Edit */

/**
 * @param {Edit} edit as the service has it
 * @param {import("./names.js").Names} names
 * @returns {string}
 */
export function says(edit, names) {
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
      return edit.edit;
  }
}

/** With who has really worked on it, where that is told. @param {string} said @param {Edit} edit @param {import("./names.js").Names} names */
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

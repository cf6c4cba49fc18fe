// @ts-check
/** The control of one field of a change: how it is filled in, and what it sends. */

import { PRESETS, TERMS } from "../../goals.js";
import { h } from "../../dom.js";
import { day, list, money, number, t } from "../../i18n.js";
import { called, idOf, labelOf, offer } from "../../parts/entries.js";
import { input, select } from "../../parts/field.js";
import { pickSeveral } from "../../parts/pick_several.js";
import { LIMITS } from "./edit_forms.js";

/** @typedef {import("./edit_forms.js").FieldKind} FieldKind */
/** @typedef {import("./names.js").Names} Names */
/**
 * @typedef {object} Control
 * @property {HTMLInputElement | HTMLSelectElement | HTMLButtonElement} element
 * @property {() => unknown} value what is sent; undefined leaves it out
 */

/** Up to so many entries are offered in a list; more are found by typing. */
const LISTED = 120;

/**
 * @param {FieldKind} kind @param {unknown} value what it is now
 * @param {Names} names
 * @returns {Control}
 */
export function controlOf(kind, value, names) {
  const text = value === undefined || value === null ? "" : String(value);
  switch (kind.type) {
    case "entry":
      return entry(kind, text, names);
    case "entries":
      return entries(kind, /** @type {string[]} */ (value ?? []), names);
    case "worked":
      return worked(kind, /** @type {any[]} */ (value ?? []), names);
    case "day":
      return plain(kind, input({ type: "date", value: text }));
    case "moment":
      return plain(kind, input({ type: "datetime-local", value: text, step: 60 * (names.tree.slot_minutes ?? 30) }));
    case "amount":
      return plain(kind, input({ type: "number", min: 0, step: kind.whole ? 1 : "any", value: text }), number_);
    case "price":
      return price(text);
    case "preset":
      return plain(kind, select(PRESETS.map((it) => ({ value: it, text: t(`changes.preset-${it}`) })), { value: text }));
    case "term":
      return plain(kind, select(TERMS.map((it) => ({ value: it, text: t(`terms.${it}`) })), { value: text }));
    case "limit":
      return plain(kind, select(LIMITS.map((it) => ({ value: it, text: t(`changes.limit-${it}`) })), { value: text }));
    default:
      return plain(kind, input({ value: text, maxlength: 200 }));
  }
}

/**
 * @param {FieldKind} kind @param {HTMLInputElement | HTMLSelectElement} element
 * @param {(text: string) => unknown} [read]
 * @returns {Control}
 */
function plain(kind, element, read = (text) => text) {
  const value = () => {
    const text = element.value.trim();
    if (text === "" && kind.empty) return kind.empty === "null" ? null : undefined;
    return read(text);
  };
  return { element, value };
}

/** What is no number is sent as it is: the service says so. @param {string} text */
const number_ = (text) => (text === "" || Number.isNaN(Number(text)) ? text : Number(text));

/** @param {FieldKind} kind @param {string} value @param {Names} names */
function entry(kind, value, names) {
  const all = entriesOf(kind, names);
  if (all.length <= LISTED) {
    const options = [{ value: "", text: t("changes.choose") }, ...all.map((it) => ({ value: it.id, text: labelOf(all, it.id) }))];
    const isKnown = value === "" || all.some((it) => it.id === value);
    return plain(kind, select(isKnown ? options : [...options, { value, text: value }], { value }));
  }
  const element = input({ value: labelOf(all, value), placeholder: t("changes.type-to-find") });
  offer(element, all);
  return plain(kind, element, (text) => idOf(all, text));
}

/** Several entries, picked by name. @param {FieldKind} kind @param {string[]} value @param {Names} names */
function entries(kind, value, names) {
  const all = entriesOf(kind, names);
  let chosen = [value].flat().filter(Boolean);
  const says = () => list(chosen.map((it) => labelOf(all, it))) || t("replace.choose-people");
  const element = h("button", { type: "button", class: "picks", "aria-haspopup": "dialog" }, says());
  element.addEventListener("click", async () => {
    const picked = await pickSeveral(t("replace.choose-people"), chosen, all);
    if (!picked) return;
    chosen = picked;
    element.textContent = says();
    element.dispatchEvent(new Event("input", { bubbles: true }));
  });
  return { element, value: () => (chosen.length ? chosen : undefined) };
}

/** People with their hours, by name or id: `Ana Novak 8, bor 6.5`. @param {FieldKind} kind @param {any[]} value @param {Names} names */
function worked(kind, value, names) {
  const all = entriesOf(kind, names);
  // A name with a comma in it would be read as two.
  const label = (/** @type {string} */ id) => (labelOf(all, id).includes(",") ? id : labelOf(all, id));
  const element = input({
    value: value.map((it) => `${label(it.person)} ${it.hours}`).join(", "),
    placeholder: t("changes.worked-example"),
  });
  return {
    element,
    value: () => {
      const parts = element.value.split(/[,;]\s*/).map((it) => it.trim()).filter(Boolean);
      const given = parts.map((it) => {
        const at = it.lastIndexOf(" ");
        return at < 0
          ? { person: idOf(all, it), hours: "" }
          : { person: idOf(all, it.slice(0, at)), hours: number_(it.slice(at + 1)) };
      });
      return given.length ? given : undefined;
    },
  };
}

/** @param {FieldKind} kind @param {Names} names */
const entriesOf = (kind, names) =>
  names.all(/** @type {any} */ (kind.part)).map((it) => ({ id: it.id, name: it.name || it.id }));

/** A price, or the word for none of it at all. @param {string} text */
function price(text) {
  const element = input({ value: text === "forbidden" ? t("changes.forbidden") : text, inputmode: "decimal", placeholder: "0" });
  const value = () => {
    const given = element.value.trim();
    if (given.toLowerCase() === t("changes.forbidden").toLowerCase()) return "forbidden";
    return number_(given.replace(",", "."));
  };
  return { element, value };
}

/**
 * How it is now, under the field that changes it.
 * @param {string} edit @param {string} field @param {Record<string, unknown>} values @param {Names} names
 * @returns {string}
 */
export function hintOf(edit, field, values, names) {
  const now = (/** @type {string | null | undefined} */ text) => (text ? t("changes.now", { value: text }) : "");
  const task = typeof values.task === "string" ? names.entry("tasks", values.task) : undefined;
  switch (`${edit}.${field}`) {
    case "move_wave.go_live": {
      const wave = names.entry("waves", String(values.wave ?? ""));
      return now(wave && day(wave.go_live, "weekday"));
    }
    case "budget.budget": {
      const project = names.entry("projects", String(values.project ?? ""));
      if (!project) return t("changes.empty-none");
      return `${now(project.budget === undefined ? t("changes.none") : money(project.budget, names.currency))} ${t("changes.empty-none")}`;
    }
    case "due.due":
      return task ? `${now(task.due ? day(task.due, "weekday") : t("changes.none"))} ${t("changes.empty-none")}` : t("changes.empty-none");
    case "pin.people":
      return t("changes.pin-empty");
    case "price.price":
      return t("changes.price-hint", { word: t("changes.forbidden") });
    case "preset.preset":
      return now(t(`changes.preset-${names.tree.goals?.preset ?? "balanced"}`));
    case "progress.worked":
    case "finished.worked":
      return t("changes.worked-hint");
    case "progress.started":
    case "finished.started":
      return t("changes.started-hint");
    case "progress.done_hours": {
      const asked = task?.crew?.map((/** @type {any} */ it) => it.hours);
      return asked?.length ? t("changes.of-hours", { hours: number(Math.max(...asked)) }) : t("changes.each-person");
    }
    default: {
      const part = { person: "people", like: "people", task: "tasks", audience: "audiences", course: "courses" }[field];
      const typed = String(values[field] ?? "");
      if (!part || !typed) return "";
      const all = entriesOf({ name: field, type: "entry", part: /** @type {any} */ (part) }, names);
      const count = called(all, typed);
      return count > 1 && !all.some((it) => it.id === typed) ? t("replace.ambiguous", { count }) : "";
    }
  }
}

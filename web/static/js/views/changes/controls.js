// @ts-check
/** The control of one field of a change: how it is filled in, and what it sends. */

import { h, newId } from "../../dom.js";
import { day, money, number, t } from "../../i18n.js";
import { input, select } from "../../parts/field.js";
import { PRESETS, TERMS } from "./kinds.js";

/** @typedef {import("./kinds.js").FieldKind} FieldKind */
/** @typedef {import("./names.js").Names} Names */
/**
 * @typedef {object} Control
 * @property {HTMLInputElement | HTMLSelectElement} element
 * @property {() => unknown} value what is sent; undefined leaves it out
 */

/** Up to so many entries are offered in a list; more are found by typing. */
const LISTED = 120;

/** @type {Map<string, string>} lists of entries to choose from while typing, by part */
const lists = new Map();

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
  const all = names.all(/** @type {any} */ (kind.part));
  if (all.length <= LISTED) {
    const options = [{ value: "", text: t("changes.choose") }, ...all.map((it) => ({ value: it.id, text: it.name || it.id }))];
    return plain(kind, select(options, { value }));
  }
  const element = input({ value, list: listOf(/** @type {any} */ (kind.part), all), placeholder: t("changes.type-to-find") });
  return plain(kind, element);
}

/** @param {string} part @param {import("./names.js").Entry[]} all */
function listOf(part, all) {
  const known = lists.get(part);
  const id = known ?? newId("entries");
  document.getElementById(id)?.remove();
  lists.set(part, id);
  document.getElementById("main")?.append(
    h("datalist", { id }, all.map((it) => h("option", { value: it.id, label: it.name || it.id }))),
  );
  return id;
}

/** Several ids with commas between them. @param {FieldKind} kind @param {string[]} value @param {Names} names */
function entries(kind, value, names) {
  const all = names.all(/** @type {any} */ (kind.part));
  const element = input({
    value: value.join(", "),
    list: listOf(/** @type {any} */ (kind.part), all),
    placeholder: t("changes.several"),
  });
  return {
    element,
    value: () => {
      const ids = element.value.split(/[,;\s]+/).filter(Boolean);
      return ids.length ? ids : undefined;
    },
  };
}

/** People with their hours: `ana 8, bor 6.5`. @param {FieldKind} kind @param {any[]} value @param {Names} names */
function worked(kind, value, names) {
  const all = names.all(/** @type {any} */ (kind.part));
  const element = input({
    value: value.map((it) => `${it.person} ${it.hours}`).join(", "),
    list: listOf(/** @type {any} */ (kind.part), all),
    placeholder: t("changes.worked-example"),
  });
  return {
    element,
    value: () => {
      const parts = element.value.split(/[,;]\s*/).map((it) => it.trim()).filter(Boolean);
      const told = parts.map((it) => {
        const at = it.lastIndexOf(" ");
        return at < 0 ? { person: it, hours: "" } : { person: it.slice(0, at).trim(), hours: number_(it.slice(at + 1)) };
      });
      return told.length ? told : undefined;
    },
  };
}

/** A price, or the word for none of it at all. @param {string} text */
function price(text) {
  const element = input({ value: text === "forbidden" ? t("changes.forbidden") : text, inputmode: "decimal", placeholder: "0" });
  const value = () => {
    const told = element.value.trim();
    if (told.toLowerCase() === t("changes.forbidden").toLowerCase()) return "forbidden";
    return number_(told.replace(",", "."));
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
      const id = String(values[field] ?? "");
      const name = part && id ? names.of(/** @type {any} */ (part), id) : "";
      return name && name !== id && names.all(/** @type {any} */ (part)).length > LISTED ? name : "";
    }
  }
}

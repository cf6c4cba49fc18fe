// @ts-check
/** Cells of the tables: how a value is shown, and how it is typed. */

import { h } from "../../dom.js";
import { day, moment, number, said, t } from "../../i18n.js";
import { idOf, labelOf, offer } from "../../parts/entries.js";
import { icon } from "../../parts/icons.js";

/** @typedef {import("./tables.js").Column} Column */
/** @typedef {import("../../parts/entries.js").Entry} Entry */
/** @typedef {(list: string, id: string) => string} NameOf what an entry of a list is called */

/**
 * What is shown in a cell.
 * @param {Column} column
 * @param {any} value
 * @param {NameOf} nameOf
 * @returns {import("../../dom.js").Child}
 */
export function shown(column, value, nameOf) {
  if (column.kind === "flag") {
    return (value ?? column.otherwise)
      ? h("span", { class: "flag" }, icon("check"), h("span", { class: "hidden-text" }, t("data.yes")))
      : h("span", { class: "hidden-text" }, t("data.no"));
  }
  return plainly(column, value, nameOf);
}

/**
 * What a cell says, as text.
 * @param {Column} column
 * @param {any} value
 * @param {NameOf} nameOf
 * @returns {string}
 */
export function plainly(column, value, nameOf) {
  if (value === undefined || value === null || value === "") return "";
  switch (column.kind) {
    case "number":
      return typeof value === "number" ? number(value) : String(value);
    case "date":
    case "moment":
      return isDate(value) ? (String(value).includes("T") ? moment(value) : day(value)) : String(value);
    case "choice":
      return column.refs ? nameOf(column.refs, String(value)) : said(`data.option-${value}`, String(value));
    case "words":
      return Array.isArray(value)
        ? value.map((it) => (column.refs ? nameOf(column.refs, it) : it)).join(", ")
        : String(value);
    case "lines":
      return Array.isArray(value) ? value.map((it) => lineOf(column, it, nameOf)).join("; ") : String(value);
    case "flag":
      return t(value ? "data.yes" : "data.no");
    default:
      return String(value);
  }
}

const isDate = (/** @type {any} */ value) =>
  /^\d{4}-\d\d-\d\d(T\d\d:\d\d)?$/.test(value) && !Number.isNaN(Date.parse(value));

/**
 * @param {Column} column
 * @param {any} line an entry, or the id that stands for it
 * @param {NameOf} nameOf
 */
function lineOf(column, line, nameOf) {
  const columns = /** @type {Column[]} */ (column.lines);
  if (typeof line === "string") return plainly(columns[0], line, nameOf);
  const part = (/** @type {Column} */ it) =>
    plainly(it, it.key.split(".").reduce((found, step) => found?.[step], line), nameOf);
  const [from, to] = ["from", "to"].map((end) =>
    columns.find((it) => it.key === end || it.key === `avoid.${end}`)
  );
  const span = from && to && [...new Set([part(from), part(to)])].join(" – ");
  return columns
    .map((it) => {
      const text = it === from ? span : it === to ? "" : part(it);
      if (!text || (it.key === "type" && line.type === "FS")) return "";
      if (it.key === "people" && it.kind === "number") return line.people > 1 ? `× ${text}` : "";
      return it.key === "hours"
        ? t("data.short-hours", { hours: text })
        : it.key === "type"
        ? line.type
        : text;
    })
    .filter(Boolean)
    .join(" ");
}

/**
 * What somebody has typed into a cell, as the document has it; what cannot be read stays as it was
 * typed, so that the service can say what is wrong with it.
 * @param {Column} column
 * @param {string} typed
 * @param {readonly Entry[]} entries of the list that the ids come from: names stand for them
 * @returns {any}
 */
export function read(column, typed, entries) {
  const text = typed.trim();
  if (text === "") return undefined;
  if (column.kind === "number") {
    const found = Number(text.replace(/\s/g, "").replace("\u2212", "-").replace(/^(-?\d*),(\d+)$/, "$1.$2"));
    return Number.isNaN(found) ? text : found;
  }
  if (column.kind === "choice") return idOf(entries, text);
  if (column.kind === "words") {
    // A name may have a comma in it.
    const one = idOf(entries, text);
    return one !== text ? [one] : text.split(",").map((it) => idOf(entries, it)).filter(Boolean);
  }
  if (column.kind === "moment") return text.replace(/^(\d{4}-\d\d-\d\d) (\d\d:\d\d)$/, "$1T$2");
  return text;
}

/**
 * What stands in a control when a cell begins to be edited.
 * @param {Column} column
 * @param {any} value
 * @param {readonly Entry[]} entries
 */
export const typed = (
  column,
  value,
  entries,
) => (value === undefined || value === null
  ? ""
  : column.kind === "choice" && typeof value === "string"
  ? labelOf(entries, value)
  : Array.isArray(value)
  ? value.join(", ")
  : column.kind === "number" && typeof value === "number"
  ? String(value)
  : String(value));

const MOST_OPTIONS = 80;

/**
 * The control in which a cell is edited.
 * @param {Column} column
 * @param {any} value
 * @param {readonly Entry[]} entries of the list that the ids come from
 * @returns {HTMLInputElement | HTMLSelectElement}
 */
export function control(column, value, entries) {
  if (column.kind === "choice" && (column.options || entries.length <= MOST_OPTIONS)) {
    const options = column.options?.map((it) => ({ id: it, name: said(`data.option-${it}`, it) })) ?? entries;
    const isKnown = value === undefined || options.some((it) => it.id === value);
    return h(
      "select",
      null,
      h("option", { value: "" }, ""),
      !isKnown && h("option", { value: String(value), selected: true }, String(value)),
      options.map((it) =>
        h(
          "option",
          { value: it.id, selected: it.id === value },
          it.name === it.id ? it.id : `${it.name} (${it.id})`,
        )
      ),
    );
  }
  if (column.kind === "date" && (value === undefined || isDate(value))) {
    return h("input", { type: "date", value: value ?? "" });
  }
  const made = h("input", {
    type: "text",
    value: typed(column, value, entries),
    autocomplete: "off",
    spellcheck: "false",
    // A lead is below 0, and keypads for decimals have no minus.
    inputmode: column.kind === "number" && column.key !== "lag_hours" ? "decimal" : null,
    placeholder: column.kind === "moment" ? "2027-03-01" : null,
  });
  if (column.kind === "choice") offer(made, entries);
  return made;
}

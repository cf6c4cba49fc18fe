// @ts-check
/** Cells to and from the clipboard, as spreadsheets write them: lines of cells with tabs between them. */

import { t } from "../../i18n.js";
import { plainly, read } from "./cells.js";

/** @typedef {import("./tables.js").Column} Column */
/** @typedef {import("./tables.js").Row} Row */

/**
 * What is copied of a cell: ids, not names, so that it can be pasted elsewhere.
 * @param {Column} column
 * @param {any} value
 */
export const copied = (column, value) => plainly({ ...column, refs: undefined }, value, (_list, id) => id);

/**
 * The changes that a pasted text makes, from the first row and column on; what is edited in a dialog is
 * left as it is.
 * @param {string} text
 * @param {Row[]} rows
 * @param {Column[]} columns
 * @param {(list: string) => {id: string, name: string}[]} entriesOf
 * @returns {{row: Row, column: Column, value: any}[]}
 */
export function pasted(text, rows, columns, entriesOf) {
  const lines = text.replace(/\r?\n$/, "").split(/\r?\n/).map((it) => it.split("\t"));
  return lines.flatMap((cells, down) =>
    cells.flatMap((cell, right) => {
      const [row, column] = [rows[down], columns[right]];
      if (!row || !column || column.kind === "lines" || column.key === "person") return [];
      const value = pastedInto(column, cell, column.refs ? entriesOf(column.refs) : []);
      return [{ row, column, value }];
    })
  );
}

/**
 * What a pasted text means in a cell: names stand for their ids, and yes and no for flags.
 * @param {Column} column
 * @param {string} pasted
 * @param {{id: string, name: string}[]} entries
 */
function pastedInto(column, pasted, entries) {
  const text = pasted.trim();
  const idOf = (/** @type {string} */ it) =>
    entries.find((entry) => entry.id === it || entry.name === it)?.id ?? it;
  if (column.kind === "flag") {
    const now = /^(true|1|x|✓)$/i.test(text) || text.toLowerCase() === t("data.yes").toLowerCase();
    return now === column.otherwise ? undefined : now;
  }
  const found = read(column, text);
  if (column.kind === "choice" && found !== undefined) return idOf(found);
  return Array.isArray(found) ? found.map(idOf) : found;
}

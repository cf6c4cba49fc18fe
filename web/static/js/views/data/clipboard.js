// @ts-check
/** Cells to and from the clipboard, as spreadsheets write them: lines of cells with tabs between them. */

import { t } from "../../i18n.js";
import { plainly, read } from "./cells.js";

/** @typedef {import("./tables.js").Column} Column */
/** @typedef {import("./tables.js").Row} Row */
/** @typedef {{ column: Column, value: any }} Cell */
/**
 * What a pasted text becomes: changes of rows that are there, rows that are new, and how many cells it has
 * that fit nowhere.
 * @typedef {{ changes: (Cell & { row: Row })[], added: Cell[][], left: number }} Pasted
 */

/**
 * What is copied of a cell: ids, not names, so that it can be pasted elsewhere.
 * @param {Column} column
 * @param {any} value
 */
export const copied = (column, value) => plainly({ ...column, refs: undefined }, value, (_list, id) => id);

/**
 * The lines of cells in a text; a cell in quotes may have tabs, lines and doubled quotes in it.
 * @param {string} text
 * @returns {string[][]}
 */
export function cellsOf(text) {
  /** @type {string[][]} */
  const lines = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r?\n|$)/gy;
  const whole = text.replace(/\r?\n$/, "");
  for (let found = cell.exec(whole); found; found = cell.exec(whole)) {
    const [, quoted, plain, end] = found;
    lines.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === "") break;
    if (end !== "\t") lines.push([]);
  }
  return lines;
}

/** Whether a text is more than one cell. @param {string} text */
export const isTable = (text) => /[\t\n]/.test(text.replace(/\r?\n$/, ""));

/**
 * What a pasted text makes, from the first row and column on. What is edited in a dialog is left as it
 * is; lines after the last row become new ones.
 * @param {string} text
 * @param {Row[]} rows
 * @param {Column[]} columns
 * @param {(list: string) => {id: string, name: string}[]} entriesOf
 * @returns {Pasted}
 */
export function pasted(text, rows, columns, entriesOf) {
  /** @type {Pasted} */
  const found = { changes: [], added: [], left: 0 };
  cellsOf(text).forEach((cells, down) => {
    const row = rows[down];
    /** @type {Cell[]} */
    const fresh = [];
    cells.forEach((cell, right) => {
      const column = columns[right];
      const fits = column && column.kind !== "lines" && !(row && column.key === row.ownerKey);
      if (!fits) found.left += cell.trim() === "" ? 0 : 1;
      else {
        const value = pastedInto(column, cell, column.refs ? entriesOf(column.refs) : []);
        if (row) found.changes.push({ row, column, value });
        else fresh.push({ column, value });
      }
    });
    if (!row && cells.some((it) => it.trim() !== "")) found.added.push(fresh);
  });
  return found;
}

/**
 * What a pasted text means in a cell: names stand for their ids, and yes and no for flags.
 * @param {Column} column
 * @param {string} pasted
 * @param {{id: string, name: string}[]} entries
 */
function pastedInto(column, pasted, entries) {
  const text = pasted.trim();
  if (column.kind === "flag") {
    const now = /^(true|1|x|✓)$/i.test(text) || text.toLowerCase() === t("data.yes").toLowerCase();
    return now === column.otherwise ? undefined : now;
  }
  return read(column, text, entries);
}

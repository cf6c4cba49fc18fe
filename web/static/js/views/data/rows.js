// @ts-check
/** Rows of a table that are added, copied, pasted, or put to another owner. */

import { at, withValue } from "./places.js";

/** @typedef {import("./tables.js").Table} Table */
/** @typedef {import("./tables.js").Row} Row */
/** @typedef {import("./draft.js").Draft} Draft */

/**
 * Adds a row at the end, or beside the present one if it is inside of an entry; where it is then, or
 * null if there is nothing that it could belong to.
 * @param {Table} table
 * @param {Draft} draft
 * @param {Row | undefined} near the present row
 * @param {any} [copied] an entry that the new one begins as
 * @returns {string | null}
 */
export function added(table, draft, near, copied) {
  const made = withRow(table, draft.tree, near?.path[1] ?? 0, near, copied);
  if (made === null) return null;
  draft.change([], made.tree);
  return made.path.join("/");
}

/**
 * A document with a row more, and where that is.
 * @param {Table} table
 * @param {any} tree
 * @param {string | number} owner the place of the entry that it is inside of
 * @param {Row | undefined} near the present row
 * @param {any} [copied] an entry that the new one begins as
 * @returns {{ tree: any, path: import("./places.js").Path } | null}
 */
function withRow(table, tree, owner, near, copied) {
  if (table.of && table.inside) {
    if (!tree[table.of]?.length) return null;
    const place = [table.of, Number(owner), table.inside];
    const list = at(tree, place) ?? [];
    const dates = table.columns.filter((it) => it.needed && (it.kind === "date" || it.kind === "moment"));
    const fresh = copied ?? (table.plain ? tree.start : Object.fromEntries(dates.map((it) => [it.key, tree.start])));
    return { tree: withValue(tree, place, [...list, fresh]), path: [...place, list.length] };
  }
  const list = tree[table.name] ?? [];
  const id = table.columns[0].key === "id" ? { id: freeId(table, list, copied?.id) } : {};
  const entry = copied ?? { ...needed(table, tree, near), ...table.fresh };
  const made = [...list, { ...id, ...entry, ...id }];
  return { tree: withValue(tree, [table.name], made), path: [table.name, list.length] };
}

/**
 * Takes over what was pasted, in one step: cells of rows that are there, and rows after the last.
 * @param {Table} table
 * @param {Draft} draft
 * @param {Row | undefined} near the present row
 * @param {import("./clipboard.js").Pasted} pasted
 * @returns {number} how many cells of it fit nowhere
 */
export function taken(table, draft, near, { changes, added: lines, left }) {
  let { tree } = draft;
  for (const { row, column, value } of changes) tree = withValue(tree, pathOf(row, column), inPlace(row, column, value));
  for (const line of lines) {
    const wanted = line.find(({ column }) => table.of && column === table.columns[0])?.value;
    const owners = table.of ? tree[table.of] ?? [] : [];
    const owner = wanted === undefined ? near?.path[1] ?? 0 : owners.findIndex((/** @type {any} */ it) => it.id === wanted);
    const made = owner === -1 ? null : withRow(table, tree, owner, near);
    if (made === null) {
      left += line.length;
      continue;
    }
    tree = made.tree;
    for (const { column, value } of line) {
      if (table.of && column === table.columns[0]) continue;
      const key = column.key === table.plain ? [] : column.key.split(".");
      tree = withValue(tree, [...made.path, ...key], column.key === table.plain ? value ?? "" : value);
    }
  }
  draft.change([], tree);
  return left;
}

/**
 * Where the value of a cell is.
 * @param {Row} row
 * @param {import("./tables.js").Column} column
 */
export const pathOf = (row, column) => (column.key === row.plain ? row.path : [...row.path, ...column.key.split(".")]);

/**
 * What stands there for a value: an entry that is a value itself stays while it is empty.
 * @param {Row} row
 * @param {import("./tables.js").Column} column
 * @param {any} value
 */
export const inPlace = (row, column, value) => (column.key === row.plain ? value ?? "" : value);

/**
 * What a new entry must refer to: what the present row does, or the first there is.
 * @param {Table} table
 * @param {any} tree
 * @param {Row | undefined} near
 */
function needed(table, tree, near) {
  const columns = table.columns.filter((it) => it.needed && it.kind === "choice" && it.refs);
  const values = columns.map((it) => [
    it.key,
    near?.entry[it.key] ?? tree[/** @type {string} */ (it.refs)]?.[0]?.id,
  ]);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

/**
 * @param {Table} table
 * @param {any[]} list
 * @param {string} [stem]
 */
function freeId(table, list, stem = table.name.replace(/s$/, "")) {
  const taken_ = new Set(list.map((it) => it.id));
  let number = list.length + 1;
  while (taken_.has(`${stem}-${number}`)) number += 1;
  return `${stem}-${number}`;
}

/**
 * Puts an entry to another owner, as an absence to another person; nothing if there is no such owner.
 * @param {Table} table
 * @param {Draft} draft
 * @param {Row} row
 * @param {string | undefined} owner
 */
export function moved(table, draft, row, owner) {
  const of = /** @type {string} */ (table.of);
  const inside = /** @type {string} */ (table.inside);
  if (owner === row.owner || !draft.tree[of].some((/** @type {any} */ it) => it.id === owner)) return;
  const owners = draft.tree[of].map((/** @type {any} */ it, /** @type {number} */ number) => {
    const list = it[inside] ?? [];
    if (number === row.path[1]) {
      return { ...it, [inside]: list.filter((/** @type {any} */ _, /** @type {number} */ each) => each !== row.path[3]) };
    }
    return it.id === owner ? { ...it, [inside]: [...list, row.entry] } : it;
  });
  draft.change([of], owners);
}

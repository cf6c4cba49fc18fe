// @ts-check
/** Rows of a table that are added, copied, or put to another owner. */

import { at } from "./places.js";

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
  const { tree } = draft;
  if (table.of && table.inside) {
    if (!tree[table.of]?.length) return null;
    const place = [table.of, near ? Number(near.path[1]) : 0, table.inside];
    const list = at(tree, place) ?? [];
    draft.change(place, [...list, copied ?? { from: tree.start, to: tree.start }]);
    return [...place, list.length].join("/");
  }
  const list = tree[table.name] ?? [];
  const id = table.columns[0].key === "id" ? { id: freeId(table, list, copied?.id) } : {};
  const entry = copied ?? { ...table.fresh, ...needed(table, tree, near) };
  draft.change([table.name], [...list, { ...id, ...entry, ...id }]);
  return `${table.name}/${list.length}`;
}

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
  const taken = new Set(list.map((it) => it.id));
  let number = list.length + 1;
  while (taken.has(`${stem}-${number}`)) number += 1;
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
  const owners = draft.tree[of].map((/** @type {any} */ it) => {
    const list = it[inside] ?? [];
    if (it.id === row.owner) {
      return {
        ...it,
        [inside]: list.filter((/** @type {any} */ each) => each !== row.entry),
      };
    }
    return it.id === owner ? { ...it, [inside]: [...list, row.entry] } : it;
  });
  draft.change([of], owners);
}

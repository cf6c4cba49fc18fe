// @ts-check
/** Puts two people's changes of one document together, entry by entry. */

import { same } from "./places.js";

/**
 * What both have changed since `base`. Where both changed one entry (or field) differently, it is named
 * in `clashes`, and mine is taken.
 * @param {any} base
 * @param {any} mine
 * @param {any} theirs
 * @returns {{tree: any, clashes: string[]}}
 */
export function merged(base, mine, theirs) {
  /** @type {string[]} */
  const clashes = [];
  /** @type {any} */
  const tree = {};
  for (const name of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
    const value = hasIds(theirs[name] ?? mine[name])
      ? entries(name, base[name] ?? [], mine[name] ?? [], theirs[name] ?? [], clashes)
      : one(name, base[name], mine[name], theirs[name], clashes);
    if (value !== undefined) tree[name] = value;
  }
  return { tree, clashes };
}

/** @param {any} value */
const hasIds = (value) =>
  Array.isArray(value) && value.length > 0 && value.every((it) => typeof it?.id === "string");

/**
 * @param {string} place
 * @param {any} base
 * @param {any} mine
 * @param {any} theirs
 * @param {string[]} clashes
 */
function one(place, base, mine, theirs, clashes) {
  if (same(mine, base)) return theirs;
  if (!same(theirs, base) && !same(mine, theirs)) clashes.push(place);
  return mine;
}

/**
 * Lists of entries with ids: mine in my order, then those that only they have added.
 * @param {string} name
 * @param {any[]} base
 * @param {any[]} mine
 * @param {any[]} theirs
 * @param {string[]} clashes
 */
function entries(name, base, mine, theirs, clashes) {
  const byId = (/** @type {any[]} */ list) => new Map(list.map((it) => [it.id, it]));
  const [before, ours, others] = [byId(base), byId(mine), byId(theirs)];
  const kept = [];
  for (const entry of mine) {
    const value = one(`${name}: ${entry.id}`, before.get(entry.id), entry, others.get(entry.id), clashes);
    if (value !== undefined) kept.push(value);
  }
  for (const entry of theirs) {
    if (ours.has(entry.id)) continue;
    if (!before.has(entry.id)) kept.push(entry);
    else if (!same(entry, before.get(entry.id))) clashes.push(`${name}: ${entry.id}`);
  }
  return kept;
}

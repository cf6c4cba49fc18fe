// @ts-check
/** Entries of a rollout typed by name: what they are called in a field, and which id a text means. */

import { h, newId } from "../dom.js";

/** @typedef {{ id: string, name: string }} Entry */

/**
 * What an entry is called in a field: its name, with its id where others have the same name.
 * @param {readonly Entry[]} entries
 * @param {string} id
 */
export function labelOf(entries, id) {
  const entry = entries.find((it) => it.id === id);
  if (!entry || entry.name === "" || entry.name === id) return id;
  const isShared = entries.some((it) => it !== entry && (same(it.name, entry.name) || same(it.id, entry.name)));
  return isShared ? `${entry.name} (${id})` : entry.name;
}

/**
 * The id that a text means: an id, a name (of one entry alone), or both as `labelOf` has them. A text
 * that means none stays as it is, so that the service can say what is wrong with it.
 * @param {readonly Entry[]} entries
 * @param {string} text
 */
export function idOf(entries, text) {
  const typed = text.trim();
  if (entries.some((it) => it.id === typed)) return typed;
  const both = entries.find((it) => same(`${it.name} (${it.id})`, typed));
  if (both) return both.id;
  const named = entries.filter((it) => same(it.name, typed));
  const exact = named.filter((it) => it.name === typed);
  if (named.length === 1) return named[0].id;
  return exact.length === 1 ? exact[0].id : typed;
}

/**
 * How many entries have a name, whatever its case.
 * @param {readonly Entry[]} entries
 * @param {string} text
 */
export const called = (entries, text) => entries.filter((it) => same(it.name, text.trim())).length;

/**
 * Lets a field offer entries by name while one types.
 * @param {HTMLInputElement} field
 * @param {readonly Entry[]} entries
 */
export function offer(field, entries) {
  const id = newId("entries");
  field.setAttribute("list", id);
  field.addEventListener("focus", () => {
    if (document.getElementById(id)) return;
    const list = h("datalist", { id }, entries.map((it) => h("option", { value: labelOf(entries, it.id) })));
    field.after(list);
  });
}

/** @param {string} one @param {string} other */
const same = (one, other) => one.toLowerCase() === other.toLowerCase();

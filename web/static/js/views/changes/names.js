// @ts-check
/** Who and what a rollout document has, by name, and what changes of it lead to. */

import { collator } from "../../i18n.js";

/** @typedef {{ id: string, name?: string, [field: string]: any }} Entry */
/** @typedef {"people" | "waves" | "projects" | "tasks" | "courses" | "audiences" | "departments" | "rooms" | "support" | "vendors" | "sites" | "skills"} Part */

export class Names {
  /** @param {any} tree a rollout document */
  constructor(tree) {
    this.tree = tree;
    this.currency = tree.currency ?? "EUR";
    /** @type {Map<string, Map<string, Entry>>} */
    this.parts = new Map();
  }

  /** @param {Part} part @param {string} id @returns {Entry | undefined} */
  entry(part, id) {
    let found = this.parts.get(part);
    if (!found) {
      const all = /** @type {Entry[]} */ (this.tree[part] ?? []);
      found = new Map(all.map((it) => [it.id, it]));
      this.parts.set(part, found);
    }
    return found.get(id);
  }

  /** A name; the id where there is none. @param {Part} part @param {string} id @returns {string} */
  of(part, id) {
    return this.entry(part, id)?.name || id;
  }

  /** All of a part by name. @param {Part} part @returns {Entry[]} */
  all(part) {
    const words = collator();
    const all = /** @type {Entry[]} */ (this.tree[part] ?? []);
    return all.toSorted((a, b) => words.compare(a.name || a.id, b.name || b.id));
  }
}

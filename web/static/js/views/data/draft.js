// @ts-check
/** A rollout while it is edited: undone and redone, checked as one types, saved over what one has seen. */

import { get, send } from "../../api.js";
import { debounced } from "../../dom.js";
import { complain } from "../../parts/toast.js";
import { merged } from "./merge.js";
import { same, withValue } from "./places.js";

/** @typedef {import("../../api.js").Fault} Fault */

const MOST_STEPS = 200;

/** Drafts by rollout: what is not saved stays while one looks at other views. */
const drafts = new Map();

/**
 * The draft of a rollout: the one that was begun, or what the service has.
 * @param {string} rollout
 * @param {AbortSignal} signal
 * @returns {Promise<Draft>}
 */
export async function draftOf(rollout, signal) {
  const known = drafts.get(rollout);
  if (known?.isChanged) return known;
  const { value, etag } = await send("GET", `v1/rollouts/${rollout}`, { signal });
  const made = new Draft(rollout, value, /** @type {string} */ (etag));
  drafts.set(rollout, made);
  return made;
}

/** Tells `change` when the document is another one, and `checked` when its faults are known. */
export class Draft extends EventTarget {
  /**
   * @param {string} rollout
   * @param {any} tree
   * @param {string} etag
   */
  constructor(rollout, tree, etag) {
    super();
    this.rollout = rollout;
    this.saved = tree;
    this.tree = tree;
    this.etag = etag;
    /** @type {Fault[]} */
    this.faults = [];
    /** @type {Fault[]} */
    this.warnings = [];
    this.isChecking = false;
    /** @type {any[]} */
    this.before = [];
    /** @type {any[]} */
    this.after = [];
    this.present = "";
    this.isAsking = false;
    this.checkSoon = debounced(350, () => void this.check().catch(complain));
  }

  get isChanged() {
    return this.tree !== this.saved;
  }

  /**
   * Changes what is at a path. Changes with the same `typing` one after the other are undone at once.
   * @param {import("./places.js").Path} path
   * @param {any} value
   * @param {string} [typing]
   */
  change(path, value, typing = "") {
    const tree = withValue(this.tree, path, value);
    if (same(tree, this.tree)) return;
    if (!typing || typing !== this.present) {
      this.before.push(this.tree);
      if (this.before.length > MOST_STEPS) this.before.shift();
    }
    this.present = typing;
    this.after = [];
    // What is typed and taken back again is nothing to be undone.
    if (same(tree, this.before.at(-1))) {
      this.present = "";
      this.#become(this.before.pop());
    } else this.#become(tree);
  }

  undo() {
    const tree = this.before.pop();
    if (tree === undefined) return;
    this.after.push(this.tree);
    this.present = "";
    this.#become(tree);
  }

  redo() {
    const tree = this.after.pop();
    if (tree === undefined) return;
    this.before.push(this.tree);
    this.#become(tree);
  }

  discard() {
    this.before.push(this.tree);
    this.after = [];
    this.#become(this.saved);
  }

  /** @param {any} tree */
  #become(tree) {
    this.tree = same(tree, this.saved) ? this.saved : tree;
    this.isChecking = true;
    this.dispatchEvent(new Event("change"));
    this.checkSoon();
  }

  /** Asks the service for all faults and warnings of the document as it is now, one time after another. */
  async check() {
    if (this.isAsking) return;
    this.isAsking = this.isChecking = true;
    try {
      for (let asked = null; asked !== this.tree; ) {
        asked = this.tree;
        const found = await send("PUT", "v1/validate", { body: asked });
        this.faults = found.value.faults;
        this.warnings = found.value.warnings;
      }
    } finally {
      this.isAsking = this.isChecking = false;
    }
    this.dispatchEvent(new Event("checked"));
  }

  /** Saves it as the next revision, if the document is still the one that was read. */
  async save() {
    const tree = this.tree;
    const { etag, value } = await send("PUT", `v1/rollouts/${this.rollout}`, {
      body: tree,
      match: this.etag,
    });
    this.etag = /** @type {string} */ (etag);
    this.saved = tree;
    this.present = "";
    this.dispatchEvent(new Event("change"));
    return value;
  }

  /**
   * What somebody else has saved meanwhile, with my changes put into it.
   * @returns {Promise<{tree: any, clashes: string[], theirs: any, etag: string, about: any}>}
   */
  async beside() {
    const { value: theirs, etag } = await send("GET", `v1/rollouts/${this.rollout}`);
    const revisions = await get(`v1/rollouts/${this.rollout}/revisions?limit=1`);
    return {
      ...merged(this.saved, this.tree, theirs),
      theirs,
      etag: /** @type {string} */ (etag),
      about: revisions.items[0],
    };
  }

  /**
   * Goes on from what somebody else has saved.
   * @param {any} theirs
   * @param {string} etag
   * @param {any} tree
   */
  goOnFrom(theirs, etag, tree) {
    this.saved = theirs;
    this.etag = etag;
    this.before.push(this.tree);
    this.#become(tree);
  }
}

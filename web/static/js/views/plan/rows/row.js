// @ts-check
/** One row of the timeline: what it is about, and its pieces by start. */

import { lanesOf } from "../model/lanes.js";
import { LATE, OPEN } from "../model/model.js";
import { stepsOf } from "../model/steps.js";

/** @typedef {import("../model/model.js").Model} Model */
/** @typedef {import("../model/steps.js").Steps} Steps */
/**
 * @typedef {"open" | "site" | "vendor" | "person" | "project" | "task" | "course" | "support" | "room"
 *   | "department" | "classes" | "work" | "floor"} About
 */

/**
 * @typedef {object} Row
 * @property {string} key The same for the same row of every plan of the rollout.
 * @property {1 | 2} level
 * @property {About} about What it stands for...
 * @property {number} at ... and which one of them; -1 for none.
 * @property {Int32Array} pieces By start.
 * @property {Uint16Array} lanes The lane of each piece.
 * @property {number} laneCount
 * @property {number} longest Minutes of the longest piece.
 * @property {ReadonlySet<number>} late Late tasks in it, and in the rows below it.
 * @property {number} open How many open pieces, likewise.
 * @property {number} children Rows below it.
 * @property {Steps | null} steps How many at a time: people at work, or heads in class.
 * @property {number | null} limit What `steps` should not be above.
 */

/**
 * A row with its lanes.
 * @param {Model} model @param {Pick<Row, "key" | "level" | "about" | "at">} what
 * @param {Iterable<number>} pieces In any order.
 * @returns {Row}
 */
export function row(model, what, pieces) {
  const { starts, ends, flags, works } = model;
  const sorted = Int32Array.from(pieces).sort((a, b) => starts[a] - starts[b] || ends[b] - ends[a]);
  const { lanes, count } = lanesOf(sorted, starts, ends);
  /** @type {Set<number>} */
  const late = new Set();
  let [longest, open] = [0, 0];
  for (const it of sorted) {
    longest = Math.max(longest, ends[it] - starts[it]);
    if (flags[it] & LATE) late.add(works[it]);
    if (model.kind(it) === OPEN) open++;
  }
  const { key, level, about, at } = what;
  return {
    key,
    level,
    about,
    at,
    pieces: sorted,
    lanes,
    laneCount: count,
    longest,
    late,
    open,
    children: 0,
    steps: null,
    limit: null,
  };
}

/**
 * A row that others stand below: their marks are counted in it, it has no pieces of its own.
 * @param {Model} model @param {Pick<Row, "key" | "about" | "at">} what @param {Row[]} below
 * @param {{ steps?: Steps | null, limit?: number | null }} [more]
 * @returns {Row[]} It and them; nothing where nothing is below it.
 */
export function group(model, what, below, { steps = null, limit = null } = {}) {
  if (below.length === 0) return [];
  const head = row(model, { ...what, level: 1 }, []);
  const late = new Set(below.flatMap((it) => [...it.late]));
  const open = below.reduce((sum, it) => sum + it.open, 0);
  return [{ ...head, late, open, children: below.length, steps, limit }, ...below];
}

/**
 * The open pieces as rows of their own.
 * @param {Model} model @param {string} under The key of the row above. @param {Iterable<number>} pieces
 */
export function openRows(model, under, pieces) {
  return Array.from(pieces, (piece) => {
    const at = piece - model.booked;
    return row(model, { key: `${under} open ${at}`, level: 2, about: "open", at }, [piece]);
  });
}

/** The group of all that is open. @param {Model} model @param {Uint8Array | null} kept */
export function openGroup(model, kept) {
  const pieces = [];
  for (let it = model.booked; it < model.count; it++) if (!kept || kept[it]) pieces.push(it);
  return openBelow(model, pieces);
}

/** Open pieces below a row that counts them. @param {Model} model @param {number[]} pieces */
export function openBelow(model, pieces) {
  const what = /** @type {const} */ ({ key: "open", about: "open", at: -1 });
  const { starts, ends } = model;
  const steps = stepsOf(pieces.map((it) => [starts[it], ends[it], 1]));
  return group(model, what, openRows(model, "all", pieces), { steps });
}

/** Add to a list of lists. @template T @param {T[][]} lists @param {number} at @param {T} it */
export function add(lists, at, it) {
  (lists[at] ??= []).push(it);
}

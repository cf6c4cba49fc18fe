// @ts-check
/** Rows by room, below its site; classes without a room are in a row of their own. */

import { CLASS, OPEN, SHIFT, byName } from "../model/model.js";
import { stepsOf } from "../model/steps.js";
import { add, group, openBelow, row } from "./row.js";

/** @typedef {import("../model/model.js").Model} Model */

/** @param {Model} model @param {Uint8Array | null} kept @returns {import("./row.js").Row[]} */
export function byRoom(model, kept) {
  /** @type {number[][]} */
  const pieces = [];
  for (let piece = model.first[CLASS]; piece < model.first[SHIFT]; piece++) {
    if (!kept || kept[piece]) add(pieces, model.room(piece) + 1, piece); // 0: without a room
  }
  /** @type {number[][]} */
  const at = [];
  if (pieces[0]) add(at, 0, -1);
  model.rooms.site.forEach((site, room) => {
    if (!kept || pieces[room + 1]) add(at, site + 1, room);
  });
  const rows = openClasses(model, kept);
  for (const [number, rooms] of at.entries()) {
    if (!rooms) continue;
    rooms.sort(byName(model.rooms));
    const below = rooms.map((room) =>
      row(
        model,
        { key: `room ${room < 0 ? "" : model.rooms.id[room]}`, level: 2, about: "room", at: room },
        pieces[room + 1] ?? [],
      ),
    );
    const site = number - 1;
    const taken = below.flatMap((it) => Array.from(it.pieces, (piece) => stretch(model, piece)));
    rows.push(
      ...group(
        model,
        { key: `site rooms ${site < 0 ? "" : model.sites.id[site]}`, about: "site", at: site },
        below,
        { steps: stepsOf(taken) },
      ),
    );
  }
  return rows;
}

/** @param {Model} model @param {Uint8Array | null} kept */
function openClasses(model, kept) {
  const pieces = [];
  for (let it = model.first[OPEN]; it < model.count; it++) {
    if ((!kept || kept[it]) && model.openEntry(it).kind === "course") pieces.push(it);
  }
  return openBelow(model, pieces);
}

/** @param {Model} model @param {number} piece @returns {[number, number, number]} */
function stretch(model, piece) {
  return [model.starts[piece], model.ends[piece], 1];
}

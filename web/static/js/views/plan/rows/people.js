// @ts-check
/** Rows by person, below the site that each belongs to, or the vendor of those without one. */

import { byName } from "../model/model.js";
import { stepsOf } from "../model/steps.js";
import { add, group, openGroup, row } from "./row.js";

/** @typedef {import("../model/model.js").Model} Model */

/** @param {Model} model @param {Uint8Array | null} kept @returns {import("./row.js").Row[]} */
export function byPerson(model, kept) {
  /** @type {number[][]} */
  const pieces = [];
  for (let piece = 0; piece < model.booked; piece++) {
    if (kept && !kept[piece]) continue;
    for (const person of model.staff(piece)) add(pieces, person, piece);
    for (const [, , members = []] of model.groups(piece)) {
      for (const person of members) add(pieces, person, piece);
    }
  }
  const rows = openGroup(model, kept);
  for (const [key, about, at, people] of teams(model)) {
    const below = people
      .filter((person) => !kept || pieces[person])
      .map((person) =>
        row(
          model,
          { key: `person ${model.people.id[person]}`, level: 2, about: "person", at: person },
          pieces[person] ?? [],
        ),
      );
    const steps = stepsOf(busy(model, below));
    rows.push(...group(model, { key, about, at }, below, { steps }));
  }
  return rows;
}

/**
 * People by site, then by vendor, then the others: key, what the team is of, and who is in it by name.
 * @param {Model} model
 * @returns {[key: string, about: "site" | "vendor", at: number, people: number[]][]}
 */
function teams(model) {
  const { people, sites, vendors } = model;
  /** @type {number[][]} */
  const at = [];
  people.id.forEach((_, person) => {
    const [site, vendor] = [people.site[person], people.vendor[person]];
    const none = sites.id.length + vendors.id.length;
    add(at, site >= 0 ? site : vendor >= 0 ? sites.id.length + vendor : none, person);
  });
  const compare = byName(people);
  /** @type {[string, "site" | "vendor", number, number[]][]} */
  const found = [];
  for (const [number, those] of at.entries()) {
    if (!those) continue;
    those.sort(compare);
    const vendor = number - sites.id.length;
    if (vendor < 0) found.push([`site ${sites.id[number]}`, "site", number, those]);
    else if (vendor === vendors.id.length) found.push(["site ", "site", -1, those]);
    else found.push([`vendor ${vendors.id[vendor]}`, "vendor", vendor, those]);
  }
  return found;
}

/** @param {Model} model @param {import("./row.js").Row[]} rows @returns {Generator<[number, number, number]>} */
function* busy(model, rows) {
  for (const { pieces } of rows) {
    for (const piece of pieces) yield [model.starts[piece], model.ends[piece], 1];
  }
}

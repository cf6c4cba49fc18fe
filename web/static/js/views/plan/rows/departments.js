// @ts-check
/** Rows by department: heads in class against the limit; below it classes, work, floor support, open work. */

import { CLASS, OPEN, SHIFT, TASK } from "../model/model.js";
import { stepsOf } from "../model/steps.js";
import { group, openRows, row } from "./row.js";

/** @typedef {import("../model/model.js").Model} Model */
/** @typedef {import("./row.js").Row} Row */

/** @param {Model} model @param {Uint8Array | null} kept @returns {Row[]} */
export function byDepartment(model, kept) {
  /** Pieces by department, then by kind. @type {number[][][]} */
  const pieces = model.departments.map(() => [[], [], [], []]);
  for (let piece = 0; piece < model.count; piece++) {
    if (kept && !kept[piece]) continue;
    for (const at of model.departmentsOf(piece)) pieces[at][model.kind(piece)].push(piece);
  }
  return model.departments.flatMap((department, at) => {
    const of = pieces[at];
    const key = `department ${department.id}`;
    /** @param {"classes" | "work" | "floor"} about @param {number} kind @returns {Row[]} */
    const part = (about, kind) =>
      of[kind].length === 0
        ? []
        : [row(model, { key: `${key} ${about}`, level: 2, about, at }, of[kind])];
    const below = [
      ...openRows(model, key, of[OPEN]),
      ...part("classes", CLASS),
      ...part("work", TASK),
      ...part("floor", SHIFT),
    ];
    return group(model, { key, about: "department", at }, below, {
      steps: headsInClass(model, at, of[CLASS]),
      limit: department.release,
    });
  });
}

/** Heads of a department in class at each moment. @param {Model} model @param {number} department @param {number[]} classes */
function headsInClass(model, department, classes) {
  return stepsOf(
    classes.map((piece) => {
      const heads = model
        .groups(piece)
        .filter(([audience]) => model.audiences.department[audience] === department)
        .reduce((sum, [, some]) => sum + some, 0);
      return /** @type {[number, number, number]} */ ([
        model.starts[piece],
        model.ends[piece],
        heads,
      ]);
    }),
  );
}

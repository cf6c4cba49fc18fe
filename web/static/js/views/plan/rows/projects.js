// @ts-check
/** Rows by project: below each its open work, its tasks in order of time, its classes and its support. */

import { CLASS, OPEN, SHIFT, TASK } from "../model/model.js";
import { stepsOf } from "../model/steps.js";
import { add, group, openRows, row } from "./row.js";

/** @typedef {import("../model/model.js").Model} Model */
/** @typedef {import("./row.js").Row} Row */

/** @param {Model} model @param {Uint8Array | null} kept @returns {Row[]} */
export function byProject(model, kept) {
  /** Pieces by project, then by kind. @type {number[][][]} */
  const pieces = model.projects.id.map(() => [[], [], [], []]);
  for (let piece = 0; piece < model.count; piece++) {
    if (kept && !kept[piece]) continue;
    const project = model.project(piece);
    if (project >= 0) pieces[project][model.kind(piece)].push(piece);
  }
  return pieces.flatMap((of, project) => {
    const key = `project ${model.projects.id[project]}`;
    const below = [
      ...openRows(model, key, of[OPEN]),
      ...byWork(model, of[TASK], "task", model.tasks),
      ...byWork(model, of[CLASS], "course", model.courses),
      ...byWork(model, of[SHIFT], "support", model.supports),
    ];
    const busy = [...of[TASK], ...of[CLASS], ...of[SHIFT]].map(
      (it) =>
        /** @type {[number, number, number]} */ ([
          model.starts[it],
          model.ends[it],
          model.staff(it).length,
        ]),
    );
    const steps = stepsOf(busy);
    return group(model, { key, about: "project", at: project }, below, { steps });
  });
}

/**
 * A row for each piece of work, those that begin first at the top.
 * @param {Model} model @param {number[]} pieces @param {"task" | "course" | "support"} about
 * @param {import("../model/model.js").Columns} columns
 */
function byWork(model, pieces, about, columns) {
  /** @type {number[][]} */
  const of = [];
  for (const piece of pieces) add(of, model.works[piece], piece);
  const rows = of.map((some, at) =>
    row(model, { key: `${about} ${columns.id[at]}`, level: 2, about, at }, some),
  );
  const { starts } = model;
  return rows
    .filter(Boolean)
    .sort((a, b) => starts[a.pieces[0]] - starts[b.pieces[0]] || a.at - b.at);
}

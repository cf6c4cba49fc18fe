// @ts-check
/** What is marked in a row beside its bars: absences, closed days, due days, go-lives, green lights. */

import { h } from "../../../dom.js";
import { t } from "../../../i18n.js";
import { DAY } from "./axis.js";
import { CHANGE, named } from "./model.js";

/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("../rows/row.js").Row} Row */

const OF_DEPARTMENT = ["department", "classes", "work", "floor"];

/** @param {Row} row @param {import("../chart/row_view.js").Pens} pens @returns {HTMLElement[]} */
export function marksOf(row, pens) {
  const { model, axis, words } = pens;
  /** @param {string} kind @param {number} from @param {number} to @param {string} text */
  const stretch = (kind, from, to, text) =>
    h(
      "div",
      {
        class: ["mark", `mark-${kind}`],
        title: [text, words.span(from, to)].filter(Boolean).join("\n"),
        style: { "--s": axis.unit(from), "--e": axis.unit(to) },
      },
      h("em", null, text),
    );
  /** @param {string} kind @param {number} minute @param {string} text */
  const point = (kind, minute, text) =>
    h("div", {
      class: ["mark", `mark-${kind}`],
      title: `${text}\n${words.day(minute)}`,
      style: { "--s": axis.unit(minute) },
    });

  switch (row.about) {
    case "person":
      return absencesOf(model, row.at).map(([from, to, reason]) => stretch("away", from, to, reason));
    case "task": {
      const due = model.tasks.due[row.at];
      const department = model.tasks.department[row.at];
      const closed =
        department >= 0 && model.tasks.flags[row.at] & CHANGE ? closedOf(model, department) : [];
      return [
        ...closed.map(([from, to, reason]) => stretch("closed", from, to, reason)),
        ...(due < 0 ? [] : [point("due", due - 1, t("plan.due-day"))]),
      ];
    }
    case "project":
      return goLives(model, (wave) => model.waves.project[wave] === row.at).map(([day, names]) =>
        point("live", day * DAY, t("plan.go-live", { names })),
      );
    default:
      if (!OF_DEPARTMENT.includes(row.about)) return [];
  }
  const marks = closedOf(model, row.at).map(([from, to, reason]) =>
    stretch("closed", from, to, reason),
  );
  if (row.about !== "department") return marks;
  const { light } = model.departments[row.at];
  if (light) {
    const minute = light[1] < 0 ? model.asOf : light[1] * DAY;
    marks.push(point(`light mark-${light[0]}`, minute, t(`plan.light-${light[0]}`)));
  }
  const lives = goLives(model, (wave) => model.waves.departments[wave].includes(row.at));
  return [
    ...marks,
    ...lives.map(([day, names]) => point("live", day * DAY, t("plan.go-live", { names }))),
  ];
}

/** When somebody is away. @param {Model} model @param {number} person @returns {[number, number, string][]} */
export function absencesOf(model, person) {
  return model.absences.flatMap(([who, from, to, reason]) =>
    who === person ? [/** @type {[number, number, string]} */ ([from, to, reason])] : [],
  );
}

/** When a department is closed or frozen. @param {Model} model @param {number} department @returns {[number, number, string][]} */
export function closedOf(model, department) {
  const freezes = model.freezes.filter(([, , , of]) => of === null || of.includes(department));
  return [
    ...model.departments[department].closed,
    ...freezes.map(
      ([from, to, reason]) => /** @type {[number, number, string]} */ ([from, to, reason]),
    ),
  ];
}

/** Days on which some waves go live, with their names. @param {Model} model @param {(wave: number) => boolean} which @returns {[number, string][]} */
export function goLives(model, which) {
  /** @type {Map<number, string[]>} */
  const found = new Map();
  model.waves.id.forEach((_, wave) => {
    if (!which(wave)) return;
    const day = model.waves.go_live[wave];
    found.set(day, [...(found.get(day) ?? []), named(model.waves, wave)]);
  });
  return [...found].map(([day, names]) => [day, names.join(", ")]);
}

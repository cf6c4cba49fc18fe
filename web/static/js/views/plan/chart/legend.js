// @ts-check
/** What shapes, patterns, marks and colours mean; the shapes alone are enough to tell kinds apart. */

import { h } from "../../../dom.js";
import { t } from "../../../i18n.js";
import { CHANGE, CLASS, SHIFT, TASK, named } from "../model/model.js";
import { departmentName } from "../model/labels.js";

/** @typedef {import("../model/model.js").Model} Model */
/** What colours stand for. @typedef {"kind" | "project" | "department"} By */

const HUES = 8;

/** The colour of each piece. @param {Model} model @param {By} by @returns {(piece: number) => number} */
export function hues(model, by) {
  if (by === "project") return (piece) => Math.max(0, model.project(piece)) % HUES;
  if (by === "department") {
    return (piece) => {
      const [first] = model.departmentsOf(piece);
      return first === undefined ? HUES : first % HUES;
    };
  }
  return (piece) => {
    const kind = model.kind(piece);
    return kind === TASK && model.flags[piece] & CHANGE ? 3 : kind;
  };
}

/** @param {Model} model @returns {By} */
export function usualColours(model) {
  return model.projects.id.length > 1 ? "project" : "kind";
}

/** What is printed below the timeline: the same without a choice. @param {Model} model @param {By} by */
export function printedLegend(model, by) {
  return [h("h2", null, t("plan.legend")), ...shapesAndMarks(by), section(t("plan.colours"), colours(model, by))];
}

/** @param {Model} model @param {By} by */
const colours = (model, by) =>
  h("ul", { class: "legend-colours" }, entries(model, by).map(([hue, text]) => sample(`bar is-task hue-${hue}`, text)));

/** @param {Model} model @param {By} by @param {(by: By) => void} choose */
export function legend(model, by, choose) {
  /** @type {[By, string][]} */
  const choices = [
    ["kind", t("plan.by-kind")],
    ["project", t("plan.by-project")],
    ["department", t("plan.by-department")],
  ];
  const choice = h(
    "select",
    {
      "aria-label": t("plan.colours"),
      onchange: (/** @type {Event} */ event) =>
        choose(/** @type {By} */ (/** @type {HTMLSelectElement} */ (event.target).value)),
    },
    choices.map(([value, text]) => h("option", { value, selected: value === by }, text)),
  );
  return [...shapesAndMarks(by), section(t("plan.colours"), h("div", { class: "stack" }, choice, colours(model, by)))];
}

/** @param {By} by */
function shapesAndMarks(by) {
  return [
    section(
      t("plan.shapes"),
      h(
        "ul",
        null,
        sample(`bar is-task hue-${hueOf(by, TASK)}`, t("plan.kind-task")),
        sample(`bar is-task is-change hue-${by === "kind" ? 3 : 0}`, t("plan.kind-change")),
        sample(`bar is-class hue-${hueOf(by, CLASS)}`, t("plan.kind-class")),
        sample(`bar is-class is-learner hue-${hueOf(by, CLASS)}`, t("plan.learner")),
        sample(`bar is-shift hue-${hueOf(by, SHIFT)}`, t("plan.kind-shift")),
        sample("bar is-open", t("plan.kind-open")),
      ),
    ),
    section(
      t("plan.marks"),
      h(
        "ul",
        null,
        sample("bar is-task is-late hue-7", t("plan.late")),
        sample("bar is-task is-pinned hue-7", t("plan.pinned")),
        sample("bar is-task is-frozen hue-7", t("plan.frozen")),
        sample("bar is-task is-finished hue-7", t("plan.finished")),
        sample("mark mark-away", t("plan.away")),
        sample("mark mark-closed", t("plan.closed")),
        sample("mark mark-due", t("plan.due-day")),
        sample("mark mark-live", t("plan.go-live-day")),
        sample("mark mark-light mark-granted", t("plan.light-granted")),
        sample("mark mark-light mark-pending", t("plan.light-pending")),
        sample("mark mark-light mark-refused", t("plan.light-refused")),
        sample("mark mark-limit", t("plan.limit")),
      ),
    ),
  ];
}

/** @param {By} by @param {number} kind */
const hueOf = (by, kind) => (by === "kind" ? kind : 0);

/** @param {string} title @param {HTMLElement} content */
const section = (title, content) => h("section", null, h("h3", null, title), content);

/** @param {string} kind @param {string} text */
const sample = (kind, text) =>
  h("li", null, h("span", { class: "legend-sample", "aria-hidden": "true" }, h("span", { class: kind })), text);

/** @param {Model} model @param {By} by @returns {[number, string][]} */
function entries(model, by) {
  if (by === "project") {
    return model.projects.id.map((_, at) => [at % HUES, named(model.projects, at)]);
  }
  if (by === "department") {
    return model.departments.map((_, at) => [at % HUES, departmentName(model, at)]);
  }
  return [
    [TASK, t("plan.kind-task")],
    [3, t("plan.kind-change")],
    [CLASS, t("plan.kind-class")],
    [SHIFT, t("plan.kind-shift")],
  ];
}

// @ts-check
/** The head of a view: its name, a line about it, and what can be done. */

import { h } from "../dom.js";

/**
 * @param {object} wanted
 * @param {string} wanted.title
 * @param {import("../dom.js").Child} [wanted.lead]
 * @param {import("../dom.js").Child} [wanted.actions]
 */
export const head = ({ title, lead, actions }) =>
  h(
    "header",
    { class: "head" },
    h("div", { class: "grow" }, h("h1", null, title), lead && h("p", { class: "lead" }, lead)),
    actions && h("div", { class: "row" }, actions),
  );

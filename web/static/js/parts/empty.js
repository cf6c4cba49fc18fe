// @ts-check
/** What stands where there is nothing to show, or where something went wrong. */

import { h } from "../dom.js";
import { t } from "../i18n.js";
import { faultList } from "./faults.js";
import { icon } from "./icons.js";

/**
 * @param {object} said
 * @param {string} said.title
 * @param {string} [said.text]
 * @param {import("./icons.js").IconName} [said.icon]
 * @param {import("../dom.js").Child} [said.action]
 */
export const empty = ({ title, text, icon: name = "info", action }) =>
  h(
    "div",
    { class: "empty" },
    h("div", { class: "empty-icon" }, icon(name)),
    h("h1", null, title),
    text && h("p", null, text),
    action && h("div", { class: "row" }, action),
  );

/**
 * What went wrong, in words, with all faults, and a way to try again.
 * @param {any} error
 * @param {() => void} [again]
 */
export function failed(error, again) {
  if (error?.name !== "Problem") console.error(error);
  const unreachable = error?.status === 0 || error?.status === 503;
  return h(
    "div",
    { class: "empty", role: "alert" },
    h("div", { class: "empty-icon bad" }, icon("warning")),
    h("h1", null, t(unreachable ? "problems.unreachable" : error?.status === 404 ? "problems.not-found" : "problems.failed")),
    h("p", null, messageOf(error)),
    error?.faults?.length ? faultList(error.faults) : null,
    again && h("div", { class: "row" }, h("button", { onclick: again }, t("problems.again"))),
  );
}

/**
 * A sentence about an error.
 * @param {any} error
 * @returns {string}
 */
export const messageOf = (error) =>
  error?.name === "Problem" ? error.message || t("problems.no-answer") : t("problems.defect");

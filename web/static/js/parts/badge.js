// @ts-check
/** A word in a small frame; its mark tells kinds apart without colour. */

import { h } from "../dom.js";
import { icon } from "./icons.js";

/** @type {Record<string, import("./icons.js").IconName | null>} */
const MARKS = { good: "check", bad: "cross", warning: "warning", busy: "clock", accent: null, plain: null };

/**
 * @param {string} text
 * @param {"good" | "bad" | "warning" | "busy" | "accent" | "plain"} [kind]
 */
export function badge(text, kind = "plain") {
  const mark = MARKS[kind];
  return h("span", { class: ["badge", kind] }, mark && icon(mark), text);
}

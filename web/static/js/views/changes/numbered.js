// @ts-check
/** Changes as a numbered list; the numbers stand at what they have caused. */

import { h } from "../../dom.js";
import { t } from "../../i18n.js";
import { describe } from "./describe.js";

/** @param {import("./describe.js").Edit[]} edits @param {import("./names.js").Names} names */
export const numbered = (edits, names) =>
  h(
    "ol",
    { class: "numbered" },
    edits.map((it, at) => h("li", null, h("span", { class: "cause-number", "aria-hidden": "true" }, at + 1), h("span", null, describe(it, names)))),
  );

/**
 * The numbers of the changes that something is due to, each saying what it is.
 * @param {number[]} causes @param {import("./describe.js").Edit[]} edits @param {import("./names.js").Names} names
 */
export function causeMarks(causes, edits, names) {
  if (causes.length === 0) return h("span", { class: "soft" }, t("changes.follows"));
  return h(
    "span",
    { class: "causes" },
    causes.map((it) => {
      const what = edits[it] ? describe(edits[it], names) : String(it + 1);
      return h("span", { class: "cause-number", role: "img", title: what, "aria-label": what }, it + 1);
    }),
  );
}

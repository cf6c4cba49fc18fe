// @ts-check
/** By how much an amount differs: a sign and a word for better or worse, not only a colour. */

import { h } from "../../dom.js";
import { t } from "../../i18n.js";

/**
 * @param {number | null | undefined} before @param {number | null | undefined} after
 * @param {(value: number) => string} write
 * @param {import("./effect.js").Verdict} [verdict] of what a change does; without one both are just compared
 */
export function difference(before, after, write, verdict) {
  if (before === null || before === undefined || after === null || after === undefined) return "–";
  const by = after - before;
  if (Math.abs(by) < 0.005) return h("span", { class: "soft" }, t("compare.equal"));
  const text = `${by > 0 ? "+" : "−"}${write(Math.abs(by))}`;
  if (verdict === "none") return h("span", { class: "soft" }, t("compare.no-effect"));
  if (verdict === "undecided" || verdict === "not compared") {
    return h("span", { class: "difference undecided" }, text, h("small", null, t("compare.undecided")));
  }
  const worse = by > 0;
  return h(
    "span",
    { class: ["difference", worse ? "worse" : "better"] },
    h("span", { "aria-hidden": "true" }, worse ? "▲" : "▼"),
    text,
    h("span", { class: "hidden-text" }, t(worse ? "compare.worse" : "compare.better")),
  );
}

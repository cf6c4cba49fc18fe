// @ts-check
/** What a change does, as far as it can be compared: proved, beyond or within what the search makes differ. */

import { h } from "../../dom.js";
import { number, t } from "../../i18n.js";
import { icon } from "../../parts/icons.js";

/** @typedef {"none" | "undecided" | "better" | "worse" | "proved better" | "proved worse" | "not compared"} Verdict */

/**
 * What is said of a term, or of the total; nothing where two plans are compared and no change is measured.
 * @param {import("./comparison.js").Compared} compared @param {string} [term] @returns {Verdict | undefined}
 */
export function verdictOf({ effect }, term) {
  if (effect === undefined) return undefined;
  if (effect === null) return "undecided";
  return term === undefined ? effect.verdict : effect.terms[term]?.verdict ?? "undecided";
}

/** Whether both plans were measured at the same prices. @param {import("./comparison.js").Compared} compared */
export const samePrices = ({ terms }) =>
  terms.every((/** @type {any} */ it) => it.price_before === it.price_after);

/** @type {Record<string, ["good" | "bad" | "", import("../../parts/icons.js").IconName]>} */
const LOOKS = {
  better: ["good", "check"],
  "proved better": ["good", "check"],
  worse: ["bad", "warning"],
  "proved worse": ["bad", "warning"],
};

/** The finding, before any figure. @param {import("./comparison.js").Compared} compared */
export function finding({ effect }) {
  if (effect === undefined) return null;
  const { verdict, why, total, holds } = effect ?? { verdict: "undecided", why: "other plan", total: null, holds: null };
  const [kind, mark] = LOOKS[verdict] ?? ["", "info"];
  const by = total ? number(Math.abs(total.after - total.before), 0) : "";
  const noise = typeof total?.noise === "number" ? number(total.noise, 0) : "";
  const key = why === "bounds" || why === "beyond noise" ? verdict : why;
  return h(
    "div",
    { class: ["notice", kind], role: "status", dataset: { verdict } },
    icon(mark),
    h(
      "div",
      null,
      h("strong", null, t(`compare.verdict-${verdict.replaceAll(" ", "-")}`, { by })),
      h("p", null, t(`compare.why-${key.replaceAll(" ", "-")}`, { by, noise })),
      verdict.startsWith("proved") && noise && h("p", { class: "soft" }, t("compare.found-by", { by, noise })),
      holds === true && h("p", { class: "soft" }, t("compare.holds")),
      total && Math.abs(total.shift) >= 0.005 && h("p", { class: "soft" }, t("compare.shift", { shift: number(total.shift, 0) })),
    ),
  );
}

// @ts-check
/** What changes at a glance: the total, the cost, late and open work, bookings, people to tell. */

import { h } from "../../dom.js";
import { hours, money, number, t } from "../../i18n.js";
import { difference } from "./difference.js";
import { samePrices, verdictOf } from "./effect.js";

/** @param {import("./comparison.js").Compared} compared @param {import("./comparison.js").Shown} shown */
export function figures(compared, { names, titles }) {
  const { before, after } = compared;
  const cost = (/** @type {"before" | "after"} */ side) =>
    compared.projects.reduce((/** @type {number} */ sum, /** @type {any} */ it) => sum + (it[side]?.cost ?? 0), 0);
  const late = (/** @type {"before" | "after"} */ side) =>
    compared.late.reduce((/** @type {number} */ sum, /** @type {any} */ it) => sum + (it[side]?.hours ?? 0), 0);
  const open = (/** @type {"before" | "after"} */ side) => compared.open.filter((/** @type {any} */ it) => it[side]).length;
  const whole = (/** @type {number} */ it) => number(it, 0);
  const euros = (/** @type {number} */ it) => money(Math.round(it), names.currency);
  return h(
    "section",
    { class: "card compare-figures", "aria-label": t("compare.at-a-glance") },
    h("p", { class: "compare-titles" }, h("span", null, titles[0]), h("span", { "aria-hidden": "true" }, "→"), h("strong", null, titles[1])),
    h(
      "dl",
      { class: "figure-row" },
      samePrices(compared)
        ? one(t("terms.total"), before.total, after.total, whole, verdictOf(compared))
        : h("div", null, h("dt", null, t("terms.total")), h("dd", null, whole(after.total)), h("dd", { class: "figure-change soft" }, t("compare.other-prices"))),
      one(t("compare.cost"), cost("before"), cost("after"), euros, verdictOf(compared, "cost")),
      one(t("compare.late"), late("before"), late("after"), hours, verdictOf(compared, "lateness")),
      one(t("compare.open"), open("before"), open("after"), whole, verdictOf(compared, "open_work")),
      plain(t("compare.bookings"), compared.bookings.length),
      plain(t("compare.people"), (compared.effect?.from_start?.people ?? compared.people).length),
    ),
  );
}

/** @param {string} name @param {number} before @param {number} after @param {(value: number) => string} write @param {import("./effect.js").Verdict} [verdict] */
const one = (name, before, after, write, verdict) =>
  h("div", null, h("dt", null, name), h("dd", null, write(after)), h("dd", { class: "figure-change" }, difference(before, after, write, verdict)));

/** @param {string} name @param {number} count */
const plain = (name, count) => h("div", null, h("dt", null, name), h("dd", null, number(count)));

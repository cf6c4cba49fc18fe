// @ts-check
/** What changes at a glance: the total, the cost, late and open work, bookings, people to tell. */

import { h } from "../../dom.js";
import { hours, money, number, t } from "../../i18n.js";
import { difference } from "./difference.js";
import { samePrices, verdictOf } from "./effect.js";

/** @param {import("./comparison.js").Told} told @param {import("./comparison.js").Shown} shown */
export function figures(told, { names, titles }) {
  const { before, after } = told;
  const cost = (/** @type {"before" | "after"} */ side) =>
    told.projects.reduce((/** @type {number} */ sum, /** @type {any} */ it) => sum + (it[side]?.cost ?? 0), 0);
  const late = (/** @type {"before" | "after"} */ side) =>
    told.late.reduce((/** @type {number} */ sum, /** @type {any} */ it) => sum + (it[side]?.hours ?? 0), 0);
  const open = (/** @type {"before" | "after"} */ side) => told.open.filter((/** @type {any} */ it) => it[side]).length;
  const whole = (/** @type {number} */ it) => number(it, 0);
  const euros = (/** @type {number} */ it) => money(Math.round(it), names.currency);
  return h(
    "section",
    { class: "card compare-figures", "aria-label": t("compare.at-a-glance") },
    h("p", { class: "compare-titles" }, h("span", null, titles[0]), h("span", { "aria-hidden": "true" }, "→"), h("strong", null, titles[1])),
    h(
      "dl",
      { class: "figure-row" },
      samePrices(told)
        ? one(t("terms.total"), before.total, after.total, whole, verdictOf(told))
        : h("div", null, h("dt", null, t("terms.total")), h("dd", null, whole(after.total)), h("dd", { class: "figure-change soft" }, t("compare.other-prices"))),
      one(t("compare.cost"), cost("before"), cost("after"), euros, verdictOf(told, "cost")),
      one(t("compare.late"), late("before"), late("after"), hours, verdictOf(told, "lateness")),
      one(t("compare.open"), open("before"), open("after"), whole, verdictOf(told, "open_work")),
      plain(t("compare.bookings"), told.bookings.length),
      plain(t("compare.people"), (told.effect?.from_start?.people ?? told.people).length),
    ),
  );
}

/** @param {string} name @param {number} before @param {number} after @param {(value: number) => string} write @param {import("./effect.js").Verdict} [verdict] */
const one = (name, before, after, write, verdict) =>
  h("div", null, h("dt", null, name), h("dd", null, write(after)), h("dd", { class: "figure-change" }, difference(before, after, write, verdict)));

/** @param {string} name @param {number} count */
const plain = (name, count) => h("div", null, h("dt", null, name), h("dd", null, number(count)));

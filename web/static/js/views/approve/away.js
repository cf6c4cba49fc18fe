// @ts-check
/** Heads away in class on each day, against what the department can do without at once. */

import { h } from "../../dom.js";
import { day, number, t } from "../../i18n.js";
import { icon } from "../../parts/icons.js";

/** @param {any} part */
export function away({ away: days, release, headcount }) {
  const most = Math.max(release ?? 0, ...days.map((/** @type {any} */ it) => it.at_once), 1);
  return h(
    "figure",
    { class: "away" },
    h(
      "figcaption",
      { class: "soft" },
      release === null ? t("approve.away-no-limit") : t("approve.away-limit", { count: release, headcount }),
    ),
    h(
      "ul",
      null,
      days.map((/** @type {any} */ it) => {
        const over = release !== null && it.at_once > release;
        const said = t("approve.away-day", { count: it.at_once, seats: it.seats });
        return h(
          "li",
          { class: over ? "over" : null },
          h("span", { class: "away-day" }, day(it.day, "weekday")),
          h(
            "span",
            { class: "away-track", "aria-hidden": "true" },
            h("span", { class: "away-bar", style: { "--share": it.at_once / most } }),
            release !== null && h("span", { class: "away-limit", style: { "--share": release / most } }),
          ),
          h("span", { class: "away-number", title: said }, over && icon("warning"), h("span", { "aria-hidden": "true" }, number(it.at_once)), h("span", { class: "hidden-text" }, said)),
        );
      }),
    ),
  );
}

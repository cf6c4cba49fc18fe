// @ts-check
/** What both plans cost: by project against its budget, and by account. */

import { h } from "../../dom.js";
import { money as written, t } from "../../i18n.js";
import { badge } from "../../parts/badge.js";
import { table } from "../../parts/table.js";
import { difference } from "./difference.js";
import { verdictOf } from "./effect.js";

/** @param {import("./comparison.js").Compared} compared @param {import("../changes/names.js").Names} names */
export function money(compared, names) {
  const euros = (/** @type {number | null | undefined} */ it) => (it === null || it === undefined ? "–" : written(Math.round(it), names.currency));
  const costs = [
    { text: t("compare.total-before"), cell: (/** @type {any} */ it) => euros(it.before?.cost), number: true },
    { text: t("compare.total-after"), cell: (/** @type {any} */ it) => euros(it.after?.cost), number: true },
    {
      text: t("compare.change"),
      cell: (/** @type {any} */ it) => difference(it.before?.cost ?? 0, it.after?.cost ?? 0, (value) => euros(value), verdictOf(compared, "cost")),
      number: true,
    },
  ];
  const accounts = compared.accounts.filter((/** @type {any} */ it) => it.before?.cost || it.after?.cost);
  return h(
    "section",
    { class: "card" },
    h("h2", null, t("compare.money")),
    table({
      label: t("compare.by-project"),
      rows: compared.projects,
      columns: [
        { text: t("compare.project"), cell: (it) => names.of("projects", it.project) },
        ...costs,
        { text: t("compare.budget"), cell: (it) => budget(it, euros), number: true },
      ],
    }),
    accounts.length > 0 &&
      table({
        label: t("compare.by-account"),
        rows: accounts,
        columns: [
          {
            text: t("compare.account"),
            cell: (it) => (it.vendor ? names.of("vendors", it.vendor) : t(it.account === "rooms" ? "compare.rooms" : "compare.own-staff")),
          },
          ...costs,
        ],
      }),
  );
}

/** @param {any} it @param {(value: number | null | undefined) => string} euros */
function budget({ before, after }, euros) {
  const now = after?.budget;
  if (now === null || now === undefined) return before?.budget ? `${euros(before.budget)} → ${t("changes.none")}` : "–";
  const text = before && before.budget !== now ? `${euros(before.budget)} → ${euros(now)}` : euros(now);
  return after.cost > now ? [text, " ", badge(t("compare.over"), "bad")] : text;
}

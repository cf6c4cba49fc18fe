// @ts-check
/** The published plans, latest first. */

import { h } from "../../dom.js";
import { ago, t, when } from "../../i18n.js";
import { badge } from "../../parts/badge.js";
import { table } from "../../parts/table.js";

/** @param {any[]} published @param {string} rollout */
export function history(published, rollout) {
  if (published.length === 0) return null;
  return h(
    "section",
    { class: "card" },
    h("h2", null, t("publish.history")),
    table({
      label: t("publish.history"),
      rows: published,
      href: (it) => `rollouts/${rollout}/plan/${it.plan}`,
      columns: [
        { text: t("publish.when"), cell: (it) => [when(it.at), " ", it === published[0] && badge(t("publish.now"), "good")], sort: (it) => it.at },
        { text: t("publish.ago"), cell: (it) => ago(it.at) },
        { text: t("publish.who"), cell: (it) => it.who, sort: (it) => it.who },
        { text: t("publish.revision"), cell: (it) => it.revision ?? "–", number: true },
      ],
    }),
  );
}

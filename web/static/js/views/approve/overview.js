// @ts-check
/** The green lights for one plan: which departments have given, refused, must look again, or say nothing yet. */

import { get } from "../../api.js";
import { h } from "../../dom.js";
import { t, when } from "../../i18n.js";
import { empty } from "../../parts/empty.js";
import { head } from "../../parts/head.js";
import { icon } from "../../parts/icons.js";
import { table } from "../../parts/table.js";
import { may } from "../../session.js";
import { counted, standing, standingBadge } from "./labels.js";

/** @type {import("../../router.js").Show} */
export async function show(place, { rollout, plan }, context) {
  context.title(t("approve.title"));
  /** @type {any[]} */
  const found = await get(`v1/plans/${plan}/approvals`, { signal: context.signal });
  if (found.length === 0) {
    place.append(empty({ title: t("approve.none"), text: t("approve.none-text"), icon: "approve" }));
    return;
  }
  const number = counted(found);
  const all = number.granted === found.length;
  place.append(
    head({
      title: t("approve.title"),
      lead: t("approve.lead"),
      actions:
        may("edit") &&
        !context.rollout.scenario_of &&
        h("a", { class: ["button", all && "primary"], href: `rollouts/${rollout}/plan/${plan}/publish` }, icon("publish"), t("approve.to-publish")),
    }),
    h(
      "div",
      { class: "sections" },
      progress(found),
      h(
        "div",
        { class: "card" },
        table({
          label: t("approve.title"),
          rows: found,
          href: (it) => `approvals/${plan}/${encodeURIComponent(it.department)}`,
          columns: [
            { text: t("approve.department"), cell: (it) => it.name, sort: (it) => it.name },
            { text: t("approve.state"), cell: (it) => standingBadge(it), sort: (it) => standing(it) },
            { text: t("approve.by"), cell: (it) => (it.said ?? it.earlier)?.who ?? "–" },
            { text: t("approve.at"), cell: (it) => (it.said ? when(it.said.at) : it.earlier ? when(it.earlier.at) : "–"), sort: (it) => (it.said ?? it.earlier)?.at },
            { text: t("approve.note"), cell: (it) => (it.said ?? it.earlier)?.note ?? "" },
          ],
        }),
      ),
    ),
  );
}

/** @param {any[]} found */
function progress(found) {
  const number = counted(found);
  return h(
    "div",
    { class: "card compare-figures" },
    h(
      "div",
      { class: "light-bar", role: "img", "aria-label": t("approve.so-far", { count: number.granted, all: found.length }) },
      /** @type {const} */ (["granted", "refused", "stale", "pending"]).map(
        (it) => number[it] > 0 && h("span", { class: it, style: { "flex-grow": number[it] } }),
      ),
    ),
    h(
      "dl",
      { class: "figure-row" },
      /** @type {const} */ (["granted", "refused", "stale", "pending"]).map((it) =>
        h("div", null, h("dt", null, t(`approve.${it}`)), h("dd", null, number[it])),
      ),
    ),
  );
}

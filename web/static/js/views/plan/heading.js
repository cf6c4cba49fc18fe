// @ts-check
/** Which plan this is: of which rollout, how good, what it costs, whether it is published. On paper too. */

import { h } from "../../dom.js";
import { money, number, t, when } from "../../i18n.js";
import { badge } from "../../parts/badge.js";
import { planBadge } from "../runs/state.js";

/** @param {import("./model/model.js").Model} model @param {import("../../router.js").Context} context */
export function heading(model, { plan, rollout }) {
  const cost = model.score.terms.find((/** @type {any} */ it) => it.term === "cost")?.amount;
  const isPublished = rollout.published === plan.id;
  return h(
    "header",
    { class: "plan-heading" },
    h("h1", null, t("plan.of", { name: model.name })),
    planBadge(plan),
    rollout.scenario_of
      ? badge(t("frame.what-if"), "accent")
      : badge(t(isPublished ? "rollouts.published" : "rollouts.not-published"), isPublished ? "accent" : "plain"),
    plan.revision < rollout.content && badge(t("plan.old-data"), "warning"),
    h(
      "p",
      { class: "soft" },
      [
        t("plan.made", { when: when(plan.ended_at ?? plan.created_at) }),
        typeof cost === "number" && t("plan.costs", { cost: money(cost, model.currency) }),
        t("plan.total", { total: number(model.score.total, 0) }),
      ]
        .filter(Boolean)
        .join(" · "),
    ),
  );
}

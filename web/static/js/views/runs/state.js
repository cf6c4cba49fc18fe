// @ts-check
/** How far a plan is and how good it is, as badges: what is open and late first. */

import { h } from "../../dom.js";
import { percent, t } from "../../i18n.js";
import { badge } from "../../parts/badge.js";

/** @type {Record<string, "good" | "bad" | "warning" | "busy" | "plain">} */
const KINDS = {
  queued: "busy",
  running: "busy",
  done: "good",
  stopped: "good",
  cancelled: "plain",
  failed: "bad",
};

/** At most so much to gain is near the best. */
const NEAR = 0.05;
/** Less than so much is known to be at most to gain: more says nothing. */
const KNOWN = 0.5;

/** Whether a plan is still being worked on. */
export const isUnfinished = (/** @type {any} */ plan) => plan.state === "queued" || plan.state === "running";

/**
 * The badges of a plan; one that says so if there is none at all.
 * @param {any} plan as `v1/plans/{plan}` says
 */
export function planBadge(plan) {
  if (!plan) return badge(t("runs.none"));
  const { state, best, open, late } = plan;
  if (state !== "done" && state !== "stopped") return badge(stateOf(plan), KINDS[state]);
  if (best === null) return badge(t("runs.no-plan"), "bad");
  const isWhole = open === 0 && late === 0;
  return h(
    "span",
    { class: "badges" },
    open > 0 && badge(t("runs.count-open", { count: open }), "bad"),
    late > 0 && badge(t("runs.count-late", { count: late }), "warning"),
    isWhole && badge(t("runs.whole"), "good"),
    badge(gapText(plan.gap), isWhole && plan.gap !== null && plan.gap <= NEAR ? "good" : "plain"),
  );
}

/** How much better a plan could be at most, in words. @param {number | null | undefined} gap */
export function gapText(gap) {
  if (gap === null || gap === undefined || gap >= KNOWN) return t("runs.gap-unknown");
  if (gap <= 0) return t("runs.best");
  return t(gap <= NEAR ? "runs.near" : "runs.within", { gap: percent(Math.max(gap, 0.001)) });
}

/** A night that failed says nothing of the rollout's plan. @param {any} plan */
const stateOf = ({ state, kind }) => t(kind === "nightly" && state === "failed" ? "nights.failed" : `runs.state-${state}`);

/**
 * What goes on beside the plan that there is: a run under way, or the latest one that failed.
 * @param {any} newest the latest run that people asked for @param {any} night the latest of the nights
 */
export function beside(newest, night) {
  return h(
    "span",
    { class: "badges" },
    newest && (isUnfinished(newest) || newest.state === "failed") && badge(t(isUnfinished(newest) ? "runs.under-way" : "runs.last-failed"), isUnfinished(newest) ? "busy" : "warning"),
    night && (isUnfinished(night) || night.state === "failed") && badge(t(isUnfinished(night) ? "nights.under-way" : "nights.failed"), isUnfinished(night) ? "busy" : "warning"),
  );
}

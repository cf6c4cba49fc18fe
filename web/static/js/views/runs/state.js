// @ts-check
/** How far a plan is, as a badge. */

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

/** Whether a plan is still being worked on. */
export const isUnfinished = (/** @type {any} */ plan) => plan.state === "queued" || plan.state === "running";

/**
 * The badge of a plan; of none at all, if there is none.
 * @param {any} plan as `v1/plans/{plan}` says
 */
export function planBadge(plan) {
  if (!plan) return badge(t("runs.none"));
  const known = plan.gap !== null && plan.gap !== undefined && !isUnfinished(plan) &&
    plan.state !== "failed" && plan.state !== "cancelled";
  if (!known) return badge(t(`runs.state-${plan.state}`), KINDS[plan.state]);
  return badge(plan.gap <= 0 ? t("runs.best") : t("runs.within", { gap: percent(plan.gap) }), "good");
}

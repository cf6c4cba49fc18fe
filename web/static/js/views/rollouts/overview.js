// @ts-check
/** One rollout: where it stands, and what comes next. */

import { t } from "../../i18n.js";
import { head } from "../../parts/head.js";

/** @type {import("../../router.js").Show} */
export function show(place, _params, context) {
  context.title(t("rollouts.overview"));
  place.append(head({ title: context.rollout.name, lead: t("frame.revision", { number: context.rollout.revision }) }));
}

// @ts-check
/** Green lights: of each rollout the latest plan, and the departments whose word is the reader's to see. */

import { all } from "../../api.js";
import { h } from "../../dom.js";
import { ago, t } from "../../i18n.js";
import { empty } from "../../parts/empty.js";
import { head } from "../../parts/head.js";
import { icon } from "../../parts/icons.js";
import { standing, standingBadge } from "./labels.js";

/** @type {import("../../router.js").Show} */
export async function show(place, _params, context) {
  context.title(t("approve.inbox"));
  const items = await all("v1/approvals", { signal: context.signal });
  if (items.length === 0) {
    place.append(empty({ title: t("approve.nothing"), text: t("approve.nothing-text"), icon: "approve" }));
    return;
  }
  place.append(
    head({ title: t("approve.inbox"), lead: t("approve.inbox-lead") }),
    h("div", { class: "sections" }, items.map(rollout)),
  );
}

/** @param {any} it */
function rollout(it) {
  const urgent = it.approvals.toSorted((/** @type {any} */ a, /** @type {any} */ b) => order(a) - order(b));
  return h(
    "section",
    { class: "card" },
    h("header", null, h("h2", null, it.name), h("span", { class: "soft" }, t("approve.plan-made", { ago: ago(it.created_at) })), h("a", { href: `readiness/${it.rollout}` }, t("readiness.title"))),
    h(
      "ul",
      { class: "approve-list" },
      urgent.map((/** @type {any} */ approval) =>
        h(
          "li",
          null,
          h(
            "a",
            { class: "approve-link", href: `approvals/${it.plan}/${encodeURIComponent(approval.department)}` },
            h("strong", { class: "grow" }, approval.name),
            standingBadge(approval),
            icon("right"),
          ),
        ),
      ),
    ),
  );
}

const ORDER = ["stale", "pending", "refused", "granted"];

/** @param {any} approval */
const order = (approval) => ORDER.indexOf(standing(approval));

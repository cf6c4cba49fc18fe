// @ts-check
/** The what-ifs of a rollout: what each changes, and what has become of it. */

import { all, get } from "../../api.js";
import { h } from "../../dom.js";
import { ago, t } from "../../i18n.js";
import { badge } from "../../parts/badge.js";
import { empty } from "../../parts/empty.js";
import { head } from "../../parts/head.js";
import { icon } from "../../parts/icons.js";
import { table } from "../../parts/table.js";
import { may } from "../../session.js";
import { Names } from "../changes/names.js";
import { describe } from "../changes/describe.js";

/** How many changes of a what-if are named in the list. */
const SHOWN = 3;

/** @type {import("../../router.js").Show} */
export async function show(place, { rollout }, context) {
  const { signal } = context;
  context.title(t("whatif.title"));
  const base = context.rollout.scenario_of ?? rollout;
  const [scenarios, tree] = await Promise.all([
    all(`v1/scenarios?rollout=${encodeURIComponent(base)}`, { signal }),
    get(`v1/rollouts/${encodeURIComponent(base)}`, { signal }),
  ]);
  const names = new Names(tree);
  const make =
    may("try") &&
    h("a", { class: "button primary", href: `rollouts/${base}/what-if/new` }, icon("plus"), t("whatif.new"));
  if (scenarios.length === 0) {
    place.append(empty({ title: t("whatif.none"), text: t("whatif.none-text"), icon: "what-if", action: make }));
    return;
  }
  place.append(
    head({ title: t("whatif.title"), lead: t("whatif.lead"), actions: make }),
    h(
      "div",
      { class: "card" },
      table({
        label: t("whatif.title"),
        rows: scenarios,
        href: (it) => `rollouts/${base}/what-if/${it.id}`,
        columns: [
          { text: t("whatif.name"), cell: (it) => it.name, sort: (it) => it.name },
          { text: t("whatif.changes"), cell: (it) => countOf(it, names), classes: "what-if-changes" },
          { text: t("whatif.state"), cell: state },
          { text: t("whatif.made"), cell: (it) => [ago(it.created_at), h("br", null), it.created_by], sort: (it) => it.created_at },
        ],
      }),
    ),
  );
}

/** @param {any} scenario @param {Names} names */
function countOf({ edits }, names) {
  if (edits.length === 0) return h("span", { class: "soft" }, t("whatif.no-changes"));
  const more = edits.length - SHOWN;
  return h(
    "ul",
    null,
    edits.slice(0, SHOWN).map((/** @type {any} */ it) => h("li", null, describe(it, names))),
    more > 0 && h("li", { class: "soft" }, t("whatif.more", { count: more })),
  );
}

/** @param {any} scenario */
function state({ promoted_at, behind, planned, outdated }) {
  if (promoted_at) return badge(t("whatif.promoted"), "good");
  return h(
    "span",
    { class: "badges" },
    behind && badge(t("whatif.behind"), "warning"),
    outdated && badge(t("whatif.outdated"), "warning"),
    !planned && badge(t("whatif.unsolved"), "plain"),
    planned && !behind && !outdated && badge(t("whatif.current"), "plain"),
  );
}

// @ts-check
/** A plan against an earlier one of its rollout: the published one, or another that is chosen. */

import { all, get } from "../../api.js";
import { h } from "../../dom.js";
import { ago, number, t } from "../../i18n.js";
import { empty } from "../../parts/empty.js";
import { select } from "../../parts/field.js";
import { head } from "../../parts/head.js";
import { again } from "../../router.js";
import { Names } from "../changes/names.js";
import { numbered } from "../changes/numbered.js";
import { comparison } from "./comparison.js";

/** @type {import("../../router.js").Show} */
export async function show(place, { rollout, plan }, context) {
  const { signal, query } = context;
  context.title(t("compare.title"));
  const [tree, runs] = await Promise.all([
    get(`v1/rollouts/${encodeURIComponent(rollout)}`, { signal }),
    all(`v1/plans?rollout=${encodeURIComponent(rollout)}&state=done&state=stopped`, { signal }),
  ]);
  const others = runs.filter((/** @type {any} */ it) => it.id !== plan && it.best !== null);
  if (others.length === 0) {
    place.append(empty({ title: t("compare.nothing"), text: t("compare.nothing-text"), icon: "compare" }));
    return;
  }
  const { published } = context.rollout;
  const base = query.get("base") ?? (published && published !== plan ? published : others[0].id);
  const names = new Names(tree);
  const titleOf = (/** @type {any} */ it) =>
    [t("compare.plan-of", { ago: ago(it.created_at), total: number(it.best, 0) }), it.id === published && t("compare.published")].filter(Boolean).join(" · ");
  const compared = await get(`v1/plans/${plan}/comparison?base=${encodeURIComponent(base)}`, { signal });
  const choice = select(
    others.map((/** @type {any} */ it) => ({ value: it.id, text: titleOf(it) })),
    {
      value: base,
      "aria-label": t("compare.compared-with"),
      onchange: (/** @type {any} */ event) => {
        context.setQuery({ base: event.target.value });
        again();
      },
    },
  );
  const result = h("div", { class: "sections" });
  place.append(
    head({ title: t("compare.title"), lead: t("compare.lead"), actions: [h("span", { class: "soft" }, t("compare.compared-with")), choice] }),
    h(
      "div",
      { class: "sections" },
      compared.edits.length > 0 &&
        h("section", { class: "card" }, h("h2", null, t("compare.happened")), h("div", { class: "card-body" }, numbered(compared.edits, names))),
      result,
    ),
  );
  const before = runs.find((/** @type {any} */ it) => it.id === base);
  await comparison(result, compared, { names, signal, titles: [before ? titleOf(before) : t("compare.base"), t("compare.this-plan")] });
}

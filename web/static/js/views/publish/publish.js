// @ts-check
/** Before a plan is published: what is missing, who would be notified; and the plans that were published. */

import { all, get } from "../../api.js";
import { h } from "../../dom.js";
import { t } from "../../i18n.js";
import { head } from "../../parts/head.js";
import { icon } from "../../parts/icons.js";
import { may } from "../../session.js";
import { counted } from "../approve/labels.js";
import { Names } from "../changes/names.js";
import { history } from "./history.js";
import { messages } from "./messages.js";
import { release } from "./release.js";
import { notified } from "./notified.js";

/** @type {import("../../router.js").Show} */
export async function show(place, { rollout, plan }, context) {
  const { signal } = context;
  context.title(t("publish.title"));
  const isTheirs = may("edit") && !context.rollout.scenario_of;
  const [preview, published, tree, notices, set] = await Promise.all([
    get(`v1/plans/${plan}/publishing`, { signal }),
    all(`v1/rollouts/${encodeURIComponent(rollout)}/published`, { signal }),
    get(`v1/rollouts/${encodeURIComponent(rollout)}`, { signal }),
    isTheirs ? get(`v1/plans/${plan}/notices`, { signal }) : null,
    isTheirs ? get(`v1/rollouts/${encodeURIComponent(rollout)}/notices`, { signal }) : null,
  ]);
  const names = new Names(tree);
  place.append(
    head({
      title: t("publish.title"),
      lead: t("publish.lead"),
      actions: preview.published && preview.published !== plan && h("a", { class: "button", href: `rollouts/${rollout}/plan/${plan}/compare?base=${preview.published}` }, icon("compare"), t("publish.compare")),
    }),
    h(
      "div",
      { class: "sections" },
      preview.published === plan && h("div", { class: "notice good" }, icon("check"), h("p", null, t("publish.is-published"))),
      h(
        "div",
        { class: "compare-pair" },
        h("div", { class: "sections" }, ready(preview, context), release(preview, set, context)),
        h("div", { class: "sections" }, notified(preview, names), notices && preview.published !== plan && messages(notices, names)),
      ),
      history(published, rollout),
    ),
  );
}

/** What has to be so before people are notified. @param {any} preview @param {import("../../router.js").Context} context */
function ready(preview, { rollout, plan }) {
  const words = counted(preview.approvals);
  const missing = preview.approvals.length - words.granted;
  return h(
    "section",
    { class: "card" },
    h("h2", null, t("publish.ready")),
    h(
      "ul",
      { class: "card-body checklist" },
      line(preview.breaks.length === 0, t("publish.rules"), preview.breaks.length > 0 && rules(preview.breaks)),
      line(
        missing === 0,
        t("publish.lights", { count: words.granted, all: preview.approvals.length }),
        missing > 0 && [
          h("span", { class: "soft" }, preview.approvals.filter((/** @type {any} */ it) => it.word !== "granted").map((/** @type {any} */ it) => it.name).join(", ")),
          " ",
          h("a", { href: `rollouts/${rollout.id}/plan/${plan.id}/approve` }, t("publish.see-lights")),
        ],
      ),
      line(
        preview.revision >= preview.content,
        preview.revision >= preview.content ? t("publish.revision-now") : t("publish.revision-old", { before: preview.revision, now: preview.latest }),
        null,
        "warning",
      ),
    ),
  );
}

/** @param {any[]} breaks */
const rules = (breaks) =>
  h(
    "ul",
    { class: "bullets soft" },
    breaks.slice(0, 8).map((it) => h("li", null, it.message)),
    breaks.length > 8 && h("li", null, t("publish.more-rules", { count: breaks.length - 8 })),
  );

/** @param {boolean} isSo @param {string} text @param {import("../../dom.js").Child} [more] @param {"bad" | "warning"} [otherwise] */
const line = (isSo, text, more, otherwise = "bad") =>
  h(
    "li",
    { class: isSo ? "good" : otherwise },
    icon(isSo ? "check" : otherwise === "bad" ? "cross" : "warning"),
    h("div", { class: "stack" }, h("span", null, text, h("span", { class: "hidden-text" }, ` (${t(isSo ? "publish.yes" : "publish.no")})`)), more && h("div", null, more)),
  );

// @ts-check
/** Planning again from a moment on: what is frozen stays, other changes have their price. */

import { post } from "../../api.js";
import { fill, h } from "../../dom.js";
import { moment, t } from "../../i18n.js";
import { complainAt, field, input } from "../../parts/field.js";
import { icon } from "../../parts/icons.js";
import { solving } from "../../parts/solving.js";
import { complain } from "../../parts/toast.js";
import { may } from "../../session.js";
import { secondsSelect } from "../whatif/seconds.js";

/** @param {any} tree @param {any[]} reported @param {any} run the latest one @param {import("../../router.js").Context} context */
export function replan(tree, reported, run, { rollout, signal }) {
  const place = h("div", { class: "card-body stack" });
  const follow = (/** @type {any} */ it, /** @type {number} */ seconds) =>
    fill(place, solving(it.id, { seconds, signal, ended: (state) => ended(place, rollout, it.id, state) }));
  if (run && (run.state === "queued" || run.state === "running")) follow(run, run.limit);
  else if (!tree.published) fill(place, h("p", { class: "soft" }, t("progress.nothing-published")));
  else if (may("edit")) fill(place, form(tree, reported, rollout, follow));
  else return null;
  return h("section", { class: "card" }, h("h2", null, t("progress.replan")), place);
}

/** @param {any} tree @param {any[]} reported @param {any} rollout @param {(run: any, seconds: number) => void} follow */
function form(tree, reported, rollout, follow) {
  const asOf = input({ type: "datetime-local", value: tree.as_of ?? `${tree.start}T08:00`, step: 60 * (tree.slot_minutes ?? 30) });
  const frozen = input({ type: "date", value: String(tree.published.frozen_until ?? "").slice(0, 10) });
  const seconds = secondsSelect();
  const start = h("button", { type: "submit", class: "primary" }, icon("play"), t("progress.replan"));
  const submit = async () => {
    for (const it of [asOf, frozen]) complainAt(it, "");
    start.disabled = true;
    try {
      const body = { as_of: asOf.value, frozen_until: frozen.value || null, seconds: Number(seconds.value) };
      follow(await post(`v1/rollouts/${rollout.id}/replan`, body, { once: true }), Number(seconds.value));
    } catch (error) {
      start.disabled = false;
      const { faults = [] } = /** @type {any} */ (error);
      const at = faults.find((/** @type {any} */ it) => it.path.includes("as_of"));
      const until = faults.find((/** @type {any} */ it) => it.path.includes("frozen_until"));
      if (at) complainAt(asOf, at.message);
      if (until) complainAt(frozen, until.message);
      if (!at && !until) complain(error);
    }
  };
  return h(
    "form",
    {
      class: "stack",
      novalidate: true,
      onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        void submit();
      },
    },
    h("p", { class: "soft" }, reported.length === 0 ? t("progress.replan-text") : t("progress.replan-after", { count: reported.flatMap((it) => it.actuals).length })),
    h(
      "div",
      { class: "fields" },
      field({ label: t("progress.as-of"), control: asOf, hint: tree.as_of ? t("changes.now", { value: moment(tree.as_of) }) : t("progress.as-of-hint") }),
      field({ label: t("publish.frozen"), control: frozen, hint: t("publish.frozen-hint") }),
    ),
    h("div", { class: "row" }, seconds, start),
  );
}

/** Where to go from the new plan. @param {HTMLElement} place @param {any} rollout @param {string} plan @param {string} state */
function ended(place, rollout, plan, state) {
  if (state !== "done" && state !== "stopped") return;
  const base = `rollouts/${rollout.id}/plan/${plan}`;
  place.append(
    h(
      "div",
      { class: "row" },
      h("a", { class: "button primary", href: `${base}/compare` }, icon("compare"), t("progress.see-changes")),
      h("a", { class: "button", href: base }, icon("plan"), t("progress.see-plan")),
      h("a", { class: "button", href: `${base}/publish` }, icon("publish"), t("publish.title")),
    ),
  );
}

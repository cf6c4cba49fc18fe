// @ts-check
/** Publishes a plan: until when it is settled, with or without green lights that are missing. */

import { post } from "../../api.js";
import { h } from "../../dom.js";
import { t } from "../../i18n.js";
import { confirmed } from "../../parts/dialog.js";
import { complainAt, field, input, tick } from "../../parts/field.js";
import { icon } from "../../parts/icons.js";
import { complain, toast } from "../../parts/toast.js";
import { again } from "../../router.js";
import { may } from "../../session.js";

/** @param {any} preview @param {import("../../router.js").Context} context */
export function release(preview, { rollout, plan }) {
  if (!may("edit") || preview.published === plan.id) return null;
  if (rollout.scenario_of) return h("div", { class: "notice" }, icon("info"), h("p", null, t("publish.scenario")));
  const missing = preview.approvals.filter((/** @type {any} */ it) => it.word !== "granted");
  const frozen = input({ type: "date" });
  const anyway = tick(t("publish.anyway"));
  const publish = h("button", { type: "submit", class: "primary" }, icon("publish"), t("publish.publish"));
  const isAnyway = () => anyway.querySelector("input")?.checked ?? false;
  const submit = async () => {
    const people = Object.keys(preview.people).length;
    const sure = await confirmed({
      title: t("publish.sure"),
      text: t("publish.sure-text", { count: people }),
      yes: t("publish.publish"),
    });
    if (!sure) return;
    complainAt(frozen, "");
    publish.disabled = true;
    try {
      const body = { plan: plan.id, frozen_until: frozen.value || null, approved: !isAnyway() };
      await post(`v1/rollouts/${rollout.id}/published`, body);
      toast(t("publish.done"));
      again();
    } catch (error) {
      publish.disabled = false;
      const { faults } = /** @type {any} */ (error);
      const fault = faults?.find((/** @type {any} */ it) => it.path.includes("frozen_until"));
      if (!fault) return complain(error);
      complainAt(frozen, fault.message);
      frozen.focus();
    }
  };
  return h(
    "section",
    { class: "card" },
    h("h2", null, t("publish.publish")),
    h(
      "form",
      {
        class: "card-body stack",
        novalidate: true,
        onsubmit: (/** @type {Event} */ event) => {
          event.preventDefault();
          void submit();
        },
      },
      h("div", { class: "fields" }, field({ label: t("publish.frozen"), control: frozen, hint: t("publish.frozen-hint") })),
      missing.length > 0 && anyway,
      h("div", { class: "row" }, publish),
    ),
  );
}

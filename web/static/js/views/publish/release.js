// @ts-check
/** Publishes a plan: until when it is pinned, with or without green lights that are missing. */

import { get, post } from "../../api.js";
import { fill, h } from "../../dom.js";
import { list, t } from "../../i18n.js";
import { confirmed } from "../../parts/dialog.js";
import { complainAt, field, input, select, tick } from "../../parts/field.js";
import { icon } from "../../parts/icons.js";
import { complain, toast } from "../../parts/toast.js";
import { again } from "../../router.js";
import { may } from "../../session.js";

/** @param {any} preview @param {any} set how people are notified @param {import("../../router.js").Context} context */
export function release(preview, set, { rollout, plan }) {
  if (!may("edit") || preview.published === plan.id) return null;
  if (rollout.scenario_of) return h("div", { class: "notice" }, icon("info"), h("p", null, t("publish.scenario")));
  const missing = preview.approvals.filter((/** @type {any} */ it) => it.word !== "granted");
  const frozen = input({ type: "date" });
  const anyway = tick(t("publish.anyway"));
  const notify = select(["ask", "at once", "never"].map((it) => ({ value: it, text: t(`notices.notify-${it.replace(" ", "-")}`) })), { value: set.send });
  const publish = h("button", { type: "submit", class: "primary" }, icon("publish"), t("publish.publish"));
  const isAnyway = () => anyway.querySelector("input")?.checked ?? false;
  const reasons = h("div", { class: "stack" });
  /** Why it would be refused now, as the form stands; the service knows. */
  const refused = async () => {
    const asked = new URLSearchParams({ approved: String(!isAnyway()), ...(frozen.value && { frozen_until: frozen.value }) });
    return (await get(`v1/plans/${plan.id}/publishing?${asked}`)).refused;
  };
  const submit = async () => {
    complainAt(frozen, "");
    const found = await refused();
    fill(reasons, found.length > 0 && refusal(found, preview));
    if (found.length > 0) return reasons.querySelector(".notice")?.scrollIntoView({ block: "nearest" });
    const people = Object.keys(preview.people).length;
    const sure = await confirmed({
      title: t("publish.sure"),
      text: t("publish.sure-text", { count: people }),
      yes: t("publish.publish"),
    });
    if (!sure) return;
    publish.disabled = true;
    try {
      const body = { plan: plan.id, frozen_until: frozen.value || null, approved: !isAnyway(), notify: notify.value };
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
          void submit().catch(complain);
        },
      },
      h("div", { class: "fields" }, field({ label: t("publish.frozen"), control: frozen, hint: t("publish.frozen-hint") }), field({ label: t("notices.messages"), control: notify })),
      missing.length > 0 && anyway,
      reasons,
      h("div", { class: "row" }, publish),
    ),
  );
}

/**
 * Why it would be refused, before anybody confirms it.
 * @param {{ why: string, message: string }[]} found @param {any} preview
 */
function refusal(found, preview) {
  const names = new Map(preview.approvals.map((/** @type {any} */ it) => [it.department, it.name]));
  const missing = preview.approvals.filter((/** @type {any} */ it) => it.word !== "granted");
  const says = (/** @type {{ why: string, message: string }} */ it) =>
    it.why === "green lights"
      ? t("publish.refused-lights", { names: list(missing.map((/** @type {any} */ one) => names.get(one.department))) })
      : it.message;
  return h(
    "div",
    { class: "notice bad", role: "alert" },
    icon("cross"),
    h("div", null, h("strong", null, t("publish.refused")), h("ul", { class: "bullets" }, found.map((it) => h("li", null, says(it))))),
  );
}

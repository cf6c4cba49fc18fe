// @ts-check
/** The green light itself: what was said, and the form to give or refuse it. */

import { post } from "../../api.js";
import { h } from "../../dom.js";
import { t, when } from "../../i18n.js";
import { complainAt, field } from "../../parts/field.js";
import { icon } from "../../parts/icons.js";
import { complain, toast } from "../../parts/toast.js";
import { again } from "../../router.js";
import { answersFor } from "../../session.js";
import { standing, standingBadge } from "./labels.js";

/** @param {any} found what the service tells of the part */
export function word(found) {
  const { approval } = found;
  const state = standing(approval);
  const said = approval.said ?? approval.earlier;
  return h(
    "section",
    { class: ["card", "green-light", state] },
    h("header", null, h("h2", null, t("approve.green-light")), standingBadge(approval)),
    h(
      "div",
      { class: "card-body stack" },
      h("p", null, t(`approve.about-${state}`)),
      said && h("p", { class: "soft" }, t(said.granted ? "approve.said-yes" : "approve.said-no", { name: said.who, when: when(said.at) })),
      said?.note && h("blockquote", null, said.note),
      answersFor(approval.department) && form(found, state),
    ),
  );
}

/** @param {any} found @param {string} state */
function form({ plan, approval }, state) {
  const note = h("textarea", { rows: 2, maxlength: 2000 });
  const yes = h("button", { type: "submit", class: "primary" }, icon("check"), t("approve.give"));
  const no = h("button", { type: "button", class: state === "refused" ? "" : "danger-text", onclick: () => void tell(false) }, icon("cross"), t("approve.refuse"));
  const tell = async (/** @type {boolean} */ granted) => {
    complainAt(note, "");
    yes.disabled = no.disabled = true;
    try {
      const body = { department: approval.department, sha256: approval.sha256, granted, note: note.value.trim() };
      await post(`v1/plans/${plan}/approvals`, body);
      toast(t(granted ? "approve.given-toast" : "approve.refused-toast"));
      again();
    } catch (error) {
      yes.disabled = no.disabled = false;
      const fault = /** @type {any} */ (error)?.faults?.find((/** @type {any} */ it) => it.path.endsWith("note"));
      if (!fault) return complain(error);
      complainAt(note, fault.message);
      note.focus();
    }
  };
  return h(
    "form",
    {
      class: "stack",
      novalidate: true,
      onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        void tell(true);
      },
    },
    field({ label: t("approve.note"), control: note, hint: t("approve.note-hint") }),
    h("div", { class: "row" }, state !== "granted" && yes, state !== "refused" && no),
  );
}

// @ts-check
/** What a what-if changes, each change with the number that differences name it by; and how to edit it. */

import { post, send } from "../../api.js";
import { fill, h } from "../../dom.js";
import { t } from "../../i18n.js";
import { icon } from "../../parts/icons.js";
import { again, guard } from "../../router.js";
import { may } from "../../session.js";
import { Editor } from "../changes/editor.js";
import { form } from "../changes/form.js";
import { WHAT_IF } from "../changes/edit_forms.js";
import { numbered } from "../changes/numbered.js";
import { secondsSelect } from "./seconds.js";

/** @param {any} found @param {import("../changes/names.js").Names} names @param {AbortSignal} signal */
export function changes(found, names, signal) {
  const card = h("section", { class: "card" });
  const read = () =>
    fill(
      card,
      h(
        "header",
        null,
        h("h2", null, t("whatif.changes")),
        may("try") && !found.promoted_at && h("button", { onclick: edit }, icon("edit"), t("whatif.edit")),
      ),
      h(
        "div",
        { class: "card-body" },
        found.edits.length === 0 ? h("p", { class: "soft" }, t("whatif.no-changes")) : numbered(found.edits, names),
      ),
    );
  const edit = () => {
    const editor = new Editor(WHAT_IF, names, found.edits);
    fill(card, h("header", null, h("h2", null, t("whatif.edit"))), editing(found, editor, signal, read));
    /** @type {HTMLElement | null} */ (card.querySelector("input, select, button"))?.focus();
  };
  read();
  return card;
}

/** @param {any} found @param {Editor} editor @param {AbortSignal} signal @param {() => void} leave */
function editing(found, editor, signal, leave) {
  const before = JSON.stringify(editor.edits());
  const ended = new AbortController();
  signal.addEventListener("abort", () => ended.abort());
  guard(() => JSON.stringify(editor.edits()) === before || confirm(t("whatif.unsaved")), ended.signal);
  const seconds = secondsSelect();
  const save = h("button", { type: "submit", class: "primary" }, icon("play"), t("whatif.save-and-solve"));
  const solve = async () => {
    await send("PUT", `v1/scenarios/${found.id}`, { body: { edits: editor.edits() } });
    await post("v1/plans", { rollout: found.id, seconds: Number(seconds.value) }, { once: true });
    ended.abort();
    again();
  };
  const cancel = () => {
    ended.abort();
    leave();
  };
  const back = h("button", { type: "button", class: "quiet", onclick: cancel }, t("dialog.cancel"));
  return form(editor, save, solve, { before: seconds, after: back });
}

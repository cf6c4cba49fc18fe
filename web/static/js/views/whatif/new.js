// @ts-check
/** A new what-if: a name, and the changes to try together. */

import { get, post } from "../../api.js";
import { h } from "../../dom.js";
import { t } from "../../i18n.js";
import { complainAt, field, input } from "../../parts/field.js";
import { head } from "../../parts/head.js";
import { icon } from "../../parts/icons.js";
import { complain } from "../../parts/toast.js";
import { go, guard } from "../../router.js";
import { Editor } from "../changes/editor.js";
import { WHAT_IF } from "../changes/edit_forms.js";
import { Names } from "../changes/names.js";
import { describe } from "../changes/describe.js";
import { secondsSelect } from "./seconds.js";

/** @type {import("../../router.js").Show} */
export async function show(place, { rollout }, context) {
  context.title(t("whatif.new"));
  const names = new Names(await get(`v1/rollouts/${encodeURIComponent(rollout)}`, { signal: context.signal }));
  const editor = new Editor(WHAT_IF, names, startingWith(context.query));
  const name = input({ maxlength: 200, placeholder: t("whatif.name-example") });
  const untouched = JSON.stringify(editor.edits());
  const isUntouched = () => name.value === "" && JSON.stringify(editor.edits()) === untouched;
  guard(() => isUntouched() || confirm(t("whatif.unsaved")), context.signal);
  const seconds = secondsSelect();
  const save = h("button", { type: "submit", class: "primary" }, icon("play"), t("whatif.save-and-solve"));
  const submit = async () => {
    const edits = editor.edits();
    complainAt(name, "");
    save.disabled = true;
    try {
      const called = name.value.trim() || edits.map((it) => describe(it, names)).join("; ");
      const made = await post("v1/scenarios", { rollout, name: called.slice(0, 200), edits }, { once: true });
      await post("v1/plans", { rollout: made.id, seconds: Number(seconds.value) }, { once: true });
      go(`rollouts/${rollout}/what-if/${made.id}`);
    } catch (error) {
      refuse(error, name, editor);
    } finally {
      save.disabled = false;
    }
  };
  place.append(
    head({ title: t("whatif.new"), lead: t("whatif.new-lead") }),
    h(
      "form",
      {
        class: "what-if-form",
        novalidate: true,
        onsubmit: (/** @type {Event} */ event) => {
          event.preventDefault();
          void submit();
        },
      },
      field({ label: t("whatif.name"), control: name, hint: t("whatif.name-hint") }),
      h("h2", null, t("whatif.changes")),
      editor.element,
      h(
        "div",
        { class: "form-end row" },
        seconds,
        save,
        h("a", { class: "button quiet", href: `rollouts/${rollout}/what-if` }, t("dialog.cancel")),
      ),
    ),
  );
}

/** A first change that an address asks for, such as `?edit=absent&person=ana`. @param {URLSearchParams} query */
function startingWith(query) {
  const edit = query.get("edit");
  if (!edit || !(edit in WHAT_IF)) return [];
  return [{ ...Object.fromEntries(query), edit }];
}

/**
 * Faults of the name at the name, the others in the editor.
 * @param {any} error @param {HTMLElement} name @param {Editor} editor
 */
function refuse(error, name, editor) {
  if (!error?.faults?.length) {
    complain(error);
    return;
  }
  /** @type {import("../../api.js").Fault[]} */
  const faults = error.faults;
  const own = faults.find((it) => it.path === "body.name");
  editor.complain(faults.filter((it) => it !== own));
  if (!own) return;
  complainAt(name, own.message);
  name.focus();
}

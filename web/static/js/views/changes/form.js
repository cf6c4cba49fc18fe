// @ts-check
/** The form around an editor of changes: it is sent once, and faults come to the changes that they are of. */

import { h } from "../../dom.js";
import { complain } from "../../parts/toast.js";

/**
 * @param {import("./editor.js").Editor} editor
 * @param {HTMLButtonElement} save
 * @param {() => Promise<void>} send
 * @param {{ before?: Node, after?: Node }} [beside] What stands beside the button.
 */
export function form(editor, save, send, beside = {}) {
  const submit = async () => {
    save.disabled = true;
    try {
      await send();
    } catch (error) {
      const { faults } = /** @type {any} */ (error);
      if (faults?.length) editor.complain(faults);
      else complain(error);
    } finally {
      save.disabled = false;
    }
  };
  return h(
    "form",
    {
      class: "card-body",
      novalidate: true,
      onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        void submit();
      },
    },
    editor.element,
    h("div", { class: "form-end row" }, beside.before, save, beside.after),
  );
}

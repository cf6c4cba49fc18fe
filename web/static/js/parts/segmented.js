// @ts-check
/** One of a few choices side by side; arrows go from one to the next. */

import { h, newId } from "../dom.js";

/**
 * @param {object} wanted
 * @param {string} wanted.label
 * @param {{value: string, text: string}[]} wanted.options
 * @param {string} wanted.value
 * @param {(value: string) => void} wanted.onchange
 */
export function segmented({ label, options, value, onchange }) {
  const name = newId("choice");
  return h(
    "fieldset",
    { class: "segmented" },
    h("legend", { class: "hidden-text" }, label),
    options.map((it) =>
      h(
        "label",
        null,
        h("input", { type: "radio", name, value: it.value, checked: it.value === value, onchange: () => onchange(it.value) }),
        h("span", null, it.text),
      ),
    ),
  );
}

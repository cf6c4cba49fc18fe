// @ts-check
/** A control of a form with its label, a hint and what is wrong with it. */

import { h, newId, set } from "../dom.js";

/**
 * @param {object} wanted
 * @param {string} wanted.label
 * @param {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement | HTMLButtonElement} wanted.control
 * @param {import("../dom.js").Child} [wanted.hint]
 * @param {string} [wanted.unit] after the control
 */
export function field({ label, control, hint, unit }) {
  const id = control.id || newId("field");
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const labelId = `${id}-label`;
  set(control, { id, "aria-describedby": [hint && hintId, errorId].filter(Boolean).join(" ") });
  // A button says what is chosen by its own text, which a label alone would hide.
  if (control instanceof HTMLButtonElement) set(control, { "aria-labelledby": `${labelId} ${id}` });
  return h(
    "div",
    { class: "field" },
    h("label", { for: id, id: labelId }, label),
    unit ? h("div", { class: "with-unit" }, control, h("span", null, unit)) : control,
    hint && h("div", { class: "hint", id: hintId }, hint),
    h("div", { class: "error", id: errorId, role: "alert" }),
  );
}

/**
 * Says what is wrong with a field's control, or (empty) that nothing is any more.
 * @param {HTMLElement} control
 * @param {string} text
 */
export function complainAt(control, text) {
  control.setAttribute("aria-invalid", String(text !== ""));
  const place = document.getElementById(`${control.id}-error`);
  if (place) place.textContent = text;
}

/** @param {import("../dom.js").Attributes} [attributes] */
export const input = (attributes) => h("input", { type: "text", autocomplete: "off", ...attributes });

/**
 * @param {{value: string, text: string}[]} options
 * @param {import("../dom.js").Attributes} [attributes] `value` is the one that is chosen
 */
export function select(options, { value, ...attributes } = {}) {
  return h(
    "select",
    attributes,
    options.map((it) => h("option", { value: it.value, selected: it.value === value }, it.text)),
  );
}

/**
 * A box to tick, with its words after it.
 * @param {string} text
 * @param {import("../dom.js").Attributes} [attributes]
 */
export const tick = (text, attributes) => h("label", { class: "tick" }, h("input", { type: "checkbox", ...attributes }), h("span", null, text));

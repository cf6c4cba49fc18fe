// @ts-check
/** What a rollout says of itself: its name, days, money, and the prices by which plans are judged. */

import { PRESETS, TERMS } from "../../goals.js";
import { h } from "../../dom.js";
import { t } from "../../i18n.js";
import { complainAt, field, input, select } from "../../parts/field.js";
import { at } from "./places.js";

/** @typedef {import("./draft.js").Draft} Draft */

/**
 * The form, which follows the draft: what is undone is undone in it too.
 * @param {Draft} draft
 * @param {boolean} editable
 * @returns {{element: HTMLElement, draw: () => void, mark: () => void}}
 */
export function general(draft, editable) {
  /** @type {Map<string, HTMLInputElement | HTMLSelectElement>} by the path of what they edit */
  const controls = new Map();

  /** @param {string} path @param {any} value */
  const change = (path, value) => draft.change(path.split("."), value, path);

  /** @param {string} path @param {import("../../dom.js").Attributes} [attributes] @param {(text: string) => any} [read] */
  const text = (path, attributes, read = (it) => it) => {
    const made = input({
      disabled: !editable,
      ...attributes,
      oninput: () => change(path, made.value === "" ? undefined : read(made.value)),
    });
    controls.set(path, made);
    return made;
  };
  /** @param {string} path @param {{value: string, text: string}[]} options @param {(text: string) => any} [read] */
  const choice = (path, options, read = (it) => it) => {
    const made = select(options, {
      disabled: !editable,
      onchange: () => change(path, made.value === "" ? undefined : read(made.value)),
    });
    controls.set(path, made);
    return made;
  };
  /** @param {string} path @param {HTMLInputElement | HTMLSelectElement} control @param {boolean} [hint] */
  const named = (path, control, hint = false) =>
    field({
      label: t(`data.of-${path.replace(".", "-")}`),
      control,
      hint: hint && t(`data.of-${path.replace(".", "-")}-hint`),
    });

  const price = (
    /** @type {string} */ typed,
  ) => (Number.isNaN(Number(typed.replace(",", "."))) ? typed : Number(typed.replace(",", ".")));
  const element = h(
    "div",
    { class: "general" },
    h(
      "section",
      { class: "stack" },
      h("h2", null, t("data.about")),
      h(
        "div",
        { class: "fields" },
        named("name", text("name")),
        named("start", text("start", { type: "date" })),
        named("end", text("end", { type: "date" })),
        named("as_of", text("as_of", { type: "datetime-local" }), true),
        named("timezone", text("timezone", { placeholder: "Europe/Ljubljana" })),
        named("currency", text("currency")),
        named(
          "slot_minutes",
          choice("slot_minutes", ["15", "30", "60"].map((it) => ({ value: it, text: it })), Number),
          true,
        ),
      ),
    ),
    h(
      "section",
      { class: "stack" },
      h("h2", null, t("data.goals")),
      h("p", { class: "soft" }, t("data.goals-text")),
      h(
        "div",
        { class: "fields" },
        named(
          "goals.preset",
          choice("goals.preset", PRESETS.map((it) => ({ value: it, text: t(`runs.preset-${it}`) }))),
        ),
        TERMS.map((it) =>
          field({
            label: t(`data.term-${it}`),
            control: text(`goals.prices.${it}`, { inputmode: "decimal" }, price),
            hint: t(`data.term-${it}-unit`),
          })
        ),
      ),
    ),
  );

  const draw = () => {
    for (const [path, control] of controls) {
      if (control === document.activeElement) continue;
      const value = at(draft.tree, path.split(".")) ??
        { "goals.preset": "balanced", slot_minutes: 30 }[path] ?? "";
      control.value = String(value).slice(0, control.type === "datetime-local" ? 16 : undefined);
    }
  };
  const mark = () => {
    for (const [path, control] of controls) {
      complainAt(
        control,
        draft.faults.find((it) => it.path === path)?.message ?? "",
      );
    }
  };
  draw();
  return { element, draw, mark };
}

// @ts-check
/** A form for a list of changes: each a card with its fields, and the faults of the service at them. */

import { fill, h } from "../../dom.js";
import { t } from "../../i18n.js";
import { faultList } from "../../parts/faults.js";
import { complainAt, field } from "../../parts/field.js";
import { icon } from "../../parts/icons.js";
import { controlOf, hintOf } from "./controls.js";

/** @typedef {import("./describe.js").Edit} Edit */
/** @typedef {import("./names.js").Names} Names */
/** @typedef {{ edit: string, controls: Map<string, import("./controls.js").Control>, element: HTMLElement }} Card */

export class Editor {
  /**
   * @param {Record<string, import("./edit_forms.js").Kind>} kinds what is offered
   * @param {Names} names
   * @param {Edit[]} edits those that are there already
   */
  constructor(kinds, names, edits = []) {
    this.kinds = kinds;
    this.names = names;
    /** @type {Card[]} */
    this.cards = [];
    this.list = h("ol", { class: "change-cards" });
    this.faults = h("div", { role: "alert" });
    this.element = h("div", { class: "change-editor" }, this.list, this.faults, this.#offers());
    for (const edit of edits) this.add(edit);
  }

  /** The changes as they are filled in. @returns {Edit[]} */
  edits() {
    return this.cards.map(({ edit, controls }) => {
      /** @type {Edit} */
      const made = { edit };
      for (const [name, control] of controls) {
        const value = control.value();
        if (value !== undefined) made[name] = value;
      }
      return made;
    });
  }

  /** @param {Edit} edit @param {boolean} [focus] */
  add(edit, focus = false) {
    const kind = this.kinds[edit.edit];
    if (!kind) return;
    const controls = new Map(kind.fields.map((it) => [it.name, controlOf(it, edit[it.name], this.names)]));
    const title = t(`changes.kind-${edit.edit}`);
    /** @type {Card} */
    const card = { edit: edit.edit, controls, element: h("li", { class: "change-card" }) };
    const hints = kind.fields.map((it) => h("span", { dataset: { hint: it.name } }));
    fill(
      card.element,
      h(
        "fieldset",
        null,
        h("legend", { class: "hidden-text" }, title),
        h(
          "header",
          { class: "row" },
          icon(kind.icon),
          h("h3", { class: "grow" }, title),
          h(
            "button",
            { type: "button", class: "quiet icon-only", "aria-label": t("changes.remove", { what: title }), onclick: () => this.#remove(card) },
            icon("trash"),
          ),
        ),
        h(
          "div",
          { class: "fields" },
          kind.fields.map((it, at) =>
            field({
              label: label(edit.edit, it.name),
              control: /** @type {any} */ (controls.get(it.name)).element,
              hint: hints[at],
            }),
          ),
        ),
      ),
    );
    const hint = () => {
      const values = Object.fromEntries([...controls].map(([name, it]) => [name, it.value()]));
      kind.fields.forEach((it, at) => (hints[at].textContent = hintOf(edit.edit, it.name, values, this.names)));
    };
    card.element.addEventListener("input", (event) => {
      hint();
      const changed = /** @type {HTMLElement} */ (event.target);
      if (changed.getAttribute("aria-invalid") === "true") complainAt(changed, "");
    });
    this.cards.push(card);
    this.list.append(card.element);
    hint();
    if (focus) /** @type {HTMLElement | null} */ (card.element.querySelector("input, select"))?.focus();
  }

  /**
   * Shows what the service found wrong, each at its field; what belongs to none stands below.
   * @param {import("../../api.js").Fault[]} faults
   */
  complain(faults) {
    for (const { controls } of this.cards) for (const it of controls.values()) complainAt(it.element, "");
    const rest = faults.filter((fault) => !this.#placed(fault));
    fill(this.faults, rest.length > 0 && faultList(rest));
    const first = this.list.querySelector("[aria-invalid=true]");
    if (first instanceof HTMLElement) first.focus();
  }

  /** @param {import("../../api.js").Fault} fault */
  #placed(fault) {
    const found = fault.path.match(/(?:edits|actuals)\[(\d+)\](.*)$/);
    const card = found && this.cards[Number(found[1])];
    if (!card) return false;
    const steps = found[2].split(/[.[\]]/).filter(Boolean);
    // The kind of a change stands in the path too, and may be called like a field.
    const name = steps.findLast((it) => card.controls.has(it)) ?? [...card.controls.keys()].at(-1);
    const control = card.controls.get(/** @type {string} */ (name));
    if (!control) return false;
    complainAt(control.element, fault.message);
    return true;
  }

  /** @param {Card} card */
  #remove(card) {
    const at = this.cards.indexOf(card);
    this.cards.splice(at, 1);
    card.element.remove();
    const next = this.cards[Math.min(at, this.cards.length - 1)]?.element ?? this.element;
    /** @type {HTMLElement | null} */ (next.querySelector("button"))?.focus();
  }

  #offers() {
    return h(
      "div",
      { class: "change-offers", role: "group", "aria-label": t("changes.add") },
      Object.entries(this.kinds).map(([edit, kind]) =>
        h("button", { type: "button", onclick: () => this.add({ edit }, true) }, icon(kind.icon), t(`changes.kind-${edit}`)),
      ),
    );
  }
}

/** @param {string} edit @param {string} name */
function label(edit, name) {
  const own = `changes.field-${edit}-${name}`;
  const text = t(own);
  return text === own ? t(`changes.field-${name}`) : text;
}

// @ts-check
/** Beside the timeline: all about the booking, the open work or the row that was picked. */

import { h, refill } from "../../../dom.js";
import { t } from "../../../i18n.js";
import { icon } from "../../../parts/icons.js";
import { aboutPiece } from "./about_piece.js";
import { aboutRow } from "./about_row.js";

/** @typedef {import("../chart/timeline.js").Place} Place */
/**
 * What the panel works with.
 * @typedef {object} Desk
 * @property {import("../model/model.js").Model} model
 * @property {import("../model/labels.js").Words} words
 * @property {import("../model/pins.js").Pins} pins
 * @property {string} plan
 * @property {boolean} mayTry Whether the reader may ask for plans and recommendations.
 * @property {(view: import("../page.js").By, piece: number, row: string) => void} reveal
 * @property {(place: Place) => void} lift
 * @property {(piece: number, person: number) => void} put Gives a part of a task to somebody, after asking what that breaks.
 * @property {AbortSignal} signal
 */

export class Panel {
  /** @param {Desk} desk @param {(place: Place) => void} opened @param {() => void} closed */
  constructor(desk, opened, closed) {
    this.desk = desk;
    this.opened = opened;
    this.closed = closed;
    this.content = h("div", { class: "panel-content" });
    /** Aborts what is still asked for about what was picked before. */
    this.asking = new AbortController();
    this.element = h(
      "aside",
      { class: "panel", hidden: true, "aria-label": t("plan.panel") },
      h(
        "button",
        {
          class: "quiet icon-only panel-close",
          "aria-label": t("plan.close"),
          onclick: () => this.close(),
        },
        icon("cross"),
      ),
      this.content,
    );
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.close();
    });
  }

  /** @param {Place} place */
  piece(place) {
    this.#show(aboutPiece(this.desk, place, this.#signal()), place);
  }

  /** @param {import("../rows/row.js").Row} row @param {Place} place */
  row(row, place) {
    this.#show(aboutRow(this.desk, row), place);
  }

  close() {
    if (this.element.hidden) return;
    this.asking.abort();
    this.element.hidden = true;
    this.closed();
  }

  /** @param {import("../../../dom.js").Child[]} content @param {Place} place */
  #show(content, place) {
    refill(this.content, content);
    this.element.hidden = false;
    this.element.scrollTop = 0;
    this.opened(place);
  }

  #signal() {
    this.asking.abort();
    this.asking = new AbortController();
    return this.asking.signal;
  }
}

/** A list of terms; those that are empty are left out. @param {([string, import("../../../dom.js").Child] | false)[]} facts */
export function facts(facts) {
  return h(
    "dl",
    { class: "facts" },
    facts.map(
      (it) => it && it[1] && String(it[1]) !== "" && h("div", null, h("dt", null, it[0]), h("dd", null, it[1])),
    ),
  );
}

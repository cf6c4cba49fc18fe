// @ts-check
/** Below the timeline while a booking is held: where it is, what the service says of it, and buttons for fingers. */

import { fill, h } from "../../../dom.js";
import { money, t } from "../../../i18n.js";
import { icon } from "../../../parts/icons.js";
import { named } from "../model/model.js";

/** @typedef {import("./moving.js").Held} Held */
/** @typedef {import("./answers.js").Answer} Answer */

export class MoveBar {
  /** @param {import("../chart/timeline.js").Timeline} timeline @param {import("../model/labels.js").Words} words */
  constructor(timeline, words) {
    this.timeline = timeline;
    this.words = words;
    const { moving } = timeline;
    /** @param {import("../../../parts/icons.js").IconName} name @param {string} key @param {() => void} act */
    const step = (name, key, act) =>
      h("button", { class: "quiet icon-only", "aria-label": t(`moves.${key}`), title: t(`moves.${key}`), onclick: act }, icon(name));
    this.title = h("b", null);
    this.place = h("span", null);
    this.said = h("div", { class: "move-said grow", role: "status" });
    this.passes = h(
      "span",
      { class: "row" },
      step("up", "up", () => moving.pass(-1)),
      step("down", "down", () => moving.pass(1)),
    );
    this.element = h(
      "section",
      { class: "move-bar", "aria-label": t("moves.moving"), hidden: true },
      h("div", { class: "row" }, icon("plan"), this.title, this.place),
      this.said,
      h(
        "div",
        { class: "row" },
        step("left", "earlier", () => moving.step(-1)),
        step("right", "later", () => moving.step(1)),
        this.passes,
        h("button", { class: "primary", onclick: () => moving.drop(true) }, icon("pin"), t("moves.here")),
        h("button", { class: "quiet", onclick: () => moving.drop(false) }, t("moves.back")),
      ),
      h("p", { class: "soft small" }, t("moves.how")),
    );
  }

  /** @param {Held} held */
  hold({ piece, start, person }) {
    const { model } = this.timeline.pens;
    this.title.textContent = model.title(piece);
    const who = person ?? model.seats.person[piece];
    this.place.textContent = `${named(model.people, who)}, ${this.words.moment(start ?? model.starts[piece])}`;
    this.passes.hidden = !this.timeline.moving.canPass;
    this.element.hidden = false;
  }

  /** @param {Answer} answer */
  answer({ state, obstacle, difference, breaks = [], message = "" }) {
    this.said.dataset.state = obstacle ? "breaks" : state;
    if (obstacle) fill(this.said, icon("warning"), h("span", null, t(`moves.obstacle-${obstacle}`)));
    else if (state === "fits") fill(this.said, icon("check"), h("span", null, t("moves.fits"), " ", this.#price(difference)));
    else if (state === "breaks") {
      fill(
        this.said,
        icon("warning"),
        h("span", null, t("plan.breaks", { count: breaks.length }), " ", this.#price(difference)),
        h("ul", { class: "bullets" }, breaks.map((it) => h("li", null, this.words.plainly(it.message)))),
      );
    } else fill(this.said, state === "asking" ? t("moves.asking") : message);
  }

  hide() {
    this.element.hidden = true;
  }

  /** @param {number | null | undefined} difference */
  #price(difference) {
    if (difference === null || difference === undefined) return "";
    const { currency } = this.timeline.pens.model;
    return h("span", { class: "figures" }, `${difference > 0 ? "+" : ""}${money(difference, currency)}`);
  }
}

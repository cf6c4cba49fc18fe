// @ts-check
/** What a bar says when the pointer rests on it. */

import { fill, h } from "../../../dom.js";
import { OPEN, named } from "../model/model.js";

const WAITS = 120;

export class Tip {
  /** @param {import("../chart/timeline.js").Timeline} timeline */
  constructor(timeline) {
    this.timeline = timeline;
    this.timer = 0;
    this.element = h("div", { class: "tl-tip", hidden: true, "aria-hidden": "true" });
    timeline.element.append(this.element);
  }

  hide() {
    clearTimeout(this.timer);
    this.element.hidden = true;
  }

  /** @param {PointerEvent} event */
  over(event) {
    const place = this.timeline.placeOf(event.target);
    this.hide();
    if (!place || place.piece < 0 || event.pointerType === "touch") return;
    const { clientX: x, clientY: y } = event;
    this.timer = setTimeout(() => this.#show(place.piece, x, y), WAITS);
  }

  /** @param {number} piece @param {number} x @param {number} y */
  #show(piece, x, y) {
    const { element, timeline } = this;
    if (timeline.moving.lifted) return;
    const { model, words } = timeline.pens;
    const isOpen = model.kind(piece) === OPEN;
    const lines = isOpen
      ? [words.missing(piece), words.known(model.openEntry(piece).proved === true, "open"), words.whyOpen(model.openEntry(piece))]
      : [words.people(model.staff(piece)), words.when(piece)];
    if (model.room(piece) >= 0) lines.push(named(model.rooms, model.room(piece)));
    fill(
      element,
      h("small", null, words.kind(piece)),
      h("b", null, model.title(piece)),
      lines.filter(Boolean).map((it) => h("span", null, it)),
      words.states(piece).map((it) => h("span", { class: "tl-state" }, it)),
    );
    element.hidden = false;
    const box = timeline.element.getBoundingClientRect();
    const left = Math.min(x - box.left + 14, box.width - element.offsetWidth - 8);
    const below = y - box.top + 20;
    const fits = below + element.offsetHeight < box.height;
    element.style.left = `${Math.max(4, left)}px`;
    element.style.top = `${fits ? below : y - box.top - element.offsetHeight - 12}px`;
  }
}

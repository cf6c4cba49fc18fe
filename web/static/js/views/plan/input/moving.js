// @ts-check
/** Taking a booking of a task to another time or person, by mouse, finger or keyboard, to pin it there. */

import { h } from "../../../dom.js";
import { t } from "../../../i18n.js";
import { DAY } from "../model/axis.js";
import { laneTop } from "../model/layout.js";
import { FINISHED, TASK, named } from "../model/model.js";

/** @typedef {import("../chart/timeline.js").Timeline} Timeline */
/** @typedef {import("../chart/timeline.js").Place} Place */
/**
 * A booking that is held: where it was and where it would be.
 * @typedef {object} Lifted
 * @property {number} piece @property {Place} from
 * @property {string} row @property {number} start
 * @property {HTMLElement} ghost
 */
/**
 * Where a booking is held: what it is described with. `start` and `person` are null where they stay.
 * @typedef {{ piece: number, start: number | null, person: number | null }} Held
 */

const FINE = 6;
/** From so many pixels of an hour on, a slot is a step; below it, a day is. */
const FINE_DAY = 280;
/** From so many pixels of a day on, arrows go slot by slot. */

/** Tells, by the timeline: `hold` {piece, start, person} while it is held, `put-back`, and `move` when it is put down. */
export class Moving {
  /** @param {Timeline} timeline */
  constructor(timeline) {
    this.timeline = timeline;
    /** @type {Lifted | null} */
    this.lifted = null;
  }

  /** Take a booking up, if it is one that can be pinned. @param {Place} from */
  lift(from) {
    const { timeline } = this;
    const { model } = timeline.pens;
    const { piece } = from;
    if (!timeline.movable) return false;
    this.drop(false);
    if (piece < 0) {
      timeline.live.textContent = t("moves.choose");
      return false;
    }
    if (model.kind(piece) !== TASK || model.flags[piece] & FINISHED) {
      timeline.live.textContent = t("plan.move-tasks-only");
      return false;
    }
    const ghost = h("div", { class: "tl-ghost", "aria-hidden": "true" }, h("span"));
    timeline.body.append(ghost);
    timeline.elementOf(from)?.classList.add("is-lifted");
    timeline.element.classList.add("is-moving");
    this.lifted = { piece, from, row: from.row, start: model.starts[piece], ghost };
    timeline.tell("lift", { piece });
    this.place(this.lifted.start, from.row);
    return true;
  }

  /** Hold it at another time, or in the row of another person. @param {number} start @param {string} row */
  place(start, row) {
    const { lifted, timeline } = this;
    if (!lifted) return;
    const { axis, model, words } = timeline.pens;
    const length = model.ends[lifted.piece] - model.starts[lifted.piece];
    lifted.start = Math.min(model.days * DAY - model.slot, Math.max(0, start));
    if (timeline.rowOf(row)?.about === "person") lifted.row = row;
    const at = timeline.rowOf(lifted.row);
    const place = timeline.layout.places.get(lifted.row) ?? 0;
    const lane =
      lifted.row === lifted.from.row ? at.lanes[at.pieces.indexOf(lifted.piece)] : 0;
    lifted.ghost.style.setProperty("--s", String(axis.unit(lifted.start)));
    lifted.ghost.style.setProperty("--e", String(axis.unit(lifted.start + length)));
    lifted.ghost.style.top = `${timeline.layout.tops[place] + laneTop(lane)}px`;
    const person = this.#person();
    const text = [person < 0 ? "" : named(model.people, person), words.moment(lifted.start)];
    const said = text.filter(Boolean).join(", ");
    const label = /** @type {HTMLElement} */ (lifted.ghost.firstElementChild);
    label.textContent = said;
    timeline.live.textContent = said;
    timeline.tell("hold", this.#held());
  }

  /** Hold it on after the rows were drawn anew; put it back where its row is gone. */
  again() {
    const { lifted, timeline } = this;
    if (!lifted) return;
    if (!timeline.rowOf(lifted.from.row)) {
      this.drop(false);
      return;
    }
    timeline.elementOf(lifted.from)?.classList.add("is-lifted");
    this.place(lifted.start, timeline.rowOf(lifted.row) ? lifted.row : lifted.from.row);
  }

  /** Hold it where the pointer is. @param {number} unit Where it would begin. @param {number} y */
  drag(unit, y) {
    const { lifted, timeline } = this;
    if (!lifted) return;
    const { axis, model, px } = timeline.pens;
    const minute = axis.minute(Math.min(axis.length - 1, Math.max(0, unit)));
    const of = model.starts[lifted.piece] % DAY;
    const start =
      px * 60 > FINE
        ? Math.round(minute / model.slot) * model.slot
        : Math.round((minute - of) / DAY) * DAY + of;
    this.place(start, timeline.layout.rows[timeline.layout.rowAt(y)].key);
  }

  /** Hold it a step earlier or later: a slot, or the next day that the axis shows. @param {1 | -1} way @param {boolean} [fine] */
  step(way, fine = false) {
    const { lifted, timeline } = this;
    if (!lifted) return;
    const { axis, model, px } = timeline.pens;
    const bySlots = fine || px * axis.dayLength > FINE_DAY;
    const to = bySlots ? lifted.start + way * model.slot : axis.nextDay(lifted.start, way);
    // At either end of the rollout it stays at its time of day.
    if (to >= 0 && to < model.days * DAY) this.place(to, lifted.row);
    this.#intoSight();
  }

  /** Hold it in the row of the next person. @param {1 | -1} way */
  pass(way) {
    const { lifted, timeline } = this;
    if (!lifted) return;
    const { rows, places } = timeline.layout;
    let at = (places.get(lifted.row) ?? 0) + way;
    while (rows[at] && rows[at].about !== "person") at += way;
    this.place(lifted.start, rows[at]?.key ?? lifted.row);
    this.#intoSight();
  }

  /** Whether it can be given to somebody else where it is held: rows are people. */
  get canPass() {
    return this.#person() >= 0;
  }

  /** Put it down where it is held, or back. @param {boolean} there */
  drop(there) {
    const { lifted, timeline } = this;
    if (!lifted) return;
    lifted.ghost.remove();
    timeline.element.classList.remove("is-moving");
    timeline.elementOf(lifted.from)?.classList.remove("is-lifted");
    const held = this.#held();
    this.lifted = null;
    if (!there || (held.start === null && held.person === null)) {
      timeline.live.textContent = t("plan.move-given-up");
      timeline.tell("put-back", {});
      return;
    }
    timeline.tell("move", held);
  }

  /** @param {KeyboardEvent} event @returns {boolean} Whether it was for what is held. */
  onKey({ key, shiftKey, ctrlKey }) {
    if (!this.lifted || ctrlKey) return false;
    if (key === "ArrowLeft") this.step(-1, shiftKey);
    else if (key === "ArrowRight") this.step(1, shiftKey);
    else if (key === "ArrowUp") this.pass(-1);
    else if (key === "ArrowDown") this.pass(1);
    else if (key === "Enter" || key === " ") this.drop(true);
    else if (key === "Escape") this.drop(false);
    else return key.length === 1 || ["Home", "End", "PageUp", "PageDown"].includes(key);
    return true;
  }

  /** @returns {Held} */
  #held() {
    const { lifted, timeline } = this;
    if (!lifted) return { piece: -1, start: null, person: null };
    const { starts } = timeline.pens.model;
    return {
      piece: lifted.piece,
      start: lifted.start === starts[lifted.piece] ? null : lifted.start,
      person: lifted.row === lifted.from.row ? null : this.#person(),
    };
  }

  #intoSight() {
    this.lifted?.ghost.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** Whose row it is held in; -1 where rows are no people. */
  #person() {
    const row = this.timeline.rowOf(this.lifted?.row ?? "");
    return row?.about === "person" ? row.at : -1;
  }
}

// @ts-check
/** Taking a booking of a task to another time or person, by mouse or by keyboard, to pin it there. */

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

const FINE = 6;
/** From so many pixels of an hour on, a slot is a step; below it, a day is. */

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
    if (model.kind(piece) !== TASK || model.flags[piece] & FINISHED) {
      timeline.live.textContent = t("plan.move-tasks-only");
      return false;
    }
    const ghost = h("div", { class: "tl-ghost", "aria-hidden": "true" }, h("span"));
    timeline.body.append(ghost);
    timeline.elementOf(from)?.classList.add("is-lifted");
    timeline.element.classList.add("is-moving");
    this.lifted = { piece, from, row: from.row, start: model.starts[piece], ghost };
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

  /** Put it down where it is held, or back. @param {boolean} there */
  drop(there) {
    const { lifted, timeline } = this;
    if (!lifted) return;
    const { model } = timeline.pens;
    lifted.ghost.remove();
    timeline.element.classList.remove("is-moving");
    timeline.elementOf(lifted.from)?.classList.remove("is-lifted");
    const start = lifted.start === model.starts[lifted.piece] ? null : lifted.start;
    const to = lifted.row === lifted.from.row ? -1 : this.#person();
    this.lifted = null;
    if (!there || (start === null && to < 0)) {
      timeline.live.textContent = t("plan.move-given-up");
      return;
    }
    timeline.tell("move", { piece: lifted.piece, start, person: to < 0 ? null : to });
  }

  /** @param {KeyboardEvent} event @returns {boolean} */
  onKey({ key, shiftKey }) {
    const { lifted, timeline } = this;
    if (!lifted) return false;
    const { axis, model, px } = timeline.pens;
    const fine = shiftKey || px * axis.dayLength > 280;
    /** @param {number} way */
    const step = (way) => {
      if (fine) return lifted.start + way * model.slot;
      let start = lifted.start + way * DAY;
      while (!axis.fold.weekdays[(((Math.floor(start / DAY) + axis.lead) % 7) + 7) % 7]) {
        start += way * DAY;
      }
      return start;
    };
    if (key === "ArrowLeft") this.place(step(-1), lifted.row);
    else if (key === "ArrowRight") this.place(step(1), lifted.row);
    else if (key === "ArrowUp") this.place(lifted.start, this.#next(-1));
    else if (key === "ArrowDown") this.place(lifted.start, this.#next(1));
    else if (key === "Enter" || key === " ") this.drop(true);
    else if (key === "Escape") this.drop(false);
    else return key !== "Tab";
    lifted.ghost.scrollIntoView({ block: "nearest", inline: "nearest" });
    return true;
  }

  /** The row of the next person. @param {number} way */
  #next(way) {
    const { lifted, timeline } = this;
    const { rows, places } = timeline.layout;
    const from = lifted?.row ?? "";
    if (timeline.rowOf(from).about !== "person") return from;
    let at = (places.get(from) ?? 0) + way;
    while (rows[at] && rows[at].about !== "person") at += way;
    return rows[at]?.key ?? from;
  }

  /** Whose row it is held in; -1 where rows are no people. */
  #person() {
    const row = this.timeline.rowOf(this.lifted?.row ?? "");
    return row?.about === "person" ? row.at : -1;
  }
}

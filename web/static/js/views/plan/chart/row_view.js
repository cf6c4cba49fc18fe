// @ts-check
/** One row on the page: its label, what is marked in it, and those of its bars that are in sight. */

import { h } from "../../../dom.js";
import { t } from "../../../i18n.js";
import { chart } from "./chart.js";
import { inSight, laneTop } from "../model/layout.js";
import { marksOf } from "../model/marks.js";
import { CHANGE, FINISHED, FROZEN, LATE, OPEN, PINNED, TASK } from "../model/model.js";

/** @typedef {import("../rows/row.js").Row} Row */
/** @typedef {{ element: HTMLElement, wide: boolean, long: boolean }} Bar */
/**
 * What rows are drawn with.
 * @typedef {object} Pens
 * @property {import("../model/model.js").Model} model
 * @property {import("../model/labels.js").Words} words
 * @property {import("../model/axis.js").Axis} axis
 * @property {(piece: number) => number} hue
 * @property {Map<string, import("../model/pins.js").Pending[]>} pending Where bookings would be, by row.
 * @property {ReadonlyMap<number, import("../input/answers.js").Possible>} [possible] From when people could do what is held.
 * @property {ReadonlySet<number>} [marked] Pieces that stand out.
 * @property {number} px Pixels of a unit.
 */

const TEXT_FROM = 30;
/** Bars of so many pixels have text... */
const LONG_FROM = 320;
/** ... and of so many keep it in sight when they begin further left. */
const TALL_FROM = 96;
/** In rows of so many pixels the label goes along as they are scrolled. */
const SHAPES = ["is-task", "is-class", "is-shift", "is-open"];

export class RowView {
  /** @param {Row} row @param {number} place Its number among those shown. @param {number} top @param {number} height @param {boolean} closed @param {Pens} pens */
  constructor(row, place, top, height, closed, pens) {
    this.row = row;
    /** @type {Map<number, Bar>} */
    this.bars = new Map();
    /** The minutes that it is filled for. */
    this.from = Infinity;
    this.to = -Infinity;
    this.element = h("div", {
      class: ["tl-row", row.level === 1 && "tl-group", row.key === "open" && "is-open-group", height > TALL_FROM && "is-tall"],
      role: "row",
      "aria-level": row.level,
      "aria-rowindex": place + 1,
      "aria-expanded": row.children > 0 ? String(!closed) : null,
      dataset: { row: row.key },
      style: { top: `${top}px`, height: `${height}px` },
    });
    this.label = label(row, pens);
    this.element.append(this.label);
    const could = row.about === "person" ? pens.possible?.get(row.at) : undefined;
    if (could) this.element.classList.add(could.starts.length > 0 ? "is-able" : "is-unable");
    for (const [first, last] of could?.starts ?? []) {
      const style = { "--s": pens.axis.unit(first), "--e": pens.axis.unit(last + pens.model.slot) };
      this.element.append(h("div", { class: "tl-possible", "aria-hidden": "true", style }));
    }
    const marks = marksOf(row, pens);
    for (const { start, end } of pens.pending.get(row.key) ?? []) {
      const style = { "--s": pens.axis.unit(start), "--e": pens.axis.unit(end) };
      this.element.append(h("div", { class: "tl-pending", "aria-hidden": "true", style }));
    }
    if (row.steps) marks.push(chart(row.steps, row.limit, pens.axis));
    if (marks.length > 0) {
      this.element.append(h("div", { class: "tl-marks", "aria-hidden": "true" }, marks));
    }
  }

  /**
   * Show the bars between two minutes, and take away the others.
   * @param {number} from @param {number} to @param {Pens} pens @param {number} held A piece that stays, for it has the focus.
   */
  fill(from, to, pens, held) {
    const { row } = this;
    const { starts, ends } = pens.model;
    const [first, end] = inSight(row, starts, from, to);
    for (const [piece, bar] of this.bars) {
      if (piece === held || (starts[piece] < to && ends[piece] > from)) continue;
      bar.element.remove();
      this.bars.delete(piece);
    }
    for (let at = first; at < end; at++) {
      const piece = row.pieces[at];
      if (ends[piece] <= from) continue;
      const bar = this.bars.get(piece);
      if (bar) this.#write(bar, piece, pens);
      else this.#add(piece, row.lanes[at], pens);
    }
    this.from = from;
    this.to = to;
  }

  /** @param {number} piece @param {number} lane @param {Pens} pens */
  #add(piece, lane, pens) {
    const { axis, model, words } = pens;
    const element = document.createElement("div");
    const unit = axis.unit(model.starts[piece]);
    element.className = classes(piece, this.row, pens);
    element.setAttribute("role", "gridcell");
    element.tabIndex = -1;
    element.dataset.piece = String(piece);
    element.setAttribute("aria-label", words.describe(piece));
    element.style.setProperty("--s", String(unit));
    element.style.setProperty("--e", String(axis.unit(model.ends[piece])));
    element.style.top = `${laneTop(lane)}px`;
    const late = overdue(piece, pens);
    if (late) element.append(late);
    const bar = { element, wide: false, long: false };
    this.bars.set(piece, bar);
    this.#write(bar, piece, pens);
    this.element.append(element);
  }

  /** The text, where there is room for it. @param {Bar} bar @param {number} piece @param {Pens} pens */
  #write(bar, piece, { axis, model, words, px }) {
    const width = (axis.unit(model.ends[piece]) - axis.unit(model.starts[piece])) * px;
    const wide = width > TEXT_FROM;
    const long = width > LONG_FROM && model.kind(piece) !== OPEN;
    if (long !== bar.long) {
      bar.long = long;
      bar.element.classList.toggle("is-long", long);
    }
    if (wide === bar.wide) return;
    bar.wide = wide;
    if (!wide) {
      bar.element.querySelector("span")?.remove();
      return;
    }
    const text = document.createElement("span");
    text.textContent = words.inBar(piece, this.row);
    bar.element.append(text);
  }
}

/** @param {number} piece @param {Row} row @param {Pens} pens */
function classes(piece, row, { model, hue, marked }) {
  const kind = model.kind(piece);
  const flags = model.flags[piece];
  let found = `bar ${SHAPES[kind]}`;
  if (kind !== OPEN) found += ` hue-${hue(piece)}`;
  if (marked?.has(piece)) found += " is-marked";
  if (flags & LATE) found += " is-late";
  if (flags & PINNED) found += " is-pinned";
  if (flags & FROZEN) found += " is-frozen";
  if (flags & FINISHED) found += " is-finished";
  if (kind === TASK && flags & CHANGE) found += " is-change";
  if (row.about === "person" && kind !== OPEN && !model.staff(piece).includes(row.at)) {
    found += " is-learner";
  }
  return found;
}

/** The part of a late bar that is past the due day. @param {number} piece @param {Pens} pens */
function overdue(piece, { axis, model }) {
  if (!(model.flags[piece] & LATE)) return null;
  const due = model.tasks.due[model.works[piece]];
  if (due < 0 || model.ends[piece] <= due) return null;
  const from = axis.unit(Math.max(due, model.starts[piece])) - axis.unit(model.starts[piece]);
  const part = document.createElement("i");
  part.style.setProperty("--f", String(from));
  return part;
}

/** @param {Row} row @param {Pens} pens */
function label(row, { words }) {
  const { name, note } = words.label(row);
  const badges = [
    row.late.size > 0 &&
      badge("late", row.late.size, t("plan.late-count", { count: row.late.size })),
    row.open > 0 &&
      row.level === 1 &&
      badge("open", row.open, t("plan.open-count", { count: row.open })),
  ];
  return h(
    "div",
    { class: "tl-label", role: "rowheader", tabindex: -1, title: [name, note].filter(Boolean).join("\n") },
    h(
      "div",
      { class: "tl-words" },
      h("div", { class: "tl-name" }, h("b", null, name), badges),
      note && h("small", null, note),
    ),
  );
}

/** @param {string} kind @param {number} count @param {string} says */
function badge(kind, count, says) {
  return h("span", { class: ["tl-badge", `tl-${kind}`], title: says, "aria-label": says, role: "img" }, count);
}

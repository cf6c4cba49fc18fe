// @ts-check
/**
 * The timeline of a plan: rows and bars of plain elements, only those in sight.
 *
 * One custom property, `--px`, is the scale: a step of the zoom changes it and nothing else of what is
 * there. Tells `pick` {piece, row}, `pick-row` {row}, `scale` {px}, and of a booking that is taken along
 * `lift` {piece}, `hold` {piece, start, person}, `put-back` and `move` {piece, start, person}.
 */

import { fill, h } from "../../../dom.js";
import { Layout } from "../model/layout.js";
import { Moving } from "../input/moving.js";
import { onKey } from "../input/keys.js";
import { onPointer } from "../input/pointer.js";
import { RowView } from "./row_view.js";
import { flags, lines, ruler, zoomOf } from "./ruler.js";

/** @typedef {import("../rows/row.js").Row} Row */
/** @typedef {import("./row_view.js").Pens} Pens */
/** Where the keyboard is: a bar of a row, or with piece -1 its label. @typedef {{ row: string, piece: number }} Place */

const MOST = 2.4;
/** Pixels of a minute at the nearest zoom. */
const USUAL_WEEK = 74;
/** Pixels of a week at first, at least. */
const BESIDE = 0.35;
/** What is drawn beyond either edge, as a share of the width in sight. */
const ROWS_BEYOND = 4;

export class Timeline extends EventTarget {
  /**
   * @param {Element} host @param {Omit<Pens, "px">} pens
   * @param {{ label: string, movable?: boolean, signal: AbortSignal }} options
   */
  constructor(host, pens, { label, movable = false, signal }) {
    super();
    this.movable = movable;
    /** @type {Pens} */
    this.pens = { ...pens, px: 0.1 };
    this.layout = new Layout([], new Set());
    /** @type {Row[]} */
    this.rows = [];
    /** @type {Set<string>} */
    this.closed = new Set();
    /** Rows that are on the page. @type {Map<string, RowView>} */
    this.views = new Map();
    /** @type {Place | null} */
    this.place = null;
    /** @type {Place | null} */
    this.picked = null;
    this.frame = 0;
    this.ruled = { from: 1, to: 0, px: 0 };
    this.moving = new Moving(this);

    this.corner = h("div", { class: "tl-corner" });
    this.months = h("div", { class: "tl-ruler" });
    this.flags = h("div", { class: "tl-flags" });
    this.lines = h("div", { class: "tl-lines", "aria-hidden": "true" });
    this.grid = h("div", { class: "tl-rows", role: "treegrid", "aria-label": label });
    this.body = h("div", { class: "tl-body" }, this.lines, this.grid);
    this.scroller = h(
      "div",
      { class: "tl-scroll" },
      h("div", { class: "tl-head", "aria-hidden": "true" }, this.corner, this.months, this.flags),
      this.body,
    );
    this.live = h("div", { class: "hidden-text", "aria-live": "polite" });
    this.element = h("div", { class: "tl" }, this.scroller, this.live);
    host.append(this.element);

    this.scroller.addEventListener("scroll", () => this.later(), { passive: true });
    this.grid.addEventListener("keydown", (event) => onKey(this, event));
    this.grid.addEventListener("focusin", (event) => this.#focused(event.target));
    onPointer(this);
    const watch = new ResizeObserver(() => this.later());
    watch.observe(this.scroller);
    signal.addEventListener("abort", () => watch.disconnect());
    addEventListener("beforeprint", () => this.#print(), { signal });
    addEventListener("afterprint", () => this.#printed(), { signal });
  }

  /** Show other rows, where possible at the same place. @param {Row[]} rows */
  show(rows) {
    this.rows = rows;
    this.#arrange();
  }

  /** Draw with another axis or other colours. @param {Partial<Pens>} pens */
  redraw(pens) {
    const middle = this.pens.axis.minute(this.#middle());
    Object.assign(this.pens, pens);
    this.ruled = { from: 1, to: 0, px: 0 };
    this.#arrange();
    if (!pens.axis) return;
    this.zoom(1);
    this.scrollToMinute(middle, 0.5);
  }

  /** @param {string} key @param {boolean} [closed] */
  toggle(key, closed = !this.closed.has(key)) {
    if (closed) this.closed.add(key);
    else this.closed.delete(key);
    this.#arrange();
  }

  /** Pixels of the labels on the left. */
  get labelWidth() {
    return this.corner.offsetWidth;
  }

  /** Pixels in which bars are seen. */
  get width() {
    return Math.max(50, this.scroller.clientWidth - this.labelWidth);
  }

  /** The whole plan in the window. */
  fit() {
    this.#scale(this.width / this.pens.axis.length, 0);
  }

  /** As much as can be distinguished. */
  start() {
    const { axis, model } = this.pens;
    const least = this.width / axis.length;
    this.#scale(Math.max(least, USUAL_WEEK / axis.weekLength), 0);
    this.scrollToMinute(model.asOf, 0.1);
  }

  /** A few weeks from a minute on. @param {number} minute */
  near(minute) {
    this.#scale(this.width / (this.pens.axis.weekLength * 3), 0);
    this.scrollToMinute(minute, 0.02);
  }

  /** Closer or further by a factor, around the middle or a place. @param {number} factor @param {number} [x] Pixels from where bars begin. */
  zoom(factor, x = this.width / 2) {
    this.#scale(this.pens.px * factor, x);
  }

  /** @param {number} minute @param {number} share Of the width, where it shall be. */
  scrollToMinute(minute, share) {
    this.scroller.scrollLeft = this.pens.axis.unit(minute) * this.pens.px - this.width * share;
    this.later();
  }

  /** Draw with the next frame, once. */
  later() {
    this.frame ||= requestAnimationFrame(() => this.render());
  }

  /** Bring the page up to date with where it is scrolled to. */
  render() {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    const { scrollTop: top, scrollLeft: left, clientHeight: height } = this.scroller;
    const { px } = this.pens;
    const width = this.width;
    const first = this.layout.rowAt(top) - ROWS_BEYOND;
    const last = this.layout.rowAt(top + height) + ROWS_BEYOND;
    this.#draw(first, last, left / px, (left + width) / px);
  }

  /** Bring a piece into sight and give it the focus. @param {number} piece @param {string} [key] In which row; default: the first that has it. */
  reveal(piece, key) {
    const row = key ?? this.rows.find((it) => it.pieces.includes(piece))?.key;
    if (row === undefined) return false;
    this.#open(row);
    this.focus({ row, piece });
    return true;
  }

  /** @param {Place} place */
  focus(place) {
    const number = this.layout.places.get(place.row);
    if (number === undefined) return;
    const { model } = this.pens;
    this.#scrollTo(
      number,
      place.piece < 0 ? null : [model.starts[place.piece], model.ends[place.piece]],
    );
    this.#mark(place);
    this.render();
    this.elementOf(place)?.focus({ preventScroll: true });
  }

  /** Let a place be seen as the one that is described; null for none. @param {Place | null} place */
  pick(place) {
    this.picked = place;
    for (const it of this.grid.querySelectorAll("[aria-selected]")) it.removeAttribute("aria-selected");
    if (!place) return;
    this.elementOf(place)?.setAttribute("aria-selected", "true");
    const number = this.layout.places.get(place.row);
    const { starts, ends } = this.pens.model;
    if (number === undefined || place.piece < 0) return;
    this.#scrollTo(number, [starts[place.piece], ends[place.piece]]);
  }

  /** The element of a place, if it is drawn. @param {Place} place @returns {HTMLElement | null} */
  elementOf({ row, piece }) {
    const view = this.views.get(row);
    if (!view) return null;
    return piece < 0 ? view.label : view.bars.get(piece)?.element ?? null;
  }

  /** The place that an element belongs to. @param {EventTarget | null} target @returns {Place | null} */
  placeOf(target) {
    if (!(target instanceof Element)) return null;
    const row = target.closest("[data-row]");
    if (!(row instanceof HTMLElement)) return null;
    const bar = target.closest("[data-piece]");
    if (bar instanceof HTMLElement) {
      return { row: row.dataset.row ?? "", piece: Number(bar.dataset.piece) };
    }
    return target.closest(".tl-label") ? { row: row.dataset.row ?? "", piece: -1 } : null;
  }

  /** The row of a key. @param {string} key */
  rowOf(key) {
    return this.layout.rows[this.layout.places.get(key) ?? -1];
  }

  /** @param {string} type @param {object} detail */
  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #arrange() {
    const hadFocus = this.grid.contains(document.activeElement);
    this.layout = new Layout(this.rows, this.closed);
    for (const view of this.views.values()) view.element.remove();
    this.views.clear();
    this.grid.style.height = `${this.layout.height}px`;
    this.grid.setAttribute("aria-rowcount", String(this.layout.rows.length));
    if (!this.place || !this.layout.places.has(this.place.row)) {
      this.place = this.layout.rows.length > 0 ? { row: this.layout.rows[0].key, piece: -1 } : null;
    }
    fill(this.flags, flags(this.pens));
    fill(this.lines, lines(this.pens));
    this.render();
    this.moving.again();
    if (hadFocus) this.takeFocus();
  }

  /** Give the focus to the place that Tab leads to. */
  takeFocus() {
    if (this.place) this.elementOf(this.place)?.focus({ preventScroll: true });
  }

  /** So many pixels for each unit, as another timeline has. @param {number} px */
  scale(px) {
    this.#scale(px, 0);
  }

  /** @param {number} px @param {number} x */
  #scale(px, x) {
    const { pens, scroller } = this;
    const unit = (scroller.scrollLeft + x) / pens.px;
    pens.px = Math.min(MOST, Math.max(this.width / pens.axis.length, px));
    this.#sizes();
    scroller.scrollLeft = unit * pens.px - x;
    this.tell("scale", { px: pens.px });
    this.later();
  }

  #sizes() {
    const { axis, px } = this.pens;
    const { style, dataset } = this.element;
    const zoom = zoomOf(axis.dayLength * px);
    style.setProperty("--px", `${px}px`);
    style.setProperty("--day", `${axis.dayLength * px}px`);
    style.setProperty("--week", `${axis.weekLength * px}px`);
    style.setProperty("--width", `${axis.length * px}px`);
    if (dataset.zoom !== zoom) dataset.zoom = zoom;
  }

  /** @param {number} first @param {number} last @param {number} from @param {number} to Units in sight. */
  #draw(first, last, from, to) {
    const { axis } = this.pens;
    const beyond = (to - from) * BESIDE;
    const begin = axis.minute(Math.max(0, from - beyond));
    const end = axis.minute(Math.min(axis.length - 1, to + beyond)) + 1;
    const held = this.place ? this.layout.places.get(this.place.row) ?? -1 : -1;
    const wanted = new Set();
    for (let at = Math.max(0, first); at <= Math.min(last, this.layout.rows.length - 1); at++) {
      wanted.add(at);
    }
    if (held >= 0) wanted.add(held);
    for (const [key, view] of this.views) {
      if (wanted.has(this.layout.places.get(key))) continue;
      view.element.remove();
      this.views.delete(key);
    }
    const fresh = document.createDocumentFragment();
    for (const at of [...wanted].sort((a, b) => a - b)) this.#row(at, begin, end, fresh);
    this.grid.append(fresh);
    this.#rule(from - beyond, to + beyond);
    if (this.place) this.#mark(this.place);
    if (this.picked) this.elementOf(this.picked)?.setAttribute("aria-selected", "true");
  }

  /** @param {number} at @param {number} begin @param {number} end @param {DocumentFragment} fresh */
  #row(at, begin, end, fresh) {
    const row = this.layout.rows[at];
    let view = this.views.get(row.key);
    if (!view) {
      const top = this.layout.tops[at];
      const height = this.layout.tops[at + 1] - top;
      view = new RowView(row, at, top, height, this.closed.has(row.key), this.pens);
      this.views.set(row.key, view);
      fresh.append(view.element);
    }
    const piece = this.place?.row === row.key ? this.place.piece : -1;
    view.fill(begin, end, this.pens, piece);
  }

  /** @param {number} from @param {number} to */
  #rule(from, to) {
    const { px } = this.pens;
    if (from >= this.ruled.from && to <= this.ruled.to && px === this.ruled.px) return;
    const more = to - from;
    this.ruled = { from: from - more, to: to + more, px };
    fill(this.months, ruler(from - more, to + more, this.pens));
  }

  /** Let a place be the one that Tab leads to. @param {Place} place */
  #mark(place) {
    const before = this.place && this.elementOf(this.place);
    if (before) before.tabIndex = -1;
    this.place = place;
    const element = this.elementOf(place);
    if (element) element.tabIndex = 0;
  }

  /** @param {EventTarget | null} target */
  #focused(target) {
    const place = this.placeOf(target);
    if (place) this.#mark(place);
  }

  /** @param {string} key Of a row that may be below a closed one. */
  #open(key) {
    if (this.layout.places.has(key)) return;
    const number = this.rows.findIndex((it) => it.key === key);
    for (let at = number; at >= 0; at--) {
      if (this.rows[at].level === 1) return this.toggle(this.rows[at].key, false);
    }
  }

  /** @param {number} number @param {[number, number] | null} minutes */
  #scrollTo(number, minutes) {
    const { scroller } = this;
    const { axis, px } = this.pens;
    const head = this.body.offsetTop;
    const [top, bottom] = [this.layout.tops[number], this.layout.tops[number + 1]];
    const room = scroller.clientHeight - head;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (bottom > scroller.scrollTop + room) {
      scroller.scrollTop = Math.min(top, bottom - room);
    }
    if (!minutes) return;
    const [start, end] = minutes.map((it) => axis.unit(it) * px);
    const { scrollLeft: left } = scroller;
    const inSight = start >= left && Math.min(end, start + 60) <= left + this.width;
    if (!inSight) scroller.scrollLeft = start - this.width / 3;
  }

  #middle() {
    return (this.scroller.scrollLeft + this.width / 2) / this.pens.px;
  }

  #print() {
    this.before = { px: this.pens.px, left: this.scroller.scrollLeft, top: this.scroller.scrollTop };
    this.element.classList.add("is-printing");
    this.pens.px = PRINTED / this.pens.axis.length;
    this.#sizes();
    this.#draw(0, this.layout.rows.length, 0, this.pens.axis.length);
  }

  #printed() {
    if (!this.before) return;
    this.element.classList.remove("is-printing");
    this.pens.px = this.before.px;
    this.#sizes();
    this.scroller.scrollTo(this.before.left, this.before.top);
    this.render();
  }
}

const PRINTED = 1240;
/** Pixels of the bars on paper: A3 across, beside the labels. */

// @ts-check
/** The mouse and the finger on the timeline: click, drag a bar, pan, zoom, and what a bar says. */

import { Tip } from "./tip.js";

/** @typedef {import("../chart/timeline.js").Timeline} Timeline */

const STARTS = 5;
/** Pixels from which on a press is a drag. */
const LONG = 450;
/** Milliseconds after which a finger that rests on a bar takes it up. */
const EDGE = 36;
const PUSH = 14;

/** @param {Timeline} timeline */
export function onPointer(timeline) {
  const { scroller, grid, element } = timeline;
  const passive = { passive: true };
  const tip = new Tip(timeline);
  // While a finger drags what it holds, the page is not scrolled, and no menu opens.
  grid.addEventListener("touchmove", (event) => dragged && timeline.moving.lifted && event.preventDefault(), { passive: false });
  grid.addEventListener("contextmenu", (event) => timeline.moving.lifted && event.preventDefault());
  grid.addEventListener("pointerdown", (event) => press(timeline, event), passive);
  grid.addEventListener("pointerover", (event) => tip.over(event), passive);
  element.addEventListener("pointerleave", () => tip.hide(), passive);
  scroller.addEventListener("scroll", () => tip.hide(), passive);
  scroller.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const x = event.clientX - scroller.getBoundingClientRect().left - timeline.labelWidth;
      timeline.zoom(Math.exp(-event.deltaY * 0.002), x);
    },
    { passive: false },
  );
  grid.addEventListener("click", (event) => {
    if (dragged) return;
    const place = timeline.placeOf(event.target);
    if (timeline.moving.lifted) return holdAt(timeline, event, place?.piece === -1);
    if (!place) return;
    timeline.focus(place);
    const row = timeline.rowOf(place.row);
    if (place.piece >= 0) timeline.tell("pick", place);
    else if (row.children > 0 && isToggle(event)) timeline.toggle(place.row);
    else timeline.tell("pick-row", place);
  });
}

/** Hold what was taken up where somebody taps; on a label, at the same time. @param {Timeline} timeline @param {MouseEvent} event @param {boolean} isLabel */
function holdAt({ grid, moving, pens, labelWidth }, event, isLabel) {
  const from = grid.getBoundingClientRect();
  const units = (event.clientX - from.left - labelWidth) / pens.px;
  const unit = isLabel ? pens.axis.unit(moving.lifted?.start ?? 0) : units;
  moving.drag(unit, event.clientY - from.top);
}

/** Whether the press before this click was a drag. */
let dragged = false;

/** @param {MouseEvent} event Whether it is on the arrow at the left of a label. */
function isToggle(event) {
  const label = /** @type {Element} */ (event.target).closest(".tl-label");
  return label !== null && event.clientX - label.getBoundingClientRect().left < 32;
}

/** @param {Timeline} timeline @param {PointerEvent} event */
function press(timeline, event) {
  dragged = false;
  // What is held already is held elsewhere by a tap, not by another drag.
  if (event.button !== 0 || timeline.moving.lifted) return;
  const { scroller } = timeline;
  const place = timeline.placeOf(event.target);
  if (place?.piece === -1) return;
  const isTouch = event.pointerType === "touch";
  if (isTouch && !(place && timeline.movable)) return;
  const from = { x: event.clientX, y: event.clientY };
  const scrolled = { x: scroller.scrollLeft, y: scroller.scrollTop };
  const lifts = place !== null && timeline.movable;
  const { axis, model } = timeline.pens;
  const grabbed = place ? axis.unit(model.starts[place.piece]) : 0;
  let last = from;
  let frame = 0;

  const draw = () => {
    frame = 0;
    if (timeline.moving.lifted) {
      push(timeline, last);
      const moved = last.x - from.x + scroller.scrollLeft - scrolled.x;
      const y = last.y - timeline.grid.getBoundingClientRect().top;
      timeline.moving.drag(grabbed + moved / timeline.pens.px, y);
    } else if (!place) {
      scroller.scrollLeft = scrolled.x + from.x - last.x;
      scroller.scrollTop = scrolled.y + from.y - last.y;
    }
  };
  const watch = new AbortController();
  const options = { passive: true, signal: watch.signal };
  /** A finger hides what is below it: what it has dragged stays held until it is put down by a button. @param {boolean} there */
  const end = (there) => {
    watch.abort();
    clearTimeout(rests);
    cancelAnimationFrame(frame);
    if (timeline.moving.lifted) {
      if (there) draw();
      if (!isTouch) timeline.moving.drop(there);
    }
    timeline.element.classList.remove("is-panning");
  };
  addEventListener(
    "pointermove",
    (move) => {
      last = { x: move.clientX, y: move.clientY };
      if (!dragged) {
        if (Math.hypot(last.x - from.x, last.y - from.y) < STARTS) return;
        if (isTouch) return end(false);
        dragged = true;
        if (lifts && place) timeline.moving.lift(place);
        else if (!place) timeline.element.classList.add("is-panning");
      }
      frame ||= requestAnimationFrame(draw);
    },
    options,
  );
  const rests = setTimeout(() => {
    if (!isTouch || !place) return;
    dragged = true;
    timeline.moving.lift(place);
  }, LONG);
  addEventListener("pointerup", () => end(true), options);
  addEventListener("pointercancel", () => end(false), options);
  addEventListener("keydown", ({ key }) => key === "Escape" && end(false), options);
}

/** Scroll on where a bar is held at an edge. @param {Timeline} timeline @param {{ x: number, y: number }} at */
function push({ scroller, labelWidth }, { x, y }) {
  const edges = scroller.getBoundingClientRect();
  if (y > edges.bottom - EDGE) scroller.scrollTop += PUSH;
  else if (y < edges.top + EDGE + 64) scroller.scrollTop -= PUSH;
  if (x > edges.right - EDGE) scroller.scrollLeft += PUSH;
  else if (x < edges.left + labelWidth + EDGE) scroller.scrollLeft -= PUSH;
}

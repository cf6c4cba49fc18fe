// @ts-check
/** The keyboard on the timeline: arrows go from bar to bar, Enter opens, `m` takes a bar along. */

/** @typedef {import("../chart/timeline.js").Timeline} Timeline */
/** @typedef {import("../chart/timeline.js").Place} Place */

const PAGE = 10;

/** @param {Timeline} timeline @param {KeyboardEvent} event */
export function onKey(timeline, event) {
  if (event.altKey || event.metaKey || !timeline.place) return;
  const done = timeline.moving.lifted
    ? zoomed(timeline, event) || timeline.moving.onKey(event)
    : zoomed(timeline, event) || gone(timeline, timeline.place, event) || acted(timeline, event);
  if (!done) return;
  event.preventDefault();
  event.stopPropagation();
}

/** @param {Timeline} timeline @param {KeyboardEvent} event */
function zoomed(timeline, { key, ctrlKey }) {
  if (ctrlKey) return false;
  if (key === "+" || key === "=") timeline.zoom(1.5);
  else if (key === "-") timeline.zoom(1 / 1.5);
  else if (key === "0") timeline.fit();
  else return false;
  return true;
}

/** @param {Timeline} timeline @param {Place} place @param {KeyboardEvent} event */
function gone(timeline, place, { key, ctrlKey }) {
  const row = timeline.rowOf(place.row);
  const { rows, places } = timeline.layout;
  const number = places.get(place.row) ?? 0;
  const at = place.piece < 0 ? -1 : row.pieces.indexOf(place.piece);
  /** @param {number} to */
  const within = (to) => timeline.focus({ row: place.row, piece: to < 0 ? -1 : row.pieces[to] });
  /** @param {number} to @param {number} [step] From bar to bar, rows without one are passed over. */
  const toRow = (to, step = 0) => {
    let other = Math.min(rows.length - 1, Math.max(0, to));
    if (place.piece >= 0 && step !== 0) {
      while (rows[other]?.pieces.length === 0) other += step;
      if (!rows[other]) return;
    }
    const { key: row } = rows[other];
    timeline.focus({ row, piece: nearest(timeline, rows[other], place.piece) });
  };
  switch (key) {
    case "ArrowRight":
      if (row.children > 0) timeline.toggle(row.key, false);
      else if (at + 1 < row.pieces.length) within(at + 1);
      break;
    case "ArrowLeft":
      if (row.children > 0) timeline.toggle(row.key, true);
      else if (at >= 0) within(at - 1);
      else toRow(above(rows, number));
      break;
    case "ArrowDown":
      toRow(number + 1, 1);
      break;
    case "ArrowUp":
      toRow(number - 1, -1);
      break;
    case "PageDown":
      toRow(number + PAGE);
      break;
    case "PageUp":
      toRow(number - PAGE);
      break;
    case "Home":
      if (ctrlKey) toRow(0);
      else within(-1);
      break;
    case "End":
      if (ctrlKey) toRow(rows.length - 1);
      else within(row.pieces.length - 1);
      break;
    default:
      return false;
  }
  if (row.children > 0 && key.startsWith("Arrow")) timeline.focus(timeline.place ?? place);
  return true;
}

/** @param {Timeline} timeline @param {KeyboardEvent} event */
function acted(timeline, { key, ctrlKey }) {
  const { place } = timeline;
  if (!place || ctrlKey) return false;
  const row = timeline.rowOf(place.row);
  if (key === " " && row.children > 0) {
    timeline.toggle(row.key);
    timeline.focus(place);
    return true;
  }
  if (key === "Enter" || key === " ") {
    timeline.tell(place.piece < 0 ? "pick-row" : "pick", { ...place });
    return true;
  }
  if (key !== "m" || !timeline.movable) return false;
  timeline.moving.lift(place);
  return true;
}

/** The row that a row stands below. @param {import("../rows/row.js").Row[]} rows @param {number} number */
function above(rows, number) {
  for (let at = number; at >= 0; at--) if (rows[at].level === 1) return at;
  return number;
}

/** The piece of a row that begins closest to another; its label where there are none. @param {Timeline} timeline @param {import("../rows/row.js").Row} row @param {number} piece */
function nearest(timeline, row, piece) {
  if (piece < 0) return -1;
  const { starts } = timeline.pens.model;
  let found = -1;
  for (const it of row.pieces) {
    const closer = Math.abs(starts[it] - starts[piece]);
    if (found < 0 || closer < Math.abs(starts[found] - starts[piece])) found = it;
  }
  return found;
}

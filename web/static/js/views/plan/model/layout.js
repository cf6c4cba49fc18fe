// @ts-check
/** Where rows stand below each other, and which rows and pieces are in sight. */

/** @typedef {import("../rows/row.js").Row} Row */

export const LANE = 24;
const ROW = 36;
const HEAD = 44;
const PADDING = 6;

/** The top of a lane within its row. @param {number} lane */
export function laneTop(lane) {
  return PADDING + lane * LANE;
}

export class Layout {
  /** @param {Row[]} rows All of them. @param {ReadonlySet<string>} closed Keys of rows whose others are hidden. */
  constructor(rows, closed) {
    let hidden = false;
    /** The rows that are not hidden. @type {Row[]} */
    this.rows = rows.filter((it) => {
      if (it.level === 1) hidden = closed.has(it.key);
      return it.level === 1 || !hidden;
    });
    /** The top of each row, and the bottom of the last. */
    this.tops = new Float64Array(this.rows.length + 1);
    this.rows.forEach((it, at) => {
      this.tops[at + 1] = this.tops[at] + heightOf(it);
    });
    /** @type {Map<string, number>} */
    this.places = new Map(this.rows.map((it, at) => [it.key, at]));
  }

  get height() {
    return this.tops[this.rows.length];
  }

  /** The row at a height; the first or last one beyond the ends. @param {number} y */
  rowAt(y) {
    let [low, high] = [0, this.rows.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.tops[middle] <= y) low = middle;
      else high = middle - 1;
    }
    return Math.max(0, low);
  }

  /** The row that has a piece; -1 where it is hidden or filtered out. @param {number} piece */
  rowOf(piece) {
    return this.rows.findIndex((it) => it.pieces.includes(piece));
  }
}

/** @param {Row} row */
function heightOf(row) {
  if (row.level === 1) return HEAD;
  return Math.max(ROW, row.laneCount * LANE + 2 * PADDING);
}

/**
 * The places in `pieces` that may be in sight between two minutes: from the first to before the last.
 * @param {Row} row @param {ArrayLike<number>} starts @param {number} from @param {number} to
 * @returns {[number, number]}
 */
export function inSight(row, starts, from, to) {
  return [after(row.pieces, starts, from - row.longest), after(row.pieces, starts, to)];
}

/** How many pieces begin before a minute. @param {Int32Array} pieces @param {ArrayLike<number>} starts @param {number} minute */
function after(pieces, starts, minute) {
  let [low, high] = [0, pieces.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[pieces[middle]] < minute) low = middle + 1;
    else high = middle;
  }
  return low;
}

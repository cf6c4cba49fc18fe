// @ts-check
/** Lanes: pieces of one row that overlap are drawn below each other. */

/**
 * Give each piece the first lane that is free when it begins.
 * @param {Int32Array | number[]} pieces Numbers of pieces, by start.
 * @param {ArrayLike<number>} starts @param {ArrayLike<number>} ends By number of piece.
 * @returns {{ lanes: Uint16Array, count: number }} The lane of each, and how many there are.
 */
export function lanesOf(pieces, starts, ends) {
  const lanes = new Uint16Array(pieces.length);
  /** @type {number[]} */
  const busyUntil = [];
  for (let at = 0; at < pieces.length; at++) {
    const piece = pieces[at];
    let lane = 0;
    while (lane < busyUntil.length && busyUntil[lane] > starts[piece]) lane++;
    busyUntil[lane] = ends[piece];
    lanes[at] = lane;
  }
  return { lanes, count: Math.max(1, busyUntil.length) };
}

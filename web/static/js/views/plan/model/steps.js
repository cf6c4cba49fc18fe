// @ts-check
/** How many at each moment: people at work, heads in class, as steps over time. */

/**
 * @typedef {object} Steps
 * @property {number[]} at Minutes at which the number changes, rising.
 * @property {number[]} amounts The number from each of them on; the last one is 0.
 * @property {number} most The greatest number.
 */

/**
 * Count half-open stretches, each with its weight.
 * @param {Iterable<readonly [start: number, end: number, weight: number]>} stretches
 * @returns {Steps}
 */
export function stepsOf(stretches) {
  /** @type {Map<number, number>} */
  const changes = new Map();
  for (const [start, end, weight] of stretches) {
    changes.set(start, (changes.get(start) ?? 0) + weight);
    changes.set(end, (changes.get(end) ?? 0) - weight);
  }
  const at = [...changes.keys()].filter((it) => changes.get(it) !== 0).sort((a, b) => a - b);
  let amount = 0;
  const amounts = at.map((it) => (amount += changes.get(it) ?? 0));
  return { at, amounts, most: amounts.reduce((most, it) => Math.max(most, it), 0) };
}

/**
 * The outline of steps, closed at the bottom, as the `d` of an SVG path.
 * @param {Steps} steps @param {(minute: number) => number} x @param {number} top What `height` stands for.
 * @param {number} height
 */
export function outline({ at, amounts }, x, top, height) {
  let path = "";
  let level = height;
  for (let i = 0; i < at.length; i++) {
    const here = x(at[i]);
    const next = height - (height * Math.min(amounts[i], top)) / top;
    path += i === 0 ? `M${here} ${height}V${next}` : `H${here}V${next}`;
    level = next;
  }
  return path && `${path}${level === height ? "" : `V${height}`}Z`;
}

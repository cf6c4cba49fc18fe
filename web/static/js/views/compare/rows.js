// @ts-check
/** The same rows for two plans: in one order, equally high, so that they stay beside each other. */

/** @typedef {import("../plan/rows/row.js").Row} Row */
/** A row with its label, which the other plan may have to lend. @typedef {Row & { label: { name: string, note: string } }} Labelled */

/**
 * @param {Row[][]} sides the rows of each plan @param {Set<number>[]} marked pieces that differ, of each plan
 * @param {import("../plan/model/labels.js").Words[]} words of each plan
 * @param {boolean} all or only rows in which something differs
 * @returns {Labelled[][]}
 */
export function alike(sides, marked, words, all) {
  const byKey = sides.map((rows) => new Map(rows.map((it) => [it.key, it])));
  const keys = merged(sides.map((rows) => rows.map((it) => it.key)));
  const differs = (/** @type {string} */ key) => byKey.some((rows, side) => rows.get(key)?.pieces.some((it) => marked[side].has(it)));
  const any = (/** @type {string} */ key) => /** @type {Row} */ (byKey[0].get(key) ?? byKey[1].get(key));
  const kept = keys.filter((key) => any(key).level === 2 && any(key).about !== "open" && (all || differs(key)));
  return byKey.map((rows, side) =>
    kept.map((key) => {
      const [own, other] = [rows.get(key), byKey[1 - side].get(key)];
      const laneCount = Math.max(own?.laneCount ?? 1, other?.laneCount ?? 1);
      if (own) return { ...own, laneCount, label: words[side].label(own) };
      const lent = /** @type {Row} */ (other);
      const nothing = { pieces: new Int32Array(), lanes: new Uint16Array(), late: new Set(), longest: 0 };
      return { ...lent, ...nothing, at: -1, laneCount, label: { name: words[1 - side].label(lent).name, note: "" } };
    }),
  );
}

/** Two lists as one: what only the second has comes after what stands before it there. @param {string[][]} lists */
function merged([first, second]) {
  const known = new Set(first);
  const found = [...first];
  let at = 0;
  for (const key of second) {
    if (known.has(key)) at = found.indexOf(key, 0) + 1;
    else found.splice(at++, 0, key);
  }
  return found;
}

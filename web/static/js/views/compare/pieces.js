// @ts-check
/** Which pieces of a timeline belong to bookings that differ. */

/** @typedef {import("../plan/model/model.js").Model} Model */

/**
 * @param {Model} model @param {any[]} bookings of a comparison
 * @param {"before" | "after"} side that the model is of
 * @returns {Map<any, number[]>} the pieces of each booking that this side has
 */
export function piecesOf(model, bookings, side) {
  const tasks = places(model.tasks.id);
  const sessions = places(model.sessions.id);
  const shifts = places(
    model.shifts.support.map(
      (/** @type {number} */ support, /** @type {number} */ at) =>
        `${model.supports.id[support]} ${model.departments[model.shifts.department[at]].id} ${model.shifts.day[at]}`,
    ),
  );
  /** @type {Map<any, number[]>} */
  const found = new Map();
  for (const booking of bookings) {
    const compared = booking[side];
    if (!compared) continue;
    const pieces = of(compared);
    if (pieces.length > 0) found.set(booking, pieces);
  }
  return found;

  /** @param {any} compared @returns {number[]} */
  function of({ kind, id, name, department, start }) {
    if (kind === "task") {
      const at = tasks.get(id);
      return at === undefined ? [] : [...model.crew(at)];
    }
    const key = kind === "class" ? name : `${id.split(" in ")[0]} ${department} ${Math.floor(model.minute(start) / 1440)}`;
    const at = (kind === "class" ? sessions : shifts).get(key);
    return at === undefined ? [] : [model.first[kind === "class" ? 1 : 2] + at];
  }
}

/** @param {string[]} ids */
const places = (ids) => new Map(ids.map((id, at) => [id, at]));

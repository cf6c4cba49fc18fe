// @ts-check
/** Open and late work of a plan as a list: what, by how much, where, and why. */

import { DAY } from "./axis.js";
import { LATE, named } from "./model.js";
import { departmentName } from "./labels.js";

/** @typedef {"late" | "task" | "course" | "support"} Kind */
/**
 * One late task, or one piece of open work.
 * @typedef {object} Trouble
 * @property {Kind} kind Late, or what is open.
 * @property {number} piece The piece to show.
 * @property {string} title
 * @property {number | null} [working_days] Of a late task.
 * @property {number} amount Hours late or missing, heads untrained, people missing.
 * @property {number} from The day it was due, or could be from.
 * @property {string} department
 * @property {string} project
 * @property {string} reason
 * @property {boolean} proved Whether it is proved that it cannot be done, or be in time.
 * @property {{ work: string, audience?: string, department?: string, day?: string }} work As the service calls it.
 * @property {string} place Where it is on the timeline, as a query.
 */

/** @param {import("./model.js").Model} model @param {import("./labels.js").Words} words @returns {Trouble[]} */
export function troublesOf(model, words) {
  const late = [...model.late].flatMap(([task, late]) => {
    const { hours, working_days, proved } = late;
    const pieces = model.crew(task);
    const piece = pieces.find((it) => model.flags[it] & LATE);
    if (piece === undefined) return [];
    return [
      {
        ...about(model, piece),
        kind: /** @type {const} */ ("late"),
        amount: hours,
        working_days,
        from: model.tasks.due[task] - DAY,
        reason: words.whyLate(late),
        proved,
        work: { work: model.tasks.id[task] },
        place: `by=person&task=${encodeURIComponent(model.tasks.id[task])}`,
      },
    ];
  });
  const open = model.open.map((entry, at) => ({
    ...about(model, model.booked + at),
    kind: entry.kind,
    amount: entry.heads ?? entry.people ?? entry.hours ?? 0,
    from: entry.from,
    reason: words.whyOpen(entry),
    proved: entry.proved === true,
    work: workOf(entry),
    place: `by=project&open=${at}`,
  }));
  return [...late, ...asOne(open, model)];
}

/**
 * Groups that are out for lack of the same seats as one, with the heads of all.
 * @param {Trouble[]} open @param {import("./model.js").Model} model
 */
function asOne(open, model) {
  /** @type {Map<string, Trouble & { groups: number }>} */
  const found = new Map();
  open.forEach((it, at) => {
    const proof = model.open[at].because;
    const key = proof?.[0]?.code.startsWith("seats_") ? JSON.stringify(proof) : String(at);
    const known = found.get(key);
    if (!known) found.set(key, { ...it, groups: 1 });
    else {
      known.groups += 1;
      known.amount += it.amount;
    }
  });
  return [...found.values()].map(({ groups, ...it }) => (groups > 1 ? { ...it, title: `${it.title} +${groups - 1}` } : it));
}

/** @param {any} entry */
function workOf({ id, audience, department, day }) {
  return { work: id, ...(audience && { audience }), ...(department && { department }), ...(day && { day }) };
}

/** @param {import("./model.js").Model} model @param {number} piece */
function about(model, piece) {
  const project = model.project(piece);
  return {
    piece,
    title: model.title(piece),
    department: model.departmentsOf(piece).map((it) => departmentName(model, it)).join(", "),
    project: project < 0 ? "" : named(model.projects, project),
  };
}

/**
 * In groups, the largest first; within each as they come.
 * @param {Trouble[]} troubles @param {(it: Trouble) => string} by
 * @returns {[string, Trouble[]][]}
 */
export function grouped(troubles, by) {
  /** @type {Map<string, Trouble[]>} */
  const found = new Map();
  for (const it of troubles) found.set(by(it), [...(found.get(by(it)) ?? []), it]);
  return [...found].sort(([, a], [, b]) => b.length - a.length);
}

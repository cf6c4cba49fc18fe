// @ts-check
/** Places in a document: reads and changes what is at a path, without touching the document before. */

/** @typedef {(string | number)[]} Path */

/**
 * The steps of a path as faults have it: `tasks[3].crew[0].skill`.
 * @param {string} text
 * @returns {Path}
 */
export const steps = (text) =>
  [...text.matchAll(/([^.[\]]+)|\[(\d+)\]/g)].map((it) => (it[2] === undefined ? it[1] : Number(it[2])));

/**
 * What is at a path, or undefined.
 * @param {any} tree
 * @param {Path} path
 */
export const at = (tree, path) => path.reduce((found, step) => found?.[step], tree);

/**
 * A document with another value at a path; `undefined` takes it out, and a mapping that is empty then.
 * @param {any} tree
 * @param {Path} path
 * @param {any} value
 * @returns {any}
 */
export function withValue(tree, path, value) {
  if (!path.length) return value;
  const [step, ...rest] = path;
  if (Array.isArray(tree) || (tree === undefined && typeof step === "number")) {
    const list = [...(tree ?? [])];
    if (rest.length) list[Number(step)] = withValue(list[Number(step)], rest, value);
    else if (value === undefined) list.splice(Number(step), 1);
    else list[Number(step)] = value;
    return list;
  }
  const { [step]: present, ...others } = tree ?? {};
  const made = rest.length ? withValue(present, rest, value) : value;
  const isNothing = made === undefined || (rest.length > 0 && value === undefined && isEmpty(made));
  if (isNothing) return others;
  return step in (tree ?? {}) ? { ...tree, [step]: made } : { ...others, [step]: made };
}

/** @param {any} value */
const isEmpty = (value) => typeof value === "object" && !Array.isArray(value) && Object.keys(value).length === 0;

/**
 * Whether two values of documents are the same.
 * @param {any} one
 * @param {any} other
 * @returns {boolean}
 */
export function same(one, other) {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length &&
    keys.every((key) => key in other && same(one[key], other[key]));
}

// @ts-check
/** Who uses the pages, and what their role may do; what it may not do is not offered. */

import { get, post, send } from "./api.js";

/**
 * @typedef {object} Me
 * @property {string} tenant
 * @property {string} name
 * @property {string} role
 * @property {string[]} departments
 * @property {string[]} rights
 */

/** @type {Me | null} */
let me = null;

/** Asks the service who it takes us for; null if somebody has to sign in. */
export async function recognise() {
  try {
    me = await get("v1/me");
  } catch (error) {
    if (/** @type {any} */ (error).status !== 401) throw error;
    me = null;
  }
  return me;
}

/** Who uses the pages, or null. */
export const who = () => me;

/** Whether nobody has to sign in, because only this machine is listened to. */
export const isLocal = () => me?.name === "local" && me.role === "admin";

/**
 * Whether the role may do something: `read`, `try`, `edit`, `approve`, `administer`.
 * @param {string} right
 */
export const may = (right) => me?.rights.includes(right) ?? false;

/**
 * Whether the green light of a department is theirs to give.
 * @param {string} department
 */
export const answersFor = (department) =>
  may("approve") && (me?.role !== "department-head" || me.departments.includes(department));

/**
 * Signs in; a Problem is thrown if name and password do not fit.
 * @param {string} name
 * @param {string} password
 */
export async function signIn(name, password) {
  me = await post("v1/session", { name, password });
}

/**
 * What the provider is called by which people sign in here too, or null.
 * @returns {Promise<string | null>}
 */
export const provider = async () => (await get("v1/sign-in")).provider;

/** Signs out. */
export async function signOut() {
  await send("DELETE", "v1/session");
  me = null;
}

// @ts-check
/** Where a green light stands, in a word: given, refused, stale, or not asked before. */

import { t } from "../../i18n.js";
import { badge } from "../../parts/badge.js";

/** @typedef {{ plan: string, granted: boolean, who: string, at: string, note: string }} Said */
/** @typedef {{ department: string, sha256: string, word: string, said: Said | null, earlier: Said | null }} Approval */
/** @typedef {"granted" | "refused" | "stale" | "pending"} Standing */

/** @param {Approval} approval @returns {Standing} */
export function standing({ word, earlier }) {
  if (word === "granted" || word === "refused") return word;
  return earlier ? "stale" : "pending";
}

/** @type {Record<Standing, "good" | "bad" | "warning" | "busy">} */
const KINDS = { granted: "good", refused: "bad", stale: "warning", pending: "busy" };

/** @param {Approval} approval */
export function standingBadge(approval) {
  const found = standing(approval);
  return badge(t(`approve.${found}`), KINDS[found]);
}

/** How many stand where. @param {Approval[]} approvals */
export function counted(approvals) {
  /** @type {Record<Standing, number>} */
  const found = { granted: 0, refused: 0, stale: 0, pending: 0 };
  for (const it of approvals) found[standing(it)] += 1;
  return found;
}

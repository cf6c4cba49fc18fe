// @ts-check
/** The end of a list that came in pages: a button that brings the next one, as long as there is one. */

import { get } from "../api.js";
import { h } from "../dom.js";
import { t } from "../i18n.js";
import { complain } from "./toast.js";

/**
 * @param {string} path what the page was asked for with, with a query
 * @param {{next: string | null}} page the last one that is shown
 * @param {(items: any[]) => void} show adds the entries of the next one
 * @param {AbortSignal} signal
 * @returns {HTMLElement | null}
 */
export function moreButton(path, page, show, signal) {
  const { next } = page;
  if (next === null) return null;
  const bring = async () => {
    const following = await get(`${path}&after=${encodeURIComponent(next)}`, { signal });
    show(following.items);
    button.replaceWith(moreButton(path, following, show, signal) ?? "");
  };
  const button = h("button", { class: "quiet more", onclick: () => void bring().catch(complain) }, t("rollouts.more"));
  return button;
}

// @ts-check
/** Says at the edge of the window that something was done, or why not. */

import { h } from "../dom.js";
import { t } from "../i18n.js";
import { messageOf } from "./empty.js";
import { backTo } from "./focus.js";
import { icon } from "./icons.js";

const SECONDS = 6;
const SECONDS_TO_ACT = 20;
/** What can be undone from a toast stays longer. */

/**
 * @param {string} text
 * @param {{kind?: "good" | "bad" | "plain", action?: {text: string, act: () => void}}} [how]
 */
export function toast(text, { kind = "good", action } = {}) {
  const before = document.activeElement;
  const close = () => {
    const hadFocus = shown.contains(document.activeElement);
    shown.remove();
    if (hadFocus) backTo(before);
  };
  const shown = h(
    "div",
    { class: ["toast", kind], role: kind === "bad" ? "alert" : null },
    icon(kind === "bad" ? "warning" : kind === "good" ? "check" : "info"),
    h("span", { class: "grow" }, text),
    action && h("button", { class: "link", onclick: () => (action.act(), close()) }, action.text),
    h("button", { class: "quiet icon-only", "aria-label": t("dialog.close"), onclick: close }, icon("cross")),
  );
  document.querySelector(".toasts")?.append(shown);
  if (kind !== "bad") setTimeout(close, (action ? SECONDS_TO_ACT : SECONDS) * 1000);
  return shown;
}

/** Says what went wrong. */
export const complain = (/** @type {unknown} */ error) => {
  if (/** @type {any} */ (error)?.name === "AbortError") return;
  if (/** @type {any} */ (error)?.name !== "Problem") console.error(error);
  toast(messageOf(error), { kind: "bad" });
};

// @ts-check
/** Asks in a dialog, which keeps the focus until it is closed. */

import { h, newId } from "../dom.js";
import { t } from "../i18n.js";
import { backTo } from "./focus.js";
import { icon } from "./icons.js";

/**
 * @typedef {object} Choice
 * @property {string} text
 * @property {"primary" | "danger" | "quiet"} [kind]
 * @property {() => unknown} [act] the dialog stays open if it gives or resolves to `false`
 */

/**
 * Opens a dialog with a form in it; Enter takes the first choice of kind `primary` or `danger`.
 * Resolves once it is closed: true if a choice was taken, false if it was left.
 * @param {object} asked
 * @param {string} asked.title
 * @param {import("../dom.js").Child} [asked.body]
 * @param {Choice[]} [asked.choices]
 * @param {string} [asked.classes]
 * @param {(close: () => void) => void} [asked.opened]
 * @returns {Promise<boolean>}
 */
export function openDialog({ title, body, choices = [], classes = "", opened }) {
  const label = newId("dialog");
  return new Promise((resolve) => {
    let taken = false;
    let isTyped = false;
    const before = document.activeElement;
    const dialog = h("dialog", { class: ["dialog", classes], "aria-labelledby": label });
    const close = () => dialog.close();
    const main = choices.find((it) => it.kind === "primary" || it.kind === "danger");
    /** @param {Choice} choice */
    const take = async (choice) => {
      const result = choice.act ? await choice.act() : true;
      if (result === false) return;
      taken = true;
      close();
    };
    const form = h(
      "form",
      {
        method: "dialog",
        onsubmit: (/** @type {Event} */ event) => {
          event.preventDefault();
          if (main) void take(main);
        },
      },
      h(
        "header",
        null,
        h("h2", { id: label }, title),
        h("button", { type: "button", class: "quiet icon-only", "aria-label": t("dialog.close"), onclick: close }, icon("cross")),
      ),
      h("div", { class: "dialog-body" }, body),
      choices.length > 0 &&
        h(
          "footer",
          null,
          h("button", { type: "button", class: "quiet", onclick: close }, t("dialog.cancel")),
          choices.map((choice) =>
            h(
              "button",
              choice === main
                ? { type: "submit", class: choice.kind }
                : { type: "button", class: choice.kind, onclick: () => void take(choice) },
              choice.text,
            ),
          ),
        ),
    );
    dialog.append(form);
    dialog.addEventListener("input", () => (isTyped = true));
    // Beside it is no way out of a form that has been filled in, nor where a press inside ends outside.
    let isBeside = false;
    dialog.addEventListener("pointerdown", (event) => (isBeside = event.target === dialog));
    dialog.addEventListener("click", (event) => event.target === dialog && isBeside && !isTyped && close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      backTo(before);
      resolve(taken);
    });
    document.body.append(dialog);
    dialog.showModal();
    /** @type {HTMLElement | null} */ (dialog.querySelector("[autofocus], .dialog-body :is(input, select, textarea)") ?? dialog.querySelector("footer .danger") ?? dialog.querySelector("footer .primary"))?.focus();
    opened?.(close);
  });
}

/**
 * Asks whether something is meant.
 * @param {{title: string, text?: string, yes: string, danger?: boolean}} asked
 */
export const confirmed = ({ title, text, yes, danger = false }) =>
  openDialog({
    title,
    body: text && h("p", null, text),
    choices: [{ text: yes, kind: danger ? "danger" : "primary" }],
  });

// @ts-check
/** A button that opens a menu: arrows move in it, Escape leaves it. */

import { fill, h, newId } from "../dom.js";
import { icon } from "./icons.js";

/**
 * @typedef {object} Item
 * @property {string} [text]
 * @property {string} [heading]
 * @property {boolean} [separator]
 * @property {import("./icons.js").IconName} [icon]
 * @property {boolean} [checked]
 * @property {boolean} [danger]
 * @property {string} [lang]
 * @property {string} [href] a link instead of something to do
 * @property {() => void} [act]
 */

/**
 * @param {object} wanted
 * @param {string} wanted.label
 * @param {import("../dom.js").Child} [wanted.content] instead of the label
 * @param {string} [wanted.classes]
 * @param {boolean} [wanted.above]
 * @param {() => (Item | null)[]} wanted.items asked for whenever the menu opens
 */
export function menuButton({ label, content, classes = "", above = false, items }) {
  const id = newId("menu");
  const list = h("div", { id, role: "menu", class: ["menu", above && "above"], hidden: true, "aria-label": label });
  const button = h(
    "button",
    { type: "button", class: classes, "aria-haspopup": "menu", "aria-expanded": "false", "aria-controls": id, "aria-label": label },
    content ?? label,
  );
  const entries = () => /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[role^=menuitem]")]);
  const close = (back = true) => {
    list.hidden = true;
    button.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
    if (back) button.focus();
  };
  const outside = (/** @type {Event} */ event) => {
    if (!holder.contains(/** @type {Node} */ (event.target))) close(false);
  };
  const open = (last = false) => {
    fill(list, items().map((it) => it && entry(it, close)));
    list.hidden = false;
    button.setAttribute("aria-expanded", "true");
    document.addEventListener("pointerdown", outside, true);
    const all = entries();
    (last ? all.at(-1) : all[0])?.focus();
  };
  button.addEventListener("click", () => (list.hidden ? open() : close()));
  button.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    open(event.key === "ArrowUp");
  });
  list.addEventListener("keydown", (event) => {
    const all = entries();
    const at = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      all[(to + all.length) % all.length]?.focus();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      close();
    } else if (event.key === "Tab") close(false);
    else if (event.key.length === 1 && event.key !== " ") {
      const letter = event.key.toLowerCase();
      [...all.slice(at + 1), ...all].find((it) => it.textContent?.trim().toLowerCase().startsWith(letter))?.focus();
    }
  });
  const holder = h("div", { class: "menu-holder" }, button, list);
  return holder;
}

/**
 * @param {Item} item
 * @param {(back?: boolean) => void} close
 */
function entry(item, close) {
  if (item.separator) return h("hr", { role: "separator" });
  if (item.heading) return h("div", { class: "menu-heading", role: "presentation" }, item.heading);
  const isChoice = item.checked !== undefined;
  const attributes = {
    role: isChoice ? "menuitemradio" : "menuitem",
    "aria-checked": isChoice ? String(item.checked) : null,
    tabindex: "-1",
    lang: item.lang,
    class: ["menu-item", item.danger && "danger"],
  };
  const inside = [h("span", { class: "menu-icon" }, item.icon ? icon(item.icon) : item.checked ? icon("check") : null), item.text];
  if (item.href) return h("a", { ...attributes, href: item.href, onclick: () => close(false) }, inside);
  return h(
    "button",
    {
      ...attributes,
      type: "button",
      onclick: () => {
        close();
        item.act?.();
      },
    },
    inside,
  );
}

// @ts-check
/** Makes elements: `h("button", { class: "primary", onclick: save }, "Save")`. Never from HTML text. */

/** @typedef {Node | string | number | false | null | undefined} One */
/** @typedef {One | (One | (One | any[])[])[]} Child a list is flattened, however deep */
/** @typedef {Record<string, any>} Attributes */

const SVG = "http://www.w3.org/2000/svg";

/**
 * An HTML element. Attributes: `class` (text or list), `style` (object, set one by one as the
 * policy of the pages wants it), `dataset` (object), `on...` (listeners), properties such as
 * `value` and `checked`, and all others as they are; `false`, `null` and `undefined` leave one out.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} name
 * @param {Attributes | null} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(name, attributes, ...children) {
  const made = document.createElement(name);
  set(made, attributes ?? {});
  add(made, children);
  return made;
}

/**
 * An SVG element, made like an HTML one.
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} name
 * @param {Attributes | null} [attributes]
 * @param {...Child} children
 * @returns {SVGElementTagNameMap[T]}
 */
export function s(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  set(made, attributes ?? {});
  add(made, children);
  return made;
}

/**
 * Sets attributes, properties and listeners of an element.
 * @param {Element} element
 * @param {Attributes} attributes
 */
export function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.setAttribute("class", [value].flat().filter(Boolean).join(" "));
    else if (name === "dataset") Object.assign(/** @type {HTMLElement} */ (element).dataset, value);
    else if (name === "style") {
      for (const [key, each] of Object.entries(value)) {
        /** @type {HTMLElement} */ (element).style.setProperty(key, String(each));
      }
    } else if (PROPERTIES.has(name)) /** @type {any} */ (element)[name] = value;
    else if (value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
}

const PROPERTIES = new Set(["value", "checked", "indeterminate", "selected", "disabled", "hidden"]);

/**
 * Adds children; lists are flattened, nothing is added for `false`, `null` and `undefined`.
 * @param {Node} parent
 * @param {Child[]} children
 */
export function add(parent, children) {
  for (const child of children.flat(9)) {
    if (child === false || child === null || child === undefined) continue;
    parent.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/**
 * Puts children in the place of those that an element has.
 * @param {Element} parent
 * @param {...Child} children
 */
export function fill(parent, ...children) {
  parent.replaceChildren();
  add(parent, children);
}

const CONTROLS = "a[href], button:not([disabled]), input, select, textarea, summary, [tabindex='0']";

/**
 * As `fill`, and whoever has the focus inside keeps it: what is called the same gets it, else what
 * stands at the same place.
 * @param {Element} parent
 * @param {...Child} children
 */
export function refill(parent, ...children) {
  const focused = document.activeElement;
  const controls = () => /** @type {HTMLElement[]} */ ([...parent.querySelectorAll(CONTROLS)]);
  const at = focused ? controls().indexOf(/** @type {HTMLElement} */ (focused)) : -1;
  fill(parent, ...children);
  if (at < 0 || !focused) return;
  const all = controls();
  const called = all.find((it) => it === focused) ?? all.find((it) => nameOf(it) === nameOf(focused));
  (called ?? all[Math.min(at, all.length - 1)])?.focus();
}

/** @param {Element} control */
const nameOf = (control) => control.getAttribute("aria-label") ?? control.textContent;

let numbered = 0;

/** An id that no other element of the page has. */
export function newId(stem = "x") {
  numbered += 1;
  return `${stem}-${numbered}`;
}

/**
 * Calls a function once nobody has asked for it for a while.
 * @template {any[]} A
 * @param {number} milliseconds
 * @param {(...args: A) => void} action
 * @returns {(...args: A) => void}
 */
export function debounced(milliseconds, action) {
  let timer = 0;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...args), milliseconds);
  };
}

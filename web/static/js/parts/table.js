// @ts-check
/** A table to read: sorted by a click on a head, a row opened by click or Enter. */

import { fill, h } from "../dom.js";
import { collator } from "../i18n.js";
import { icon } from "./icons.js";
import { roving } from "./list.js";

/**
 * @template R
 * @typedef {object} Column
 * @property {string} text
 * @property {(row: R) => import("../dom.js").Child} cell
 * @property {(row: R) => string | number | null | undefined} [sort] by what rows are sorted
 * @property {boolean} [number] set to the right
 * @property {string} [classes]
 */

/**
 * @template R
 * @param {object} wanted
 * @param {string} wanted.label
 * @param {Column<R>[]} wanted.columns
 * @param {R[]} wanted.rows
 * @param {(row: R) => string | null} [wanted.href] where a row leads
 */
export function table({ label, columns, rows, href }) {
  /** @type {{column: Column<R>, down: boolean} | null} */
  let order = null;
  const body = h("tbody", null);
  const heads = columns.map((column) =>
    h(
      "th",
      { scope: "col", class: [column.number && "number", column.classes] },
      column.sort ? h("button", { class: "sort", onclick: () => sortBy(column) }, column.text, icon("up-down")) : column.text,
    ),
  );
  const sortBy = (/** @type {Column<R>} */ column) => {
    order = { column, down: order?.column === column && !order.down };
    draw();
  };
  const draw = () => {
    const shown = order ? sorted(rows, /** @type {any} */ (order.column.sort), order.down) : rows;
    heads.forEach((it, at) => {
      const now = order?.column === columns[at];
      if (now) it.setAttribute("aria-sort", order?.down ? "descending" : "ascending");
      else it.removeAttribute("aria-sort");
    });
    fill(
      body,
      shown.map((row) => {
        const target = href?.(row);
        return h(
          "tr",
          null,
          columns.map((column, at) => {
            const inside = column.cell(row);
            const content = at === 0 && target ? h("a", { class: "row-link", href: target }, inside) : inside;
            const attributes = { class: [column.number && "number", column.classes] };
            return at === 0 ? h("th", { scope: "row", ...attributes }, content) : h("td", attributes, content);
          }),
        );
      }),
    );
  };
  draw();
  if (href) roving(body, ".row-link");
  const holder = h("div", { class: "table-holder" }, h("table", { class: ["table", href && "leads"], "aria-label": label }, h("thead", null, h("tr", null, heads)), body));
  if (!href) new ResizeObserver(() => scrollable(holder, label)).observe(holder);
  return holder;
}

/** What has to be scrolled can have the focus, so that arrows scroll it. @param {HTMLElement} holder @param {string} label */
function scrollable(holder, label) {
  const isWide = holder.scrollWidth > holder.clientWidth;
  holder.removeAttribute("tabindex");
  holder.removeAttribute("role");
  holder.removeAttribute("aria-label");
  if (!isWide) return;
  holder.setAttribute("aria-label", label);
  holder.tabIndex = 0;
  holder.setAttribute("role", "region");
}

/**
 * @template R
 * @param {R[]} rows
 * @param {(row: R) => string | number | null | undefined} by
 * @param {boolean} down
 */
export function sorted(rows, by, down) {
  const words = collator();
  const sign = down ? -1 : 1;
  return rows.toSorted((one, other) => {
    const [a, b] = [by(one), by(other)];
    if (a === b) return 0;
    if (a === null || a === undefined) return 1;
    if (b === null || b === undefined) return -1;
    return sign * (typeof a === "number" && typeof b === "number" ? a - b : words.compare(String(a), String(b)));
  });
}

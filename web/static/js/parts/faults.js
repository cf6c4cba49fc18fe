// @ts-check
/** All that is wrong in a document, each with its place: path, line or cell. */

import { h } from "../dom.js";
import { t } from "../i18n.js";
import { icon } from "./icons.js";

/**
 * @param {import("../api.js").Fault[]} faults
 * @param {{kind?: "fault" | "warning", most?: number, pick?: (fault: import("../api.js").Fault) => void}} [how]
 */
export function faultList(faults, { kind = "fault", most = 200, pick } = {}) {
  const items = faults.slice(0, most).map((fault) => {
    const text = [h("span", { class: "fault-place" }, placeOf(fault)), h("span", null, fault.message)];
    return h("li", null, icon(kind === "fault" ? "warning" : "info"), pick ? h("button", { class: "link", onclick: () => pick(fault) }, text) : h("div", null, text));
  });
  const more = faults.length - items.length;
  return h("ul", { class: ["faults", kind] }, items, more > 0 && h("li", null, t("problems.more", { count: more })));
}

/**
 * Where a fault is, as its document has it.
 * @param {import("../api.js").Fault} fault
 */
export function placeOf({ path, line, cell }) {
  if (cell) return t("problems.cell", { sheet: cell.sheet, cell: `${cell.column}${cell.row}` });
  if (line) return `${t("problems.line", { line: String(line) })}${path ? `, ${path}` : ""}`;
  return path;
}

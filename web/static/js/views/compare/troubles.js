// @ts-check
/** Work that gets late or open, and work that does not any more. */

import { h } from "../../dom.js";
import { number, t } from "../../i18n.js";
import { behind } from "../../parts/behind.js";
import { badge } from "../../parts/badge.js";
import { ruledOut } from "../plan/model/because.js";
import { verdictOf } from "./effect.js";

/** @param {import("./comparison.js").Compared} compared @param {import("../changes/names.js").Names} names */
export function troubles(compared, names) {
  const late = compared.late.filter((/** @type {any} */ it) => (it.before?.hours ?? 0) !== (it.after?.hours ?? 0));
  const open = compared.open.filter((/** @type {any} */ it) => amount(it.before) !== amount(it.after));
  if (late.length + open.length === 0) return null;
  return h(
    "section",
    { class: "card" },
    h("h2", null, t("compare.troubles")),
    h(
      "ul",
      { class: "card-body compare-troubles" },
      open.map((/** @type {any} */ it) =>
        h(
          "li",
          null,
          mark(it.before ? amount(it.before) : 0, it.after ? amount(it.after) : 0, "open", isOpen(verdictOf(compared, "open_work"))),
          h("strong", null, nameOf(it, names)),
          h("span", { class: "soft grow" }, why(it.after ?? it.before, "open")),
        ),
      ),
      late.map((/** @type {any} */ it) =>
        h(
          "li",
          null,
          mark(it.before?.hours ?? 0, it.after?.hours ?? 0, "late", isOpen(verdictOf(compared, "lateness"))),
          h("strong", null, names.of("tasks", it.task)),
          h("span", null, it.after ? t("compare.late-by", { hours: behind(it.after) }) : t("compare.was-late-by", { hours: behind(it.before) })),
          it.after && h("span", { class: "soft grow" }, why(it.after, "late")),
        ),
      ),
    ),
  );
}

/** Why, after whether that is proved. @param {any} side @param {"open" | "late"} kind */
function why(side, kind) {
  const said = side.because?.length ? ruledOut(side, kind) : side.reason ?? side.cause;
  return `${t(`open.${side.proved ? "proved" : "unproved"}-${kind}`)} · ${said}`;
}

/** Whether it may be the search alone. @param {import("./effect.js").Verdict | undefined} verdict */
const isOpen = (verdict) => verdict === "undecided" || verdict === "none";

/** Whether it is new, more or less than before. @param {number} before @param {number} after @param {"late" | "open"} kind @param {boolean} [plain] without a colour */
export function mark(before, after, kind, plain = false) {
  if (before === 0) return badge(t(`compare.newly-${kind}`), plain ? "plain" : "bad");
  if (after === 0) return badge(t(`compare.no-longer-${kind}`), plain ? "plain" : "good");
  const [text, look] = after > before ? ["compare.more", /** @type {const} */ ("warning")] : ["compare.less", /** @type {const} */ ("good")];
  return badge(t(text), plain ? "plain" : look);
}

/** How much of something is open: hours, heads or people. @param {any} side @returns {number} */
export const amount = (side) => side?.hours ?? side?.heads ?? side?.people ?? 0;

/** What is open, by name. @param {any} it @param {import("../changes/names.js").Names} names */
export function nameOf({ kind, id, audience, department, before, after }, names) {
  const side = after ?? before;
  if (kind === "course") {
    return `${names.of("courses", id)}, ${names.of("audiences", audience)} (${number(side.heads ?? 0)})`;
  }
  return kind === "support" ? `${names.of("support", id)}, ${names.of("departments", department)}` : names.of("tasks", id);
}

// @ts-check
/** Every booking that differs: what, from when and whom to when and whom, and what it is due to. */

import { fill, h } from "../../dom.js";
import { clock, list, moment, number, t } from "../../i18n.js";
import { badge } from "../../parts/badge.js";
import { select } from "../../parts/field.js";
import { causeMarks } from "../changes/numbered.js";
import { describe } from "../changes/describe.js";

/** So many are drawn at first, and more when asked for. */
const STEP = 100;

/** @type {Record<string, "good" | "bad" | "warning" | "accent" | "plain">} */
const KINDS = { new: "good", gone: "bad", finished: "plain", moved: "accent", "other people": "plain", "other room": "plain", "other learners": "plain" };

/**
 * @param {import("./comparison.js").Compared} compared @param {import("../changes/names.js").Names} names
 * @param {(booking: any) => void} reveal shows one on the timelines
 */
export function bookings(compared, names, reveal) {
  let [cause, kind, shown] = ["", "", STEP];
  const body = h("tbody", null);
  const more = h("div", { class: "card-body" });
  const count = h("span", { class: "soft", role: "status" });
  // Those that a change is about come first; what follows from them after.
  const all = compared.bookings.toSorted((/** @type {any} */ a, /** @type {any} */ b) => Number(a.edits.length === 0) - Number(b.edits.length === 0));
  const draw = () => {
    const found = all.filter(
      (/** @type {any} */ it) =>
        (cause === "" || (cause === "none" ? it.edits.length === 0 : it.edits.includes(Number(cause)))) &&
        (kind === "" || it.what.includes(kind)),
    );
    count.textContent = t("compare.shown", { count: found.length });
    fill(body, found.slice(0, shown).map((/** @type {any} */ it) => row(it, compared.edits, names, reveal)));
    fill(
      more,
      found.length > shown &&
        h("button", { onclick: () => ((shown += 5 * STEP), draw()) }, t("compare.show-more", { count: found.length - shown })),
    );
    more.hidden = found.length <= shown;
  };
  const causes = [
    { value: "", text: t("compare.every-cause") },
    ...compared.edits.map((/** @type {any} */ it, /** @type {number} */ at) => ({ value: String(at), text: `${at + 1} · ${describe(it, names)}` })),
    { value: "none", text: t("changes.follows") },
  ];
  const whats = [...new Set(compared.bookings.flatMap((/** @type {any} */ it) => it.what))];
  const kinds = [{ value: "", text: t("compare.every-kind") }, ...whats.map((it) => ({ value: it, text: t(`compare.what-${it.replace(" ", "-")}`) }))];
  draw();
  return h(
    "section",
    { class: "card compare-bookings" },
    h(
      "header",
      null,
      h("div", { class: "row" }, h("h2", null, t("compare.bookings")), count),
      h(
        "div",
        { class: "row" },
        select(causes, { "aria-label": t("compare.cause"), onchange: (/** @type {any} */ event) => ((cause = event.target.value), draw()) }),
        select(kinds, { "aria-label": t("compare.what"), onchange: (/** @type {any} */ event) => ((kind = event.target.value), draw()) }),
      ),
    ),
    h(
      "div",
      { class: "table-holder stacks", tabindex: 0, role: "region", "aria-label": t("compare.bookings") },
      h(
        "table",
        { class: "table" },
        h(
          "thead",
          null,
          h("tr", null, ["work", "what", "before", "after", "cause"].map((it) => h("th", { scope: "col" }, t(`compare.${it}`)))),
        ),
        body,
      ),
    ),
    more,
  );
}

/** @param {any} booking @param {any[]} edits @param {import("../changes/names.js").Names} names @param {(booking: any) => void} reveal */
function row(booking, edits, names, reveal) {
  const { before, after, what } = booking;
  const side = after ?? before;
  return h(
    "tr",
    null,
    h(
      "th",
      { scope: "row" },
      h("button", { class: "link", title: t("compare.show-it"), onclick: () => reveal(booking) }, workOf(side, names)),
      side.kind === "class" && h("small", { class: "soft block" }, list(side.learners.map((/** @type {any} */ it) => `${names.of("audiences", it.audience)} (${number(it.heads)})`))),
    ),
    h("td", null, h("span", { class: "whats" }, what.map((/** @type {string} */ it) => badge(t(`compare.what-${it.replace(" ", "-")}`), KINDS[it])))),
    h("td", { dataset: { label: t("compare.before") } }, sideOf(before, after, names)),
    h("td", { dataset: { label: t("compare.after") } }, sideOf(after, before, names)),
    h("td", { dataset: { label: `${t("compare.cause")} ` } }, causeMarks(booking.edits, edits, names)),
  );
}

/** @param {any} side @param {import("../changes/names.js").Names} names */
export function workOf({ kind, id, department }, names) {
  if (kind === "class") return names.of("courses", id);
  if (kind === "task") return names.of("tasks", id);
  return `${names.of("support", id.split(" in ")[0])}, ${names.of("departments", department)}`;
}

/** When and who; what is the same on the other side is quieter. @param {any} side @param {any} other @param {import("../changes/names.js").Names} names */
function sideOf(side, other, names) {
  if (!side) return h("span", { class: "soft" }, "–");
  const when = side.start.slice(0, 10) === side.end.slice(0, 10) ? `${moment(side.start)}–${clock(side.end)}` : `${moment(side.start)} – ${moment(side.end)}`;
  const people = list(side.people.map((/** @type {string} */ it) => names.of("people", it)));
  const room = side.room ? names.of("rooms", side.room) : "";
  const quiet = (/** @type {boolean} */ same) => (same ? "soft" : null);
  return [
    h("div", { class: quiet(other && other.start === side.start && other.end === side.end) }, when),
    h("div", { class: quiet(other && String(other.people) === String(side.people)) }, people),
    room && h("div", { class: quiet(other && other.room === side.room) }, room),
  ];
}

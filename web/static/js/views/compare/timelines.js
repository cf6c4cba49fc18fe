// @ts-check
/** Both timelines beside each other: the same rows, scrolled and zoomed together, differences marked. */

import { h } from "../../dom.js";
import { t } from "../../i18n.js";
import { tick } from "../../parts/field.js";
import { icon } from "../../parts/icons.js";
import { Axis, UNFOLDED, foldOf } from "../plan/model/axis.js";
import { hues, usualColours } from "../plan/chart/legend.js";
import { Timeline } from "../plan/chart/timeline.js";
import { Words } from "../plan/model/labels.js";
import { byPerson } from "../plan/rows/people.js";
import { piecesOf } from "./pieces.js";
import { alike } from "./rows.js";

/** @typedef {import("../plan/model/model.js").Model} Model */

/**
 * @param {[Model, Model]} models @param {import("./comparison.js").Compared} compared
 * @param {import("./comparison.js").Shown} shown
 */
export function timelines(models, compared, { signal, titles }) {
  const pieces = models.map((model, side) => piecesOf(model, compared.bookings, side === 0 ? "before" : "after"));
  const marked = pieces.map((it) => new Set([...it.values()].flat()));
  const axis = axisOf(models);
  const stages = titles.map((title) => h("figure", { class: "compare-stage" }, h("figcaption", null, title)));
  const words = models.map((it) => new PairWords(it));
  const both = models.map(
    (model, side) =>
      new Timeline(
        stages[side],
        { model, words: words[side], axis, hue: hues(model, usualColours(model)), pending: new Map(), marked: marked[side] },
        { label: `${t("compare.timelines")}: ${titles[side]}`, signal },
      ),
  );
  together(both);
  const rows = (/** @type {boolean} */ all) => {
    const found = alike(models.map((it) => byPerson(it, null)), marked, words, all);
    both.forEach((it, side) => {
      it.show(found[side]);
      stages[side].style.setProperty("--rows", `${it.layout.height}px`);
    });
  };
  const zoom = (/** @type {number} */ factor) => both.forEach((it) => it.zoom(factor));
  const element = h(
    "section",
    { class: "card compare-timelines" },
    h(
      "header",
      null,
      h("h2", null, t("compare.timelines")),
      h(
        "div",
        { class: "row" },
        tick(t("compare.all-rows"), { onchange: (/** @type {any} */ event) => rows(event.target.checked) }),
        h("button", { class: "icon-only", "aria-label": t("compare.closer"), onclick: () => zoom(1.6) }, icon("plus")),
        h("button", { class: "icon-only", "aria-label": t("compare.further"), onclick: () => zoom(1 / 1.6) }, icon("minus")),
        h("button", { onclick: () => both.forEach((it) => it.fit()) }, t("compare.whole")),
      ),
    ),
    h("p", { class: "compare-key" }, h("span", { class: "compare-key-mark", "aria-hidden": "true" }), t("compare.marked")),
    h("div", { class: "compare-stages" }, stages),
  );
  return {
    element,
    start: () => {
      rows(false);
      const [first, last] = spanOf(pieces, models);
      both.forEach((it) => it.near(first));
      const room = Math.min(...both.map((it) => it.width)) * 0.94;
      const wanted = room / Math.max(1, axis.unit(last) - axis.unit(first));
      if (wanted < both[0].pens.px) {
        both.forEach((it) => it.scale(wanted));
        both.forEach((it) => it.scrollToMinute(first, 0.03));
      }
    },
    reveal: (/** @type {any} */ booking) => {
      element.scrollIntoView({ block: "nearest" });
      const sides = pieces.map((it) => it.get(booking)?.[0]);
      both.forEach((it, side) => {
        if (sides[side] !== undefined) it.reveal(sides[side]);
      });
    },
  };
}

/** Labels of rows as they are compared with them: a row may stand for somebody whom only the other plan has. */
class PairWords extends Words {
  /** @override @param {import("../plan/rows/row.js").Row} row */
  label(row) {
    return /** @type {import("./rows.js").Labelled} */ (row).label ?? super.label(row);
  }
}

/** From the first to the last minute of what differs. @param {Map<any, number[]>[]} pieces @param {[Model, Model]} models */
function spanOf(pieces, models) {
  let [first, last] = [Infinity, 0];
  pieces.forEach((of, side) => {
    for (const piece of [...of.values()].flat()) {
      first = Math.min(first, models[side].starts[piece]);
      last = Math.max(last, models[side].ends[piece]);
    }
  });
  return [first, last];
}

/** One axis for both, folded where neither has anything booked. @param {[Model, Model]} models */
function axisOf([before, after]) {
  const joined = (/** @type {"starts" | "ends"} */ which) =>
    Float64Array.from([before, after].flatMap((it) => [...it[which].subarray(0, it.booked)]));
  const fold = before.start === after.start ? foldOf(joined("starts"), joined("ends"), before.start) : UNFOLDED;
  return new Axis(before.start, Math.max(before.days, after.days), fold);
}

/** What one is scrolled to, the other is too. @param {Timeline[]} both */
function together(both) {
  both.forEach((it, side) => {
    const other = both[1 - side];
    it.scroller.addEventListener(
      "scroll",
      () => {
        const { scrollTop, scrollLeft } = it.scroller;
        if (Math.abs(other.scroller.scrollTop - scrollTop) > 1) other.scroller.scrollTop = scrollTop;
        if (Math.abs(other.scroller.scrollLeft - scrollLeft) > 1) other.scroller.scrollLeft = scrollLeft;
      },
      { passive: true },
    );
    it.addEventListener("scale", () => {
      if (Math.abs(other.pens.px - it.pens.px) > 1e-9) other.scale(it.pens.px);
    });
  });
}

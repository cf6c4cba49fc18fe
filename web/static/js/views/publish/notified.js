// @ts-check
/** Who would be notified of a plan: people with how many bookings, and seats in classes by audience. */

import { h } from "../../dom.js";
import { number, t } from "../../i18n.js";

/** So many people are named at first. */
const NAMED = 12;

/** @param {any} preview @param {import("../changes/names.js").Names} names */
export function notified(preview, names) {
  const people = Object.entries(preview.people).toSorted((a, b) => Number(b[1]) - Number(a[1]));
  const heads = Object.entries(preview.heads);
  const seats = heads.reduce((sum, [, it]) => sum + Number(it), 0);
  const person = (/** @type {[string, any]} */ [id, count]) =>
    h("li", null, h("span", { class: "grow" }, names.of("people", id)), h("span", { class: "soft number" }, t("publish.bookings", { count })));
  return h(
    "section",
    { class: "card" },
    h("h2", null, t("publish.notified")),
    h(
      "div",
      { class: "card-body stack" },
      people.length + heads.length === 0
        ? h("p", { class: "soft" }, t("publish.nobody"))
        : h(
            "dl",
            { class: "figure-row" },
            h("div", null, h("dt", null, t("publish.people")), h("dd", null, number(people.length))),
            h("div", null, h("dt", null, t("publish.seats")), h("dd", null, number(seats))),
          ),
      h(
        "p",
        { class: "soft" },
        Object.entries(preview.bookings).map(([what, count]) => `${t(`compare.what-${what.replace(" ", "-")}`)}: ${number(Number(count))}`).join(" · "),
      ),
      people.length > 0 && h("ul", { class: "named-list" }, people.slice(0, NAMED).map(person)),
      people.length > NAMED &&
        h(
          "details",
          null,
          h("summary", null, t("publish.more-people", { count: people.length - NAMED })),
          h("ul", { class: "named-list" }, people.slice(NAMED).map(person)),
        ),
      heads.length > 0 &&
        h(
          "details",
          null,
          h("summary", null, t("publish.audiences", { count: heads.length })),
          h(
            "ul",
            { class: "named-list" },
            heads.map(([id, count]) => h("li", null, h("span", { class: "grow" }, names.of("audiences", id)), h("span", { class: "soft number" }, number(Number(count))))),
          ),
        ),
    ),
  );
}

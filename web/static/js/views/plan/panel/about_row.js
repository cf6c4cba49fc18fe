// @ts-check
/** All that is drawn in a row, in words: absences, closed days, green light, go-lives, bookings. */

import { h } from "../../../dom.js";
import { t } from "../../../i18n.js";
import { DAY } from "../model/axis.js";
import { absencesOf, closedOf, goLives } from "../model/marks.js";
import { named } from "../model/model.js";
import { facts } from "./panel.js";

/** @typedef {import("./panel.js").Desk} Desk */
/** @typedef {import("../rows/row.js").Row} Row */

const OF_DEPARTMENT = ["department", "classes", "work", "floor"];
const MOST = 40;

/** @param {Desk} desk @param {Row} row @returns {import("../../../dom.js").Child[]} */
export function aboutRow(desk, row) {
  const { model, words } = desk;
  const { name, note } = words.label(row);
  return [
    h("p", { class: "panel-kind" }, t(`plan.about-${row.about}`)),
    h("h2", null, name),
    note && h("p", { class: "soft" }, note),
    row.about === "person" && aboutPerson(desk, row.at),
    OF_DEPARTMENT.includes(row.about) && aboutDepartment(desk, row.at),
    row.about === "project" &&
      facts([[t("plan.go-live-day"), lives(desk, (wave) => model.waves.project[wave] === row.at)]]),
    bookings(desk, row),
  ];
}

/** @param {Desk} desk @param {number} person */
function aboutPerson({ model, words }, person) {
  const site = model.people.site[person];
  const vendor = model.people.vendor[person];
  return facts([
    [t("plan.site"), site >= 0 && named(model.sites, site)],
    [t("plan.vendor"), vendor >= 0 && named(model.vendors, vendor)],
    [t("plan.away"), stretches(words, absencesOf(model, person))],
  ]);
}

/** @param {Desk} desk @param {number} department */
function aboutDepartment(desk, department) {
  const { model, words } = desk;
  const { headcount, release, light } = model.departments[department];
  const when = light && light[1] >= 0 ? `, ${words.day(light[1] * DAY)}` : "";
  return facts([
    [t("plan.about-department"), t("plan.staff", { count: headcount })],
    [t("plan.limit"), release !== null && t("plan.heads", { count: release })],
    [t("plan.green-light"), light && t(`plan.light-${light[0]}`) + when],
    [t("plan.go-live-day"), lives(desk, (wave) => model.waves.departments[wave].includes(department))],
    [t("plan.closed"), stretches(words, closedOf(model, department))],
  ]);
}

/** @param {Desk} desk @param {(wave: number) => boolean} which */
function lives({ model, words }, which) {
  const found = goLives(model, which);
  if (found.length === 0) return null;
  return h(
    "ul",
    null,
    found.map(([day, names]) => h("li", null, `${words.day(day * DAY)} · ${names}`)),
  );
}

/** @param {import("../model/labels.js").Words} words @param {[number, number, string][]} stretches */
function stretches(words, stretches) {
  if (stretches.length === 0) return null;
  return h(
    "ul",
    null,
    stretches.map(([from, to, reason]) =>
      h("li", null, words.span(from, to), reason && h("small", { class: "soft" }, ` ${reason}`)),
    ),
  );
}

/** @param {Desk} desk @param {Row} row */
function bookings({ model, words, reveal }, row) {
  if (row.pieces.length === 0) return null;
  const view = viewOf(row);
  return h(
    "section",
    { class: "panel-section" },
    h("h3", null, t("plan.bookings", { count: row.pieces.length })),
    h(
      "ul",
      { class: "panel-bookings" },
      Array.from(row.pieces.subarray(0, MOST), (piece) =>
        h(
          "li",
          null,
          h("button", { class: "link", onclick: () => reveal(view, piece, row.key) }, model.title(piece)),
          h("small", { class: "soft" }, words.when(piece)),
        ),
      ),
    ),
    row.pieces.length > MOST &&
      h("p", { class: "soft" }, t("plan.more-bookings", { count: row.pieces.length - MOST })),
  );
}

/** The view that a row is in. @param {Row} row @returns {import("../page.js").By} */
function viewOf({ about }) {
  if (about === "person") return "person";
  if (about === "room") return "room";
  return OF_DEPARTMENT.includes(about) ? "department" : "project";
}

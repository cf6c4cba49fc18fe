// @ts-check
/** What a plan has for one department, and the green light for just this part of it. */

import { get } from "../../api.js";
import { h } from "../../dom.js";
import { clock, day, list, moment, number, t } from "../../i18n.js";
import { behind } from "../../parts/behind.js";
import { badge } from "../../parts/badge.js";
import { head } from "../../parts/head.js";
import { table } from "../../parts/table.js";
import { away } from "./away.js";
import { changed } from "./changed.js";
import { word } from "./decision.js";

/** @type {import("../../router.js").Show} */
export async function show(place, { run, department }, context) {
  const found = await get(`v1/plans/${encodeURIComponent(run)}/departments/${encodeURIComponent(department)}`, {
    signal: context.signal,
  });
  const { part } = found;
  context.title(part.department.name);
  const work = part.tasks.filter((/** @type {any} */ it) => !it.change);
  const change = part.tasks.filter((/** @type {any} */ it) => it.change);
  place.append(
    head({ title: part.department.name, lead: [found.name, " · ", t("approve.headcount", { count: part.headcount })] }),
    h(
      "div",
      { class: "sections" },
      word(found),
      changed(found),
      dates(part),
      open(part),
      section(t("approve.classes"), part.classes.length, t("approve.no-classes"), () => [away(part), classes(part)]),
      section(t("approve.change-work"), change.length, t("approve.no-change-work"), () => tasks(change)),
      section(t("approve.support"), part.support.length, t("approve.no-support"), () => support(part)),
      work.length > 0 && section(t("approve.other-work"), work.length, "", () => tasks(work)),
      h("p", { class: "soft fingerprint" }, t("approve.fingerprint"), " ", h("code", null, found.approval.sha256.slice(0, 16))),
    ),
  );
}

/** @param {string} title @param {number} count @param {string} none @param {() => import("../../dom.js").Child} inside */
const section = (title, count, none, inside) =>
  h(
    "section",
    { class: "card" },
    h("header", null, h("h2", null, title), count > 0 && h("span", { class: "soft" }, number(count))),
    count > 0 ? h("div", { class: "stacks" }, inside()) : h("p", { class: "card-body soft" }, none),
  );

/** Go-lives, and days on which nothing happens in the department. @param {any} part */
function dates({ go_lives, closed, freezes, green_light }) {
  const range = (/** @type {any} */ it) => [span(it.from, it.to), it.reason].filter(Boolean).join(", ");
  const lines = [
    ...go_lives.map((/** @type {any} */ it) => [t("approve.go-live"), `${day(it.day, "weekday")}: ${it.name} (${it.project})`]),
    green_light?.date && [t("approve.expected"), `${t(`approve.light-${green_light.status}`)}, ${day(green_light.date, "weekday")}`],
    ...closed.map((/** @type {any} */ it) => [t("approve.closed"), range(it)]),
    ...freezes.map((/** @type {any} */ it) => [t("approve.freeze"), range(it)]),
  ].filter(Boolean);
  if (lines.length === 0) return null;
  return h(
    "section",
    { class: "card" },
    h("h2", null, t("approve.dates")),
    h("dl", { class: "card-body pairs" }, lines.map(([name, value]) => h("div", null, h("dt", null, name), h("dd", null, value)))),
  );
}

/** What the plan leaves undone here, each with its reason. @param {any} part */
function open(part) {
  const late = part.tasks.filter((/** @type {any} */ it) => it.late);
  if (part.open.length + late.length === 0) return null;
  return h(
    "section",
    { class: "card" },
    h("h2", null, t("approve.troubles")),
    h(
      "ul",
      { class: "card-body compare-troubles" },
      part.open.map((/** @type {any} */ it) => h("li", null, badge(t("approve.open"), "bad"), h("strong", null, it.name), h("span", { class: "soft grow" }, it.reason))),
      late.map((/** @type {any} */ it) =>
        h("li", null, badge(t("approve.late", { hours: behind(it.late) }), "warning"), h("strong", null, it.name), h("span", { class: "soft grow" }, it.late.cause)),
      ),
    ),
  );
}

/** @param {any} part */
const classes = ({ classes: rows }) =>
  table({
    label: t("approve.classes"),
    rows,
    columns: [
      { text: t("approve.when"), cell: (it) => time(it), sort: (it) => it.start },
      { text: t("approve.course"), cell: (it) => it.name, sort: (it) => it.name },
      { text: t("approve.who"), cell: (it) => list(it.groups.map((/** @type {any} */ group) => group.audience)) },
      { text: t("approve.heads"), cell: (it) => t("approve.headcount", { count: heads(it) }), sort: heads, number: true },
      { text: t("approve.room"), cell: (it) => it.room ?? t("approve.virtual"), sort: (it) => it.room },
      { text: t("approve.trainers"), cell: (it) => list(it.trainers) },
    ],
  });

/** @param {any} it @returns {number} */
const heads = ({ groups }) => groups.reduce((/** @type {number} */ sum, /** @type {any} */ group) => sum + group.heads, 0);

/** @param {any[]} rows */
const tasks = (rows) =>
  table({
    label: t("approve.tasks"),
    rows,
    columns: [
      { text: t("approve.when"), cell: (it) => time(it), sort: (it) => it.start },
      { text: t("approve.task"), cell: (it) => it.name, sort: (it) => it.name },
      { text: t("approve.by"), cell: (it) => list(it.people) },
    ],
  });

/** @param {any} part */
const support = ({ support: rows }) =>
  table({
    label: t("approve.support"),
    rows,
    columns: [
      { text: t("approve.when"), cell: (it) => time(it), sort: (it) => it.start },
      { text: t("approve.supporters"), cell: (it) => list(it.people) },
    ],
  });

/** From a moment to another, the day once where it is one. @param {{ start: string, end: string }} it */
export const time = ({ start, end }) =>
  start.slice(0, 10) === end.slice(0, 10) ? `${moment(start)}–${clock(end)}` : `${moment(start)} – ${moment(end)}`;

/** @param {string} from @param {string} to */
function span(from, to) {
  const one = (/** @type {string} */ it) => (it.length > 10 ? moment(it) : day(it, "weekday"));
  return from === to ? one(from) : `${one(from)} – ${one(to)}`;
}

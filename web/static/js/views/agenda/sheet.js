// @ts-check
/** An agenda as it is read and printed: weeks, days, and what each of them brings. */

import { h } from "../../dom.js";
import { clock, day as dayText, hours, list, moment, t } from "../../i18n.js";
import { badge } from "../../parts/badge.js";
import { icon } from "../../parts/icons.js";
import { dayOf, mondayOf, shifted, weeks } from "./days.js";

/** @typedef {import("./days.js").Event} Event */

/**
 * Events under the headings of their weeks and days.
 * @param {Event[]} events
 * @param {string} now the date today
 */
export const byWeek = (events, now) =>
  weeks(events).map((week) =>
    h(
      "section",
      { class: "agenda-week" },
      h("h2", null, weekName(week.monday, now)),
      week.days.map((it) => dayShown(it.day, it.events, now)),
    ),
  );

/**
 * Events without headings, each with its days.
 * @param {Event[]} events
 */
export const underWay = (events) => h("ul", { class: "agenda-events" }, events.map((it) => eventShown(it)));

/**
 * @param {string} monday
 * @param {string} now
 */
function weekName(monday, now) {
  if (monday === mondayOf(now)) return t("agenda.this-week");
  if (monday === shifted(mondayOf(now), 7)) return t("agenda.next-week");
  return t("agenda.week-of", { day: dayText(monday) });
}

/**
 * @param {string} day
 * @param {Event[]} events
 * @param {string} now
 */
const dayShown = (day, events, now) =>
  h(
    "section",
    { class: ["agenda-day", day === now && "today"] },
    h("h3", null, dayText(day, "weekday"), day === now && badge(t("agenda.today"), "accent")),
    h("ul", { class: "agenda-events" }, events.map((it) => eventShown(it, day))),
  );

/**
 * When an event is, under the heading of a day or without one.
 * @param {Event} event
 * @param {string} [day]
 */
function time(event, day) {
  const from = day ? clock(event.start) : moment(event.start);
  if (event.end.slice(0, 10) === dayOf(event)) return `${from} – ${clock(event.end)}`;
  if (!day || day === dayOf(event)) return t("agenda.until", { start: from, end: moment(event.end) });
  return day === event.end.slice(0, 10)
    ? t("agenda.ends", { end: clock(event.end) })
    : t("agenda.goes-on", { end: moment(event.end) });
}

/**
 * @param {Event} event
 * @param {string} [day]
 */
function eventShown(event, day) {
  return h(
    "li",
    { class: ["agenda-event", event.kind, event.cancelled && "cancelled"] },
    h("p", { class: "agenda-time" }, time(event, day)),
    h(
      "div",
      { class: "agenda-what" },
      h(
        "p",
        { class: "agenda-title" },
        h("strong", null, event.title || t("agenda.kind-support")),
        event.cancelled && badge(t("agenda.cancelled"), "bad"),
        !event.cancelled && event.moved && badge(t("agenda.moved"), "warning"),
      ),
      h("p", { class: "agenda-kind" }, t(event.part ? `agenda.${event.part}` : `agenda.kind-${event.kind}`), event.hours !== null && event.kind === "task" && ` · ${hours(event.hours)}`),
      line("home", event.place.length ? event.place.join(", ") : event.kind === "class" ? t("agenda.online") : ""),
      line("people", event.groups.length ? list(event.groups.map(([count, name]) => t("agenda.heads", { count, name }))) : ""),
      line("person", event.people.length ? t("agenda.with", { names: list(event.people) }) : ""),
      line("approve", event.department && event.kind !== "class" ? event.department : ""),
      line("file", event.materials ? t("agenda.materials", { name: event.materials }) : ""),
    ),
  );
}

/**
 * @param {import("../../parts/icons.js").IconName} name
 * @param {string} text
 */
const line = (name, text) => text && h("p", { class: "agenda-line" }, icon(name), h("span", null, text));

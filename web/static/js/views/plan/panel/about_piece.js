// @ts-check
/** All about one booking or one piece of open work: who, when, why late, why open, who else could. */

import { h } from "../../../dom.js";
import { day, hours, list, t } from "../../../i18n.js";
import { behind } from "../../../parts/behind.js";
import { badge } from "../../../parts/badge.js";
import { icon } from "../../../parts/icons.js";
import { CLASS, FINISHED, FROZEN, LATE, OPEN, PINNED, SHIFT, TASK, named } from "../model/model.js";
import { alternatives } from "./alternatives.js";
import { facts } from "./panel.js";
import { whyNot } from "./why_not.js";
import { departmentName } from "../model/labels.js";

/** @typedef {import("./panel.js").Desk} Desk */
/** @typedef {import("../chart/timeline.js").Place} Place */

/** @param {Desk} desk @param {Place} place @param {AbortSignal} signal @returns {import("../../../dom.js").Child[]} */
export function aboutPiece(desk, place, signal) {
  const { model, words } = desk;
  const { piece } = place;
  const kind = model.kind(piece);
  const head = [
    h("p", { class: "panel-kind" }, words.kind(piece)),
    h("h2", null, model.title(piece)),
    badges(desk, piece),
  ];
  if (kind === OPEN) return [head, whyOpen(desk, piece)];
  const task = model.works[piece];
  const late = kind === TASK ? model.late.get(task) : undefined;
  return [
    head,
    late &&
      h(
        "div",
        { class: "notice bad" },
        icon("clock"),
        h("p", null, h("b", null, t("plan.why-late")), ` (${words.known(late.proved, "late")})`, h("br"), words.whyLate(late)),
      ),
    facts([
      [t("plan.who"), links(desk, piece)],
      [t("plan.when"), words.when(piece)],
      [t("plan.how-long"), howLong(desk, piece)],
      kind === TASK &&
        model.tasks.due[task] >= 0 && [t("plan.due-day"), words.day(model.tasks.due[task] - 1)],
      [t("plan.room"), model.room(piece) >= 0 && roomLink(desk, piece)],
      [t("plan.learners"), kind === CLASS && learners(desk, piece)],
      [t("plan.project"), projectLink(desk, piece)],
      [t("plan.department"), departmentLinks(desk, piece)],
      [t("plan.pinned"), kind === TASK && pinned(desk, task)],
    ]),
    kind === TASK && crewOf(desk, piece),
    kind === TASK && desk.mayTry && !(model.flags[piece] & FINISHED) && actions(desk, place),
    kind !== SHIFT && desk.mayTry && alternatives(desk, piece, signal),
    kind !== SHIFT && desk.mayTry && !(model.flags[piece] & FINISHED) && whyNot(desk, piece, signal),
  ];
}

/** @param {Desk} desk @param {number} piece */
function badges({ model, words }, piece) {
  const flags = model.flags[piece];
  const late = model.kind(piece) === TASK ? model.late.get(model.works[piece]) : undefined;
  return h(
    "div",
    { class: "row panel-badges" },
    late && flags & LATE ? badge(t("plan.late-by", { hours: behind(late) }), "bad") : null,
    model.kind(piece) === OPEN && badge(words.missing(piece), "warning"),
    flags & PINNED ? badge(t("plan.pinned"), "accent") : null,
    flags & FROZEN ? badge(t("plan.frozen"), "plain") : null,
    flags & FINISHED ? badge(t("plan.finished"), "good") : null,
  );
}

/** @param {Desk} desk @param {number} piece */
function whyOpen(desk, piece) {
  const { model, words } = desk;
  const entry = model.openEntry(piece);
  const audience = model.audiences.id.indexOf(entry.audience);
  return [
    h(
      "div",
      { class: "notice warning" },
      icon("open"),
      h("p", null, h("b", null, t("plan.why-open")), ` (${words.known(entry.proved === true, "open")})`, h("br"), words.whyOpen(entry)),
    ),
    facts([
      [t("plan.missing"), words.missing(piece)],
      [t("plan.audience"), audience >= 0 && named(model.audiences, audience)],
      [t("plan.day"), entry.day && day(entry.day, "weekday")],
      [t("plan.could-be"), words.when(piece)],
      [t("plan.project"), projectLink(desk, piece)],
      [t("plan.department"), departmentLinks(desk, piece)],
    ]),
  ];
}

/** @param {Desk} desk @param {number} piece */
function howLong({ model }, piece) {
  if (model.kind(piece) === TASK) return hours(model.seats.hours[piece] ?? 0);
  return hours((model.ends[piece] - model.starts[piece]) / 60);
}

/** The people of a piece, each a way to their row. @param {Desk} desk @param {number} piece */
function links(desk, piece) {
  return people(desk, desk.model.staff(piece), () => piece);
}

/** @param {Desk} desk @param {readonly number[]} who @param {(person: number) => number} piece */
function people({ model, reveal }, who, piece) {
  return h(
    "ul",
    { class: "links" },
    who.map((person) =>
      h(
        "li",
        null,
        h(
          "button",
          {
            class: "link",
            onclick: () => reveal("person", piece(person), `person ${model.people.id[person]}`),
          },
          named(model.people, person),
        ),
      ),
    ),
  );
}

/** The rest of the crew. @param {Desk} desk @param {number} piece */
function crewOf(desk, piece) {
  const { model } = desk;
  const rest = model.crew(model.works[piece]).filter((it) => it !== piece);
  if (rest.length === 0) return null;
  const of = new Map(rest.map((it) => [model.seats.person[it], it]));
  return h(
    "section",
    { class: "panel-section" },
    h("h3", null, t("plan.crew")),
    people(desk, [...of.keys()], (person) => of.get(person) ?? piece),
  );
}

/** @param {Desk} desk @param {number} piece */
function roomLink({ model, reveal }, piece) {
  const room = model.room(piece);
  return h(
    "button",
    { class: "link", onclick: () => reveal("room", piece, `room ${model.rooms.id[room]}`) },
    named(model.rooms, room),
  );
}

/** @param {Desk} desk @param {number} piece */
function projectLink({ model, reveal }, piece) {
  const project = model.project(piece);
  if (project < 0) return null;
  const [columns, at] = model.work(piece);
  const about = columns === model.tasks ? "task" : columns === model.courses ? "course" : "support";
  const row =
    model.kind(piece) === OPEN
      ? `project ${model.projects.id[project]} open ${piece - model.booked}`
      : `${about} ${columns.id[at]}`;
  return h(
    "button",
    { class: "link", onclick: () => reveal("project", piece, row) },
    named(model.projects, project),
  );
}

/** @param {Desk} desk @param {number} piece */
function departmentLinks({ model, reveal }, piece) {
  const departments = model.departmentsOf(piece);
  if (departments.length === 0) return null;
  const kind = model.kind(piece);
  const part =
    kind === OPEN ? `open ${piece - model.booked}` : ["work", "classes", "floor"][kind];
  return h(
    "ul",
    { class: "links" },
    departments.map((it) =>
      h(
        "li",
        null,
        h(
          "button",
          {
            class: "link",
            onclick: () => reveal("department", piece, `department ${model.departments[it].id} ${part}`),
          },
          departmentName(model, it),
        ),
      ),
    ),
  );
}

/** @param {Desk} desk @param {number} piece */
function learners(desk, piece) {
  const { model } = desk;
  return h(
    "ul",
    { class: "links" },
    model.groups(piece).map(([audience, heads, members = []]) =>
      h(
        "li",
        null,
        `${named(model.audiences, audience)}: ${heads}`,
        members.length > 0 && people(desk, members, () => piece),
      ),
    ),
  );
}

/** What is pinned by hand of a task. @param {Desk} desk @param {number} task */
function pinned({ model, pins, words }, task) {
  const pin = pins.of(task);
  return list(
    [
      pin.start === null ? "" : words.moment(pin.start),
      ...pin.people.map((it) => named(model.people, it)),
    ].filter(Boolean),
  );
}

/** @param {Desk} desk @param {Place} place */
function actions({ model, pins, lift }, place) {
  const task = model.works[place.piece];
  const pin = pins.of(task);
  const isSettled = pin.start !== null || pin.people.length > 0;
  return h(
    "div",
    { class: "row panel-actions" },
    h("button", { onclick: () => lift(place) }, t("plan.move"), h("kbd", null, "m")),
    h("button", { onclick: () => pins.hold(task) }, icon("pin"), t("plan.hold")),
    isSettled && h("button", { class: "quiet", onclick: () => pins.release(task) }, t("plan.release")),
  );
}

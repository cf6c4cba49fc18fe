// @ts-check
/** What came of one night, in words: what was decided, for whom it changes something, what is at risk. */

import { fill, h } from "../../dom.js";
import { day, hours, list, moment, number, t, when } from "../../i18n.js";
import { behind } from "../../parts/behind.js";
import { badge } from "../../parts/badge.js";

/** @type {Record<string, "good" | "accent" | "warning" | "bad">} */
const KINDS = { kept: "good", published: "accent", proposed: "warning", failed: "bad" };

/**
 * What came of one night: the decision first, then what changes for whom, then what is at risk.
 * @param {string} rollout
 * @param {any} it
 * @param {Names} names
 * @param {boolean} open
 */
export function digest(rollout, it, names, open) {
  const { body } = it;
  const total = body.total;
  const risk = body.at_risk ?? { late: [], open: [], assumptions: [] };
  const changed = body.changed ?? [];
  const holder = h("div", { class: "digest-body" });
  const fillIn = () => {
    if (holder.childElementCount) return;
    fill(
      holder,
      h("p", { class: "reason" }, it.reason),
      total &&
        h(
          "dl",
          { class: "figure-row" },
          h(
            "div",
            null,
            h("dt", null, t("nights.total")),
            h("dd", null, number(total.before, 0), " → ", number(total.after, 0)),
          ),
          h("div", null, h("dt", null, t("nights.changes")), h("dd", null, number(changed.length))),
          h(
            "div",
            null,
            h("dt", null, t("nights.people-notified")),
            h("dd", null, number((body.affected ?? []).length)),
          ),
          h("div", null, h("dt", null, t("nights.late")), h("dd", null, number(risk.late.length))),
          h("div", null, h("dt", null, t("nights.open")), h("dd", null, number(risk.open.length))),
        ),
      section("nights.since", (body.since ?? []).map((/** @type {any} */ edit) => sentenceOf(edit, names))),
      section("nights.unreported", (body.unreported ?? []).map((/** @type {any} */ left) => unreportedOf(left, names))),
      section("nights.broken", body.broken ?? []),
      section("nights.changed", changed.map((/** @type {any} */ booking) => changeOf(booking, names))),
      (body.affected ?? []).length > 0 &&
        section("nights.affected", [
          list(body.affected.map((/** @type {string} */ person) => names.get(person) ?? person)),
        ]),
      section(
        "nights.late-work",
        risk.late.map((
          /** @type {any} */ late,
        ) => [
          h("strong", null, names.get(late.task) ?? late.task),
          `: ${t("nights.late-by", { hours: behind(late), end: moment(late.end) })} ${late.cause}`,
        ]),
      ),
      section(
        "nights.open-work",
        risk.open.map((
          /** @type {any} */ left,
        ) => [h("strong", null, names.get(left.id) ?? left.id), `: ${left.reason}`]),
      ),
      section(
        "nights.pending",
        risk.assumptions.map((/** @type {any} */ light) =>
          t("nights.pending-light", {
            department: names.get(light.department) ?? light.department,
            day: light.green_light ? day(light.green_light) : "",
          })
        ),
      ),
    );
  };
  const shown = h(
    "details",
    { class: "card digest", open },
    h(
      "summary",
      null,
      h("strong", null, when(it.at)),
      badge(t(`nights.outcome-${it.outcome}`), KINDS[it.outcome]),
      h("span", { class: "grow cut soft" }, it.reason),
      it.plan &&
        h(
          "a",
          { href: `rollouts/${rollout}/plan/${it.plan}${it.outcome === "failed" ? "/run" : ""}` },
          t("runs.look"),
        ),
    ),
    holder,
  );
  shown.addEventListener("toggle", () => shown.open && fillIn());
  if (open) fillIn();
  return shown;
}

/**
 * @param {string} key
 * @param {import("../../dom.js").Child[]} lines
 */
const section = (key, lines) =>
  lines.length > 0 &&
  h(
    "section",
    null,
    h("h3", null, t(key)),
    h(
      "ul",
      { class: "bullets" },
      lines.slice(0, 40).map((it) => h("li", null, it)),
      lines.length > 40 && h("li", { class: "soft" }, t("problems.more", { count: lines.length - 40 })),
    ),
  );

/** @typedef {Map<string, string>} Names */

/**
 * What things are called, by id.
 * @param {any} tree
 * @returns {Names}
 */
export function namesOf(tree) {
  const lists = ["people", "tasks", "courses", "departments", "audiences", "rooms", "support"];
  return new Map(
    lists.flatMap((it) =>
      (tree[it] ?? []).map((/** @type {any} */ entry) => [entry.id, entry.name ?? entry.id])
    ),
  );
}

/**
 * What has happened, as somebody wrote it down.
 * @param {any} edit
 * @param {Names} names
 */
function sentenceOf(edit, names) {
  const named = (/** @type {string} */ id) => names.get(id) ?? id;
  /** @type {Record<string, () => string>} */
  const sentences = {
    progress: () => t("nights.was-progress", { task: named(edit.task), hours: hours(edit.done_hours) }),
    finished: () =>
      t("nights.was-finished", { task: named(edit.task), day: edit.on.length > 10 ? moment(edit.on) : day(edit.on) }),
    attended: () =>
      t("nights.was-attended", {
        audience: named(edit.audience),
        course: named(edit.course),
        day: day(edit.on),
      }),
    stood: () =>
      t("changes.says-stood", {
        support: named(edit.support),
        department: named(edit.department),
        day: day(edit.day),
        people: list((edit.people ?? []).map(named)),
      }),
    not_held: () => t("changes.says-not_held", { course: named(edit.course), day: day(edit.on) }),
    absent: () =>
      t("nights.was-absent", { person: named(edit.person), from: day(edit.from), to: day(edit.to) }),
    declined: () =>
      t("nights.was-declined", { person: named(edit.person), from: moment(edit.from), to: moment(edit.to) }),
  };
  return sentences[edit.edit]?.() ?? edit.edit;
}

/**
 * Work whose time has passed and of which nobody has said a word.
 * @param {{ kind: string, id: string, end: string }} left
 * @param {Names} names
 */
function unreportedOf(left, names) {
  const name = names.get(left.id) ?? left.id;
  return t(`nights.unreported-${left.kind}`, { task: name, course: name, end: moment(left.end) });
}

/**
 * A booking before and after the night.
 * @param {any} booking
 * @param {Names} names
 */
function changeOf({ before, after }, names) {
  const at = (
    /** @type {any} */ side,
  ) => (side
    ? `${moment(side.start)}, ${list(side.people.map((/** @type {string} */ it) => names.get(it) ?? it))}`
    : t("nights.not-planned"));
  const id = (after ?? before).id;
  return [h("strong", null, names.get(id) ?? id), `: ${at(before)} → ${at(after)}`];
}

// @ts-check
/** From pins to another plan: kept as a scenario, solved from this plan on, and what has changed. */

import { get, post, send } from "../../../api.js";
import { fill, h, refill } from "../../../dom.js";
import { money, number, t } from "../../../i18n.js";
import { confirmed } from "../../../parts/dialog.js";
import { icon } from "../../../parts/icons.js";
import { solving } from "../../../parts/solving.js";
import { complain } from "../../../parts/toast.js";
import { may } from "../../../session.js";
import { promote } from "../../whatif/promote.js";
import { named } from "../model/model.js";

/** @typedef {import("../model/pins.js").Pins} Pins */
/**
 * @typedef {object} Place
 * @property {any} rollout The rollout or scenario that the plan is of.
 * @property {any} plan
 * @property {Pins} pins
 * @property {AbortSignal} signal
 */

const TIMES = [10, 30, 60, 300];

/** The bar below the timeline: how many changes, solve again, discard. @param {Place} place */
export function changesBar(place) {
  const { pins } = place;
  const bar = h("section", { class: "changes", "aria-label": t("plan.changes-title"), hidden: true });
  const draw = () => {
    bar.hidden = pins.count + pins.before.length + pins.after.length === 0;
    refill(bar, !bar.hidden && collected(place, bar));
  };
  pins.addEventListener("change", draw, { signal: place.signal });
  return bar;
}

/** @param {Place} place @param {HTMLElement} bar */
function collected(place, bar) {
  const { pins } = place;
  const time = h(
    "select",
    { "aria-label": t("plan.seconds") },
    TIMES.map((it) => h("option", { value: it, selected: it === 30 }, t("plan.for-seconds", { count: it }))),
  );
  const solve = h("button", { class: "primary" }, icon("play"), t("plan.solve-again"));
  solve.addEventListener("click", async () => {
    const broken = [...pins.changed.values()].reduce((sum, it) => sum + (it.breaks ?? 0), 0);
    if (broken > 0 && !(await isMeant(broken))) return;
    solve.disabled = true;
    void start(place, bar, Number(time.value)).catch((error) => {
      solve.disabled = false;
      complain(error);
    });
  });
  return h(
    "div",
    { class: "changes-row" },
    h("b", { role: "status" }, icon("pin"), pins.count > 0 ? t("plan.changes", { count: pins.count }) : t("moves.none")),
    h("ul", { class: "changes-list" }, [...pins.changed].map(([task, pin]) => change(pins, task, pin))),
    h(
      "div",
      { class: "row" },
      step("undo", pins.before.length, () => pins.undo()),
      step("redo", pins.after.length, () => pins.redo()),
      pins.count > 0 && [
        time,
        solve,
        h("button", { class: "quiet", onclick: () => pins.discard() }, t("plan.discard")),
      ],
    ),
  );
}

/** @param {"undo" | "redo"} name @param {number} steps @param {() => void} act */
const step = (name, steps, act) =>
  h("button", { class: "quiet", disabled: steps === 0, onclick: act }, icon(name), t(`moves.${name}`));

/** Whether to solve with pins that break rules as all else is booked now. @param {number} count */
const isMeant = (count) =>
  confirmed({ title: t("moves.breaks", { count }), text: t("moves.solve-breaks"), yes: t("plan.solve-again") });

/** @param {Pins} pins @param {number} task @param {import("../model/pins.js").Pin} pin */
function change(pins, task, { start, people, breaks = 0 }) {
  const { model } = pins;
  const to = [
    start === null ? "" : pins.words.moment(start),
    ...people.map((it) => named(model.people, it)),
  ].filter(Boolean);
  const name = named(model.tasks, task);
  return h(
    "li",
    null,
    breaks > 0 && h("span", { class: "change-breaks" }, icon("warning"), t("plan.breaks", { count: breaks })),
    h("span", null, `${name}: ${to.length > 0 ? to.join(", ") : t("plan.released")}`),
    h(
      "button",
      {
        class: "quiet icon-only",
        "aria-label": t("plan.forget", { name }),
        onclick: () => pins.forget(task),
      },
      icon("cross"),
    ),
  );
}

/** @param {Place} place @param {HTMLElement} bar @param {number} seconds */
async function start({ rollout, plan, pins, signal }, bar, seconds) {
  const scenario = await keep(rollout, pins);
  pins.areKept = true;
  const run = await post("v1/plans", { rollout: scenario.id, seconds, base: plan.id }, { once: true });
  const after = h("div", { class: "stack" });
  const progress = solving(run.id, {
    seconds,
    signal,
    ended: (state) => {
      if (state === "done" || state === "stopped") {
        void show(after, scenario, run.id, plan.id, pins).catch(complain);
      } else fill(after, h("button", { onclick: () => pins.dispatchEvent(new Event("change")) }, t("plan.back")));
    },
  });
  fill(bar, h("div", { class: "changes-solving" }, progress, after));
}

/** Keep the pins as a scenario; in a scenario they join its other edits. @param {any} rollout @param {Pins} pins */
async function keep(rollout, pins) {
  const edits = pins.edits();
  if (!rollout.scenario_of) {
    const names = [...pins.changed.keys()].map((it) => named(pins.model.tasks, it)).join(", ");
    const name = t("plan.scenario-name", { names }).slice(0, 200);
    return post("v1/scenarios", { rollout: rollout.id, name, edits }, { once: true });
  }
  const present = await get(`v1/scenarios/${rollout.id}`);
  const tasks = new Set(edits.map((it) => it.task));
  const others = present.edits.filter(
    (/** @type {any} */ it) => it.edit !== "pin" || !tasks.has(it.task),
  );
  const body = { edits: [...others, ...edits] };
  return (await send("PUT", `v1/scenarios/${rollout.id}`, { body })).value;
}

/** What has changed, and where to go from there. @param {HTMLElement} place @param {any} scenario @param {string} plan @param {string} before @param {Pins} pins */
async function show(place, scenario, plan, before, pins) {
  const found = await get(`v1/scenarios/${scenario.id}/comparison?base=${before}`);
  const { before: old, after: now } = found.total;
  const difference = now - old;
  const cost = found.terms.find((/** @type {any} */ it) => it.term === "cost");
  const spent = cost ? (cost.after ?? 0) - (cost.before ?? 0) : 0;
  const sign = (/** @type {number} */ it, /** @type {string} */ text) => (it > 0 ? `+${text}` : text);
  fill(
    place,
    h(
      "dl",
      { class: "figure-row" },
      h("div", null, h("dt", null, t("plan.total-change")), h("dd", null, sign(difference, number(difference, 0)))),
      h("div", null, h("dt", null, t("plan.cost-change")), h("dd", null, sign(spent, money(spent, pins.model.currency)))),
      h("div", null, h("dt", null, t("plan.bookings-change")), h("dd", null, number(found.bookings.length))),
      h("div", null, h("dt", null, t("plan.people-change")), h("dd", null, number(found.people.length))),
    ),
    h(
      "div",
      { class: "row" },
      h(
        "a",
        { class: "button primary", href: `rollouts/${scenario.rollout}/what-if/${scenario.id}` },
        t("plan.show-changes"),
      ),
      h("a", { class: "button", href: `rollouts/${scenario.id}/plan/${plan}` }, t("plan.show-new")),
      may("edit") && h("button", { onclick: () => void promote(scenario, before).catch(complain) }, t("plan.promote")),
      h("button", { class: "quiet", onclick: () => pins.discard() }, t("plan.keep-old")),
    ),
  );
}

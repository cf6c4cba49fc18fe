// @ts-check
/** Ways out of one open or late piece of work: looked for by the service, each a scenario by a click. */

import { follow, get, post, send } from "../../api.js";
import { fill, h } from "../../dom.js";
import { list, money, number, spoken, t } from "../../i18n.js";
import { badge } from "../../parts/badge.js";
import { icon } from "../../parts/icons.js";
import { complain } from "../../parts/toast.js";
import { go } from "../../router.js";
import { may } from "../../session.js";
import { Names } from "../changes/names.js";
import { describe } from "../changes/describe.js";

/** @typedef {import("../plan/model/troubles.js").Trouble} Trouble */
/** @typedef {{ plan: any, rollout: any, signal: AbortSignal }} Of */

const SECONDS = 60;
const NAMED = 4;

/**
 * A card that looks for ways out, or shows those that were found before.
 * @param {Trouble} trouble @param {Of} of
 */
export function waysOut(trouble, of) {
  const body = h("div", { class: "card-body" });
  const card = h(
    "section",
    { class: "card ways-out", tabindex: -1 },
    h("header", null, h("h2", null, t("ways_out.title")), h("span", { class: "soft" }, trouble.title)),
    body,
  );
  const path = `v1/plans/${of.plan.id}/repairs`;
  const begin = async () => {
    try {
      const known = (await get(`${path}?limit=200`, { signal: of.signal })).items.find(
        (/** @type {any} */ it) => same(it.about, trouble.work) && !["failed", "cancelled"].includes(it.state),
      );
      const asked = known ?? (await post(path, { ...trouble.work, seconds: SECONDS }, { once: true }));
      if (asked.state === "queued" || asked.state === "running") run(asked.id);
      else await found(asked.id);
    } catch (error) {
      complain(error);
    }
  };
  const run = (/** @type {string} */ id) => {
    const said = h("p", { role: "status" }, t("ways_out.queued"));
    const bar = h("progress", { max: SECONDS, value: 0, "aria-label": t("ways_out.looking") });
    const stop = h(
      "button",
      { onclick: () => { stop.disabled = true; send("DELETE", `${path}/${id}`).catch(complain); } },
      icon("stop"),
      t("ways_out.stop"),
    );
    fill(body, h("p", { class: "soft" }, t("ways_out.looking")), bar, said, stop);
    follow(
      `v1/plans/${id}/events`,
      {
        progress: ({ phase, seconds }) => {
          bar.value = seconds;
          said.textContent = phaseText(phase);
        },
        ended: () => void found(id).catch(complain),
      },
      of.signal,
    );
  };
  const found = async (/** @type {string} */ id) => {
    const answer = await get(`${path}/${id}?language=${spoken()}`, { signal: of.signal });
    if (!answer.found) {
      fill(body, h("p", null, t("ways_out.failed", { why: answer.failure ?? answer.state })));
      return;
    }
    const names = new Names(await get(`v1/rollouts/${of.rollout.id}/revisions/${of.plan.revision}`, { signal: of.signal }));
    fill(body, shown(answer.found, names, trouble, of));
  };
  void begin();
  return card;
}

/** @param {any} found @param {Names} names @param {Trouble} trouble @param {Of} of */
function shown(found, names, trouble, of) {
  const lead = h("p", null, t(`ways_out.state-${found.state}`));
  if (found.repairs.length === 0) return [lead, h("p", { class: "soft" }, t("ways_out.nothing"))];
  return [
    lead,
    h("ol", { class: "ways-list" }, found.repairs.map((/** @type {any} */ it) => way(it, names, trouble, of))),
    found.control && h("p", { class: "soft" }, t("ways_out.against", { seconds: found.seconds })),
  ];
}

/** @param {any} it @param {Names} names @param {Trouble} trouble @param {Of} of */
function way(it, names, trouble, of) {
  const edits = it.edits.map((/** @type {any} */ edit) => describe(edit, names));
  const kinds = it.kinds.length ? it.kinds : ["none"];
  const asked = [...new Set(it.ask.map((/** @type {any} */ who) => whom(who, names)))];
  return h(
    "li",
    null,
    h(
      "div",
      { class: "row" },
      kinds.map((/** @type {string} */ kind) => badge(t(`ways_out.kind-${kind}`), "plain")),
      h("strong", { class: "grow" }, edits.join("; ") || t("ways_out.no-edit")),
      edits.length > 0 && may("try") && !of.rollout.scenario_of && scenario(it, trouble, of),
    ),
    asked.length > 0 &&
      h("p", { class: "soft" }, t("ways_out.ask", { whom: list(asked) }), " · ", t(it.least ? "ways_out.least" : "ways_out.not-least")),
    h("p", null, outcome(it.after, names)),
  );
}

/** What the rollout solved again with it came to. @param {any} after @param {Names} names */
function outcome(after, names) {
  if (!after) return t("ways_out.no-plan");
  const done = t(after.done ? "ways_out.done" : "ways_out.not-done");
  const by = after.against_control;
  if (!by) return done;
  const notified = after.people.slice(0, NAMED).map((/** @type {string} */ id) => names.of("people", id));
  if (after.people.length > NAMED) notified.push(t("ways_out.people-more", { count: after.people.length - NAMED }));
  const figures = t("ways_out.figures", {
    open: signed(by.open),
    late: signed(by.late),
    cost: signed(by.cost, (it) => money(it, names.currency)),
    total: signed(by.total),
    people: after.people.length,
  });
  return `${done}: ${figures}${notified.length ? ` (${notified.join(", ")})` : ""}`;
}

/** One click makes it a scenario. @param {any} it @param {Trouble} trouble @param {Of} of */
function scenario(it, trouble, of) {
  const button = h(
    "button",
    {
      onclick: async () => {
        button.disabled = true;
        try {
          const name = t("ways_out.scenario-name", { work: trouble.title }).slice(0, 200);
          const made = await post("v1/scenarios", { rollout: of.rollout.id, name, edits: it.edits }, { once: true });
          go(`rollouts/${of.rollout.id}/what-if/${made.id}`);
        } catch (error) {
          complain(error);
          button.disabled = false;
        }
      },
    },
    icon("plus"),
    t("ways_out.make-scenario"),
  );
  return button;
}

/** @type {Record<string, import("../changes/names.js").Part>} */
const PARTS = { project: "projects", person: "people", manager: "people", department: "departments", vendor: "vendors", site: "sites" };

/** @param {{ role: string, id: string }} who @param {Names} names */
const whom = ({ role, id }, names) => t(`ways_out.role-${role}`, { id: PARTS[role] ? names.of(PARTS[role], id) : id });

/** What it is at: `solve:2:5`. @param {string | null} phase */
function phaseText(phase) {
  const [name, done, count] = (phase ?? "").split(":");
  return t(`ways_out.phase-${name}`, name === "search" ? { count: Number(done) } : { done: Number(done), count: Number(count) });
}

/** @param {number} value @param {(value: number) => string} [form] */
function signed(value, form = (it) => number(it, 0)) {
  const text = form(Math.abs(value));
  return Math.abs(value) < 0.5 ? form(0) : `${value > 0 ? "+" : "−"}${text}`;
}

/** @param {Record<string, unknown>} about @param {Record<string, unknown>} work */
const same = (about, work) => {
  const names = ["work", "audience", "department", "day"];
  return names.every((it) => (about[it] ?? "") === (work[it] ?? ""));
};

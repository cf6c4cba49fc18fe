// @ts-check
/** One rollout: where it stands on the way from a document to a published plan, and what comes next. */

import { all, download, get, send, XLSX } from "../../api.js";
import { h } from "../../dom.js";
import { ago, day, number, t, when } from "../../i18n.js";
import { confirmed } from "../../parts/dialog.js";
import { head } from "../../parts/head.js";
import { icon } from "../../parts/icons.js";
import { menuButton } from "../../parts/menu.js";
import { moreButton } from "../../parts/more.js";
import { table } from "../../parts/table.js";
import { complain, toast } from "../../parts/toast.js";
import { go } from "../../router.js";
import { may } from "../../session.js";
import { replaceFromFile } from "./replace.js";
import { askForPlan } from "../runs/ask.js";
import { isUnfinished, planBadge } from "../runs/state.js";

/** @type {import("../../router.js").Show} */
export async function show(place, { rollout: id }, context) {
  context.title(t("rollouts.overview"));
  const { signal, rollout } = context;
  const log = `v1/rollouts/${id}/audit?limit=8`;
  const [document_, plans, found, scenarios, history] = await Promise.all([
    send("GET", `v1/rollouts/${id}`, { signal }),
    get(`v1/plans?rollout=${id}&limit=6`, { signal }),
    get(`v1/plans?rollout=${id}&planned=true&limit=1`, { signal }),
    all(`v1/scenarios?rollout=${id}`, { signal }),
    get(log, { signal }),
  ]);
  const tree = document_.value;
  const ended = found.items[0];
  const approvals = ended ? await get(`v1/plans/${ended.id}/approvals`, { signal }).catch(() => []) : [];
  const plan = () => void askForPlan(id, tree);
  const running = plans.items.find(isUnfinished);
  place.append(
    head({
      title: rollout.name,
      lead: [
        t("rollouts.span", { from: day(tree.start), to: day(tree.end) }),
        " · ",
        t("frame.revision", { number: rollout.revision }),
        ", ",
        h("time", { datetime: rollout.changed_at, title: when(rollout.changed_at) }, ago(rollout.changed_at)),
      ],
      actions: [
        more(rollout, document_.etag, ended),
        may("try") &&
        (running
          ? h(
            "a",
            { class: "button primary", href: `rollouts/${id}/plan/${running.id}/run` },
            icon("clock"),
            t("rollouts.watch"),
          )
          : h(
            "button",
            { class: ended ? "" : "primary", onclick: plan },
            icon("play"),
            t(ended ? "rollouts.plan-again" : "rollouts.plan"),
          )),
      ],
    }),
    h(
      "div",
      { class: "overview" },
      h(
        "div",
        { class: "sections" },
        journey({
          id,
          tree,
          rollout,
          ended,
          running,
          scenarios,
          approvals,
          plan,
        }),
        latestPlans(id, plans.items),
      ),
      h("div", { class: "sections" }, contents(id, tree), happened(log, history, signal)),
    ),
  );
}

/**
 * The steps of the coordinator's way, each with where it stands and what can be done.
 * @param {any} found
 */
function journey({ id, tree, rollout, ended, running, scenarios, approvals, plan }) {
  const given = approvals.filter((/** @type {any} */ it) => it.word === "granted").length;
  const refused = approvals.filter((/** @type {any} */ it) => it.word === "refused").length;
  const isCurrent = ended?.revision >= rollout.content;
  const link = (/** @type {string} */ path, /** @type {string} */ key, kind = "") =>
    h("a", { class: ["button", kind], href: `rollouts/${id}/${path}` }, t(`rollouts.${key}`));
  /** @type {[string, "done" | "now" | "later", import("../../dom.js").Child, any][]} */
  const steps = [
    [
      "data",
      "done",
      t("rollouts.step-data-text", {
        people: (tree.people ?? []).length,
        tasks: (tree.tasks ?? []).length,
        courses: (tree.courses ?? []).length,
      }),
      link("data", "step-data-do"),
    ],
    [
      "plan",
      ended && isCurrent ? "done" : "now",
      running
        ? t("rollouts.step-plan-running")
        : ended
        ? (isCurrent
          ? t("rollouts.step-plan-done", { ago: ago(ended.ended_at) })
          : t("rollouts.step-plan-old", { before: ended.revision, now: rollout.revision }))
        : t("rollouts.step-plan-text"),
      running ? link(`plan/${running.id}/run`, "watch") : may("try") &&
        h(
          "button",
          { class: ended && isCurrent ? "" : "primary", onclick: plan },
          t(ended ? "rollouts.plan-again" : "rollouts.plan"),
        ),
    ],
    [
      "look",
      ended ? "now" : "later",
      ended
        ? [planBadge(ended), h("span", null, t("rollouts.step-look-done", { total: number(ended.best, 0) }))]
        : t("rollouts.step-look-text"),
      ended &&
      [
        link(`plan/${ended.id}`, "step-look-do", isCurrent ? "primary" : ""),
        link(`plan/${ended.id}/open`, "step-open-do"),
      ],
    ],
    [
      "try",
      ended ? "now" : "later",
      scenarios.length
        ? t("rollouts.step-try-some", { count: scenarios.length })
        : t("rollouts.step-try-text"),
      ended && link("what-if", "step-try-do"),
    ],
    [
      "approve",
      approvals.length && given === approvals.length ? "done" : ended ? "now" : "later",
      !approvals.length
        ? t("rollouts.step-approve-text")
        : refused
        ? t("rollouts.step-approve-refused", { given, all: approvals.length, refused })
        : t("rollouts.step-approve-some", { given, all: approvals.length }),
      ended && approvals.length > 0 && link(`plan/${ended.id}/approve`, "step-approve-do"),
    ],
    [
      "publish",
      rollout.published ? "done" : ended ? "now" : "later",
      rollout.published ? t("rollouts.step-publish-done") : t("rollouts.step-publish-text"),
      ended && may("edit") &&
      [
        link(`plan/${ended.id}/publish`, rollout.published ? "step-publish-again" : "step-publish-do"),
        rollout.published && link("progress", "step-publish-after"),
      ],
    ],
  ];
  const first = steps.findIndex(([, state]) => state === "now");
  return h(
    "section",
    { class: "card journey" },
    h("h2", null, t("rollouts.way")),
    h(
      "ol",
      null,
      steps.map(([key, state, text, actions], at) =>
        h(
          "li",
          { class: [state, at === first && "next"] },
          h(
            "span",
            { class: "step-mark", "aria-hidden": "true" },
            state === "done" ? icon("check") : String(at + 1),
          ),
          h(
            "div",
            { class: "grow" },
            h(
              "h3",
              null,
              t(`rollouts.step-${key}`),
              h("span", { class: "hidden-text" }, `: ${t(`rollouts.is-${state}`)}`),
            ),
            h("div", { class: "soft step-text" }, text),
          ),
          h("div", { class: "row" }, actions),
        )
      ),
    ),
  );
}

/**
 * @param {string} id
 * @param {any[]} plans
 */
const latestPlans = (id, plans) =>
  plans.length > 0 &&
  h(
    "section",
    { class: "card" },
    h(
      "header",
      null,
      h("h2", null, t("rollouts.latest-plans")),
      h("a", { href: `rollouts/${id}/runs` }, t("rollouts.all-plans")),
    ),
    table({
      label: t("rollouts.latest-plans"),
      rows: plans,
      href: (it) => `rollouts/${id}/plan/${it.id}${it.result ? "" : "/run"}`,
      columns: [
        { text: t("runs.asked"), cell: (it) => [when(it.created_at), it.kind === "nightly" && h("small", { class: "soft block" }, t("runs.night"))] },
        { text: t("runs.state"), cell: (it) => planBadge(it) },
        { text: t("runs.total"), cell: (it) => (it.best === null ? "" : number(it.best, 0)), number: true },
        { text: t("rollouts.revision"), cell: (it) => it.revision, number: true, classes: "roomy" },
        { text: t("runs.by"), cell: (it) => it.created_by, classes: "roomy" },
      ],
    }),
  );

const COUNTED = /** @type {const} */ ([
  "people",
  "tasks",
  "courses",
  "audiences",
  "departments",
  "rooms",
  "waves",
  "support",
]);

/**
 * @param {string} id
 * @param {any} tree
 */
const contents = (id, tree) =>
  h(
    "section",
    { class: "card" },
    h("h2", null, t("rollouts.contents")),
    h(
      "dl",
      { class: "contents" },
      COUNTED.filter((it) => tree[it]?.length).map((it) =>
        h(
          "div",
          null,
          h(
            "dt",
            null,
            h(
              "a",
              { href: `rollouts/${id}/data${it === "waves" || it === "support" ? "" : `/${it}`}` },
              t(`rollouts.count-${it}`),
            ),
          ),
          h("dd", { class: "figures" }, number(tree[it].length)),
        )
      ),
    ),
  );

/**
 * @param {string} path where the page was read
 * @param {any} page
 * @param {AbortSignal} signal
 */
function happened(path, page, signal) {
  const list = h("ol", { class: "history" }, page.items.map(entry));
  const add = (/** @type {any[]} */ items) => list.append(...items.map(entry));
  return h(
    "section",
    { class: "card" },
    h("h2", null, t("rollouts.history")),
    list,
    moreButton(path, page, add, signal),
  );
}

/** @param {any} it */
const entry = (it) =>
  h(
    "li",
    null,
    h(
      "span",
      { class: "grow" },
      h("strong", null, it.who),
      " ",
      t(`rollouts.did-${ACTIONS.includes(it.action) ? it.action.replaceAll(" ", "-") : "other"}`, {
        action: it.action,
      }),
    ),
    h("time", { class: "soft small", datetime: it.at, title: when(it.at) }, ago(it.at)),
  );

/** What the audit log calls things that are done to rollouts. */
const ACTIONS = ["create", "save", "publish", "plan every night", "plan no more every night", "make a calendar link", "revoke a calendar link"];

/**
 * @param {any} rollout
 * @param {string | null} etag
 * @param {any} plan the latest with a result
 */
function more(rollout, etag, plan) {
  const file = (/** @type {string} */ accept, /** @type {string} */ ending) => () =>
    void download(`v1/rollouts/${rollout.id}`, { accept, name: `${rollout.name}.${ending}` }).catch(complain);
  return menuButton({
    label: t("rollouts.download"),
    content: [icon("download"), t("rollouts.download"), icon("down")],
    items: () => [
      { heading: t("rollouts.the-rollout") },
      { text: t("rollouts.as-workbook"), icon: "data", act: file(XLSX, "xlsx") },
      { text: t("rollouts.as-yaml"), icon: "file", act: file("application/yaml", "yaml") },
      { text: t("rollouts.as-json"), icon: "file", act: file("application/json", "json") },
      plan ? { heading: t("rollouts.latest-plan") } : null,
      plan
        ? {
          text: t("rollouts.as-workbook"),
          icon: "data",
          act: () =>
            void download(`v1/plans/${plan.id}/result`, { accept: XLSX, name: `${rollout.name} plan.xlsx` })
              .catch(complain),
        }
        : null,
      may("edit") ? { separator: true } : null,
      may("edit") && !rollout.scenario_of
        ? { text: t("replace.from-file"), icon: "upload", act: () => replaceFromFile(rollout) }
        : null,
      may("edit")
        ? { text: t("rollouts.remove"), icon: "trash", danger: true, act: () => void remove(rollout, etag) }
        : null,
    ],
  });
}

/**
 * @param {any} rollout
 * @param {string | null} etag
 */
async function remove(rollout, etag) {
  const meant = await confirmed({
    title: t("rollouts.remove-really", { name: rollout.name }),
    text: t("rollouts.remove-text"),
    yes: t("rollouts.remove"),
    danger: true,
  });
  if (!meant) return;
  try {
    await send("DELETE", `v1/rollouts/${rollout.id}`, { match: etag ?? "*" });
    toast(t("rollouts.removed", { name: rollout.name }));
    go("rollouts");
  } catch (error) {
    complain(error);
  }
}

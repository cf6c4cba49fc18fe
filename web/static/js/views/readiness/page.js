// @ts-check
/** How ready each go-live is: lights, how much of what is done, and what to do next, in one list. */

import { get } from "../../api.js";
import { h } from "../../dom.js";
import { day, money, number, t } from "../../i18n.js";
import { badge } from "../../parts/badge.js";
import { head } from "../../parts/head.js";
import { icon } from "../../parts/icons.js";
import { may } from "../../session.js";

/** @type {Record<string, "good" | "warning" | "bad" | "plain">} */
const LIGHTS = { green: "good", yellow: "warning", red: "bad", none: "plain" };

/** So much is named at first. */
const NAMED = 15;

/** @type {import("../../router.js").Show} */
export async function show(place, params, context) {
  const rollout = params.rollout ?? params.of;
  context.title(t("readiness.title"));
  const found = await get(`v1/rollouts/${encodeURIComponent(rollout)}/readiness`, { signal: context.signal });
  const whole = found.go_lives.filter((/** @type {any} */ it) => it.department === null);
  const shown = whole.length > 0 ? whole : found.go_lives;
  const parts = (/** @type {any} */ it) => found.go_lives.filter((/** @type {any} */ one) => it.department === null && one.wave === it.wave && one.department !== null);
  place.append(
    head({
      title: t("readiness.title"),
      lead: t("readiness.lead", { name: found.name, day: day(found.as_of) }),
      actions: found.answers > 0 && h("a", { class: "button", href: `rollouts/${rollout}/answers` }, icon("people"), t("readiness.answers", { count: found.answers })),
    }),
    h(
      "div",
      { class: "sections" },
      !found.published && h("div", { class: "notice" }, icon("info"), h("p", null, t("readiness.unpublished"))),
      shown.length === 0 && h("p", { class: "soft" }, t("readiness.none")),
      shown.map((/** @type {any} */ it) => goLive(it, parts(it), found, rollout)),
      h("details", null, h("summary", null, t("readiness.thresholds")), h("ul", { class: "bullets soft" }, ["trained", "seats", "tasks", "support", "green_lights", "budget"].map((it) => h("li", null, t(`readiness.when-${it.replace("_", "-")}`))))),
    ),
  );
}

/** @param {any} it @param {any[]} parts its departments @param {any} found @param {string} rollout */
function goLive(it, parts, found, rollout) {
  const name = it.department === null ? it.name : `${it.name}: ${found.names.departments[it.department] ?? it.department}`;
  const left = it.days_left >= 0 ? t("readiness.left", { count: it.days_left }) : t("readiness.ago", { count: -it.days_left });
  return h(
    "section",
    { class: "card" },
    h("header", null, h("h2", null, name), h("span", { class: "soft" }, `${day(it.go_live)} · ${left}`), light(it.light)),
    h(
      "div",
      { class: "card-body stack" },
      checks(it.checks, found, rollout),
      todo(it.next, found, rollout),
      parts.length > 1 && h("details", null, h("summary", null, t("readiness.departments")), parts.map((one) => department(one, found, rollout))),
    ),
  );
}

/** @param {any} it @param {any} found @param {string} rollout */
const department = (it, found, rollout) =>
  h(
    "div",
    { class: "stack first" },
    h("h3", { class: "row" }, found.names.departments[it.department] ?? it.department, light(it.light)),
    checks(it.checks, found, rollout),
  );

/** @param {string} it */
const light = (it) => badge(t(`readiness.light-${it}`), LIGHTS[it]);

/** @param {any[]} found @param {any} whole @param {string} rollout */
const checks = (found, whole, rollout) =>
  h(
    "dl",
    { class: "figure-row" },
    found.filter((it) => it.light !== "none").map((it) => {
      const said = it.what === "budget" ? t("readiness.of", { done: money(it.done / 100, whole.currency), of: money(it.of / 100, whole.currency) }) : t("readiness.of", { done: number(it.done), of: number(it.of) });
      const target = leads(it.what, whole, rollout);
      return h("div", null, h("dt", null, t(`readiness.what-${it.what.replace("_", "-")}`)), h("dd", { class: "stack" }, target ? h("a", { href: target }, said) : said, light(it.light)));
    }),
  );

/** Where a number leads, for who may go there. @param {string} what @param {any} found @param {string} rollout */
function leads(what, found, rollout) {
  if (!may("read")) return what === "green_lights" ? "approvals" : null;
  switch (what) {
    case "trained":
      return `rollouts/${rollout}/progress`;
    case "green_lights":
      return found.published && `rollouts/${rollout}/plan/${found.published}/approve`;
    case "budget":
      return `rollouts/${rollout}`;
    default:
      return found.published && `rollouts/${rollout}/plan/${found.published}/open`;
  }
}

/** @param {any[]} found @param {any} whole @param {string} rollout */
function todo(found, whole, rollout) {
  if (found.length === 0) return h("p", { class: "soft" }, t("readiness.nothing"));
  const { names } = whole;
  const line = (/** @type {any} */ it) => {
    const name = names.tasks[it.id] ?? names.courses[it.id] ?? names.support[it.id] ?? names.departments[it.id] ?? it.id;
    const where = it.department && it.department !== it.id ? names.departments[it.department] ?? it.department : null;
    const text = t(`readiness.next-${it.why.replace(" ", "-")}`, { name, count: it.count });
    const target = leads(it.what, whole, rollout);
    return h("li", null, h("span", { class: "grow" }, target ? h("a", { href: target }, text) : text, where && h("span", { class: "soft" }, ` · ${where}`)), it.by && h("span", { class: "soft number" }, t("readiness.by", { day: day(it.by) })));
  };
  return [
    h("h3", null, t("readiness.next")),
    h("ul", { class: "named-list" }, found.slice(0, NAMED).map(line)),
    found.length > NAMED && h("details", null, h("summary", null, t("readiness.more", { count: found.length - NAMED })), h("ul", { class: "named-list" }, found.slice(NAMED).map(line))),
  ];
}

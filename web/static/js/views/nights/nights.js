// @ts-check
/** Planning again every night: how, and what came of the nights so far. */

import { get, send } from "../../api.js";
import { h } from "../../dom.js";
import { percent, t, when } from "../../i18n.js";
import { badge } from "../../parts/badge.js";
import { confirmed } from "../../parts/dialog.js";
import { field, input, select, tick } from "../../parts/field.js";
import { head } from "../../parts/head.js";
import { icon } from "../../parts/icons.js";
import { moreButton } from "../../parts/more.js";
import { complain, toast } from "../../parts/toast.js";
import { again, go } from "../../router.js";
import { may } from "../../session.js";
import { digest, namesOf } from "./digest.js";

/** @type {import("../../router.js").Show} */
export async function show(place, { rollout: id }, context) {
  context.title(t("nights.title"));
  const { signal, rollout } = context;
  const path = `v1/rollouts/${id}/digests?limit=30`;
  const [nightly, digests, tree] = await Promise.all([
    get(`v1/rollouts/${id}/nightly`, { signal }).catch((error) => {
      if (error.status === 404) return null;
      throw error;
    }),
    get(path, { signal }),
    get(`v1/rollouts/${id}`, { signal }),
  ]);
  const names = namesOf(tree);
  const [latest, ...earlier] = digests.items;
  const nights = h("div", { class: "sections" }, latest && digest(id, latest, names, true));
  const add = (/** @type {any[]} */ items) => nights.append(...items.map((it) => digest(id, it, names, false)));
  add(earlier);
  place.append(
    head({
      title: t("nights.title"),
      lead: nightly ? t("nights.next", { when: when(nightly.next_at) }) : t("nights.off"),
      actions: may("edit") && nightly && rollout.published &&
        h("button", { onclick: () => void runNow(id) }, icon("play"), t("nights.run-now")),
    }),
    h(
      "div",
      { class: "sections" },
      !rollout.published &&
        h("div", { class: "notice" }, icon("info"), h("span", null, t("nights.publish-first"))),
      settings(id, nightly),
      latest ? nights : nightly && h("p", { class: "soft" }, t("nights.none-yet")),
      moreButton(path, digests, add, signal),
    ),
  );
}

/** @param {string} id */
async function runNow(id) {
  try {
    const plan = (await send("POST", `v1/rollouts/${id}/nightly/run`, { once: true })).value;
    go(`rollouts/${id}/plan/${plan.id}/run`);
  } catch (error) {
    complain(error);
  }
}

/**
 * @param {string} id
 * @param {any} nightly
 */
function settings(id, nightly) {
  const set = nightly ??
    {
      at: "02:00",
      seconds: 60,
      frozen_days: 2,
      most_people: 20,
      least_gain: 0.01,
      publish: false,
      priority: 3,
      workers: 2,
    };
  const off = !may("edit");
  const controls = {
    at: input({ type: "time", value: set.at, required: true, disabled: off }),
    seconds: input({
      type: "number",
      min: "1",
      max: "3600",
      value: String(set.seconds),
      required: true,
      disabled: off,
    }),
    frozen_days: input({
      type: "number",
      min: "0",
      max: "366",
      value: String(set.frozen_days),
      required: true,
      disabled: off,
    }),
    most_people: input({
      type: "number",
      min: "0",
      value: String(set.most_people),
      required: true,
      disabled: off,
    }),
    least_gain: input({
      type: "number",
      min: "0",
      max: "100",
      step: "0.1",
      value: String(100 * set.least_gain),
      required: true,
      disabled: off,
    }),
    priority: select([1, 2, 3, 4, 5].map((it) => ({ value: String(it), text: t(`nights.priority-${it}`) })), {
      value: String(set.priority),
      disabled: off,
    }),
  };
  const publish = tick(t("nights.publish"), { checked: set.publish, disabled: off });
  const form = h(
    "form",
    {
      class: "card",
      onsubmit: async (/** @type {Event} */ event) => {
        event.preventDefault();
        try {
          await send("PUT", `v1/rollouts/${id}/nightly`, {
            body: {
              at: controls.at.value.slice(0, 5),
              seconds: Number(controls.seconds.value),
              workers: set.workers,
              frozen_days: Number(controls.frozen_days.value),
              most_people: Number(controls.most_people.value),
              least_gain: Number(controls.least_gain.value) / 100,
              publish: /** @type {HTMLInputElement} */ (publish.querySelector("input")).checked,
              priority: Number(controls.priority.value),
            },
          });
          toast(t("nights.saved"));
          again();
        } catch (error) {
          complain(error);
        }
      },
    },
    h(
      "header",
      null,
      h("h2", null, t("nights.settings")),
      nightly ? badge(t("nights.is-on"), "good") : badge(t("nights.is-off")),
    ),
    h(
      "div",
      { class: "card-body stack" },
      h(
        "div",
        { class: "fields" },
        field({ label: t("nights.at"), control: controls.at, hint: t("nights.at-hint") }),
        field({ label: t("nights.seconds"), control: controls.seconds, unit: t("runs.seconds") }),
        field({
          label: t("nights.frozen-days"),
          control: controls.frozen_days,
          unit: t("nights.days"),
          hint: t("nights.frozen-days-hint"),
        }),
        field({
          label: t("nights.least-gain"),
          control: controls.least_gain,
          unit: "%",
          hint: t("nights.least-gain-hint"),
        }),
        field({
          label: t("nights.most-people"),
          control: controls.most_people,
          hint: t("nights.most-people-hint"),
        }),
        field({ label: t("nights.priority"), control: controls.priority }),
      ),
      publish,
      may("edit") &&
        h(
          "div",
          { class: "row" },
          h("button", { class: "primary", type: "submit" }, t(nightly ? "dialog.save" : "nights.turn-on")),
          nightly &&
            h(
              "button",
              { class: "quiet", type: "button", onclick: () => void drop(id) },
              t("nights.turn-off"),
            ),
        ),
    ),
  );
  if (!nightly) return form;
  const holder = h(
    "details",
    { class: "settings" },
    h(
      "summary",
      null,
      t("nights.summary", {
        at: set.at,
        days: set.frozen_days,
        people: set.most_people,
        gain: percent(set.least_gain),
      }),
    ),
    form,
  );
  return holder;
}

/** @param {string} id */
async function drop(id) {
  if (
    !(await confirmed({
      title: t("nights.turn-off-really"),
      text: t("nights.turn-off-text"),
      yes: t("nights.turn-off"),
    }))
  ) return;
  try {
    await send("DELETE", `v1/rollouts/${id}/nightly`);
    again();
  } catch (error) {
    complain(error);
  }
}

// @ts-check
/** All plans of a rollout, with how far those are that are being made. */

import { follow, get } from "../../api.js";
import { h } from "../../dom.js";
import { duration, number, t, when } from "../../i18n.js";
import { empty } from "../../parts/empty.js";
import { head } from "../../parts/head.js";
import { icon } from "../../parts/icons.js";
import { table } from "../../parts/table.js";
import { may } from "../../session.js";
import { askForPlan } from "./ask.js";
import { gapText, isUnfinished, planBadge } from "./state.js";

/** @type {import("../../router.js").Show} */
export async function show(place, { rollout }, context) {
  context.title(t("runs.title"));
  const { signal } = context;
  const [page, tree] = await Promise.all([
    get(`v1/plans?rollout=${rollout}&limit=100`, { signal }),
    may("try") ? get(`v1/rollouts/${rollout}`, { signal }) : null,
  ]);
  let { items, next } = page;
  const ask = h(
    "button",
    { class: "primary", onclick: () => void askForPlan(rollout, tree) },
    icon("play"),
    t("rollouts.plan"),
  );
  if (!items.length) {
    place.append(
      empty({ title: t("runs.empty"), text: t("runs.empty-text"), icon: "runs", action: may("try") && ask }),
    );
    return;
  }
  const holder = h("div", { class: "card" });
  place.append(head({ title: t("runs.title"), lead: t("runs.lead"), actions: may("try") && ask }), holder);
  const draw = () => {
    const hadFocus = /** @type {HTMLAnchorElement | null} */ (document.activeElement)?.closest?.(".row-link")
      ?.getAttribute("href");
    holder.replaceChildren(listOf(rollout, context.rollout, items));
    if (next) {
      holder.append(h("button", { class: "quiet more", onclick: () => void more() }, t("rollouts.more")));
    }
    if (hadFocus) /** @type {HTMLElement | null} */ (holder.querySelector(`[href="${hadFocus}"]`))?.focus();
  };
  const more = async () => {
    const following = await get(`v1/plans?rollout=${rollout}&limit=100&after=${encodeURIComponent(next)}`, {
      signal,
    });
    items = [...items, ...following.items];
    next = following.next;
    draw();
  };
  const renew = async (/** @type {string} */ id) => {
    const found = await get(`v1/plans/${id}`, { signal });
    items = items.map((/** @type {any} */ it) => (it.id === id ? found : it));
    draw();
  };
  draw();
  for (const plan of items.filter(isUnfinished)) {
    const change = (/** @type {any} */ step) => {
      items = items.map((
        /** @type {any} */ it,
      ) => (it.id === plan.id ? { ...it, ...step, state: "running" } : it));
      draw();
    };
    follow(`v1/plans/${plan.id}/events`, {
      progress: change,
      ended: () => void renew(plan.id).catch(() => {}),
    }, signal);
  }
}

/**
 * @param {string} id
 * @param {any} rollout
 * @param {any[]} items
 */
const listOf = (id, rollout, items) =>
  table({
    label: t("runs.title"),
    rows: items,
    href: (it) => `rollouts/${id}/plan/${it.id}${it.result ? "" : "/run"}`,
    columns: [
      {
        text: t("runs.asked"),
        cell: (
          it,
        ) => [
          when(it.created_at),
          it.kind === "nightly" && h("small", { class: "soft block" }, t("runs.night")),
          rollout.published === it.id &&
          h("span", { class: "published-mark" }, icon("publish"), t("rollouts.published")),
        ],
        sort: (it) => it.created_at,
      },
      {
        text: t("runs.state"),
        cell: (it) => (isUnfinished(it) ? underWay(it) : planBadge(it)),
        sort: (it) => it.state,
      },
      {
        text: t("runs.total"),
        cell: (it) => (it.best === null ? "" : number(it.best, 0)),
        sort: (it) => it.best,
        number: true,
      },
      {
        text: t("runs.gap"),
        cell: (it) => (it.gap === null ? "" : gapText(it.gap)),
        sort: (it) => it.gap,
        number: true,
        classes: "roomy",
      },
      {
        text: t("runs.took"),
        cell: (it) => (it.seconds === null ? "" : duration(it.seconds)),
        sort: (it) => it.seconds,
        number: true,
        classes: "roomy",
      },
      {
        text: t("runs.preset"),
        cell: (it) => (it.preset ? t(`runs.preset-${it.preset}`) : ""),
        sort: (it) => it.preset,
        classes: "roomy",
      },
      {
        text: t("rollouts.revision"),
        cell: (it) => it.revision,
        sort: (it) => it.revision,
        number: true,
        classes: "roomy",
      },
      { text: t("runs.by"), cell: (it) => it.created_by, sort: (it) => it.created_by, classes: "roomy" },
    ],
  });

/** @param {any} plan */
const underWay = (plan) =>
  plan.state === "queued" ? planBadge(plan) : h(
    "span",
    { class: "under-way" },
    h("progress", { max: plan.limit, value: plan.seconds ?? 0, "aria-label": t("runs.time") }),
    h(
      "small",
      { class: "soft" },
      t("runs.time-of", { time: duration(Math.round(plan.seconds ?? 0)), limit: duration(plan.limit) }),
    ),
  );

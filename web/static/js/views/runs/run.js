// @ts-check
/** A plan while it is made: its best total and the bound over time, to be stopped or given up. */

import { follow, get, send } from "../../api.js";
import { fill, h } from "../../dom.js";
import { duration, number, t, when } from "../../i18n.js";
import { confirmed } from "../../parts/dialog.js";
import { empty } from "../../parts/empty.js";
import { head } from "../../parts/head.js";
import { icon } from "../../parts/icons.js";
import { progressChart } from "../../parts/progress-chart.js";
import { complain, toast } from "../../parts/toast.js";
import { go } from "../../router.js";
import { may } from "../../session.js";
import { gapText, isUnfinished, planBadge } from "./state.js";

/** @type {import("../../router.js").Show} */
export function show(place, { rollout, plan: id }, context) {
  context.title(t("runs.run"));
  const { signal } = context;
  let plan = context.plan;
  const chart = progressChart({ limit: plan.limit });
  const place_ = `rollouts/${rollout}/plan/${id}`;
  const header = h("div", null);
  const figures = h("dl", { class: "figure-row run-figures" });
  const bar = h("progress", { max: plan.limit, "aria-label": t("runs.time") });
  const said = h("p", { class: "hidden-text", role: "status" });
  const below = h("div", null);
  const wasRunning = isUnfinished(plan);
  /** @type {{seconds: number, best: number | null, bound: number | null, gap: number | null, phase: string | null}} */
  let last = {
    seconds: plan.seconds ?? 0,
    best: plan.best,
    bound: plan.bound,
    gap: plan.gap,
    phase: plan.phase,
  };
  let begun = plan.started_at ? Date.parse(plan.started_at) : 0;

  const cancel = h("button", { class: "quiet", onclick: () => void giveUp() }, icon("cross"), t("runs.cancel"));
  const stop = h(
    "button",
    { class: "primary", onclick: () => void end("DELETE", `v1/plans/${id}`) },
    icon("stop"),
    t("runs.stop"),
  );
  /** Drawn anew when the run ends, and not before: whoever is at a button of it stays there. */
  const drawHead = (/** @type {boolean} */ unfinished) =>
    fill(
      header,
      head({
        title: t(unfinished ? "runs.run" : "runs.run-ended"),
        lead: [
          t("runs.asked-by", { who: plan.created_by, when: when(plan.created_at) }),
          " · ",
          t("frame.revision", { number: plan.revision }),
          plan.preset && ` · ${t(`runs.preset-${plan.preset}`)}`,
        ],
        actions: unfinished
          ? may("try") && [cancel, stop]
          : plan.result && h("a", { class: "button primary", href: place_ }, icon("plan"), t("runs.look")),
      }),
    );
  /** @type {boolean | null} */
  let headed = null;
  const draw = () => {
    const unfinished = isUnfinished(plan);
    cancel.disabled = plan.asked === "cancel";
    stop.disabled = plan.asked !== null || last.best === null;
    if (unfinished !== headed) drawHead(unfinished);
    headed = unfinished;
    const shown = (/** @type {string} */ key, /** @type {any} */ value) =>
      h("div", null, h("dt", null, t(`runs.${key}`)), h("dd", null, value));
    fill(
      figures,
      shown("state", planBadge(plan)),
      shown("best-total", last.best === null ? "–" : number(last.best, 0)),
      shown("bound", last.bound ? number(last.bound, 0) : "–"),
      shown("gap", last.gap === null || last.gap === undefined ? "–" : gapText(last.gap)),
      unfinished && last.phase && shown("phase", t(`runs.phase-${last.phase.replaceAll(" ", "-")}`)),
    );
    tick();
  };
  const tick = () => {
    const running = plan.state === "running" && begun;
    const seconds = running ? Math.max(last.seconds, (Date.now() - begun) / 1000) : last.seconds;
    bar.value = Math.min(plan.limit, seconds);
    chart.at(Math.min(seconds, plan.limit));
    clock.textContent = plan.state === "queued"
      ? t("runs.waiting")
      : t("runs.time-of", { time: duration(Math.round(seconds)), limit: duration(plan.limit) });
  };
  const clock = h("span", { class: "soft figures" });
  const end = async (/** @type {string} */ method, /** @type {string} */ path) => {
    try {
      plan = (await send(method, path)).value;
      draw();
    } catch (error) {
      complain(error);
    }
  };
  const giveUp = async () => {
    if (
      await confirmed({
        title: t("runs.cancel-really"),
        text: t("runs.cancel-text"),
        yes: t("runs.cancel"),
        danger: true,
      })
    ) await end("POST", `v1/plans/${id}/cancel`);
  };
  const ended = async () => {
    plan = await get(`v1/plans/${id}`, { signal });
    last = {
      seconds: plan.seconds ?? last.seconds,
      best: plan.best ?? last.best,
      bound: plan.bound ?? last.bound,
      gap: plan.gap ?? last.gap,
      phase: null,
    };
    draw();
    if (plan.result) {
      if (wasRunning) {
        toast(t("runs.ready"));
        go(place_, { replace: true });
      }
    } else {fill(
        below,
        plan.state === "failed"
          ? h("div", { class: "notice bad", role: "alert" }, icon("warning"), h("span", null, plan.failure))
          : empty({ title: t("runs.given-up"), icon: "cross" }),
      );}
  };
  place.append(
    header,
    h(
      "section",
      { class: "card run" },
      figures,
      h("div", { class: "run-time" }, bar, clock),
      chart.element,
      h(
        "div",
        { class: "row run-legend" },
        h("span", { class: "key best" }, t("runs.key-best")),
        h("span", { class: "key bound" }, t("runs.key-bound")),
        h("span", { class: "key between" }, t("runs.key-between")),
      ),
      said,
    ),
    below,
  );
  draw();
  const timer = setInterval(tick, 500);
  let shown = 0;
  follow(
    `v1/plans/${id}/events`,
    {
      started: (event) => {
        begun = Date.parse(event.at);
        if (isUnfinished(plan)) plan = { ...plan, state: "running" };
        draw();
      },
      progress: (step) => {
        last = step;
        chart.add(step);
        draw();
        if (step.best !== null && Date.now() - shown > 8000) {
          shown = Date.now();
          said.textContent = t("runs.chart-says", {
            best: number(step.best, 0),
            bound: number(step.bound ?? 0, 0),
          });
        }
      },
      requeued: () => {
        plan = { ...plan, state: "queued" };
        draw();
      },
      ended: () => void ended().catch(complain),
    },
    signal,
  );
  return () => {
    clearInterval(timer);
    chart.stop();
  };
}

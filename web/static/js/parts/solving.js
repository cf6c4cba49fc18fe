// @ts-check
/** A solve as it goes: the best total so far and the bound over time, what that means, and a way to stop. */

import { follow, send } from "../api.js";
import { fill, h } from "../dom.js";
import { duration, number, percent, t } from "../i18n.js";
import { icon } from "./icons.js";
import { progressChart } from "./progress-chart.js";
import { complain } from "./toast.js";

/** What a solve says of itself. @typedef {{ seconds: number, best: number | null, bound: number | null, gap: number | null }} Progress */

const HEIGHT = 132;

/**
 * Shows a plan that is being solved until it has ended.
 * @param {string} plan
 * @param {{ seconds: number, signal: AbortSignal, ended: (state: string) => void }} options `seconds` it may take
 */
export function solving(plan, { seconds, signal, ended }) {
  const chart = progressChart({ limit: seconds, height: HEIGHT });
  const said = h("p", { role: "status" }, t("solving.waiting"));
  const figures = h("dl", { class: "figure-row" });
  const bar = h("progress", { max: seconds, value: 0, "aria-label": t("solving.time") });
  const stop = h(
    "button",
    { onclick: () => void end("DELETE", `v1/plans/${plan}`) },
    icon("stop"),
    t("solving.stop"),
  );
  const cancel = h(
    "button",
    { class: "quiet", onclick: () => void end("POST", `v1/plans/${plan}/cancel`) },
    t("solving.cancel"),
  );
  /** @param {string} method @param {string} path */
  const end = async (method, path) => {
    stop.disabled = cancel.disabled = true;
    said.textContent = t("solving.stopping");
    await send(method, path).catch(complain);
  };
  /** @param {Progress} now */
  const progress = (now) => {
    chart.add(now);
    bar.value = now.seconds;
    said.textContent = t(now.best === null ? "solving.first" : "solving.improving");
    fill(figures, figuresOf(now));
  };
  follow(
    `v1/plans/${plan}/events`,
    {
      started: () => (said.textContent = t("solving.first")),
      progress,
      ended: ({ state }) => {
        chart.stop();
        stop.remove();
        cancel.remove();
        bar.remove();
        said.textContent = t(`solving.ended-${state}`);
        ended(state);
      },
    },
    signal,
  );
  signal.addEventListener("abort", () => chart.stop());
  return h(
    "section",
    { class: "solving", "aria-label": t("solving.title") },
    said,
    h("div", { class: "solving-chart" }, chart.element),
    bar,
    figures,
    h("div", { class: "row" }, stop, cancel),
  );
}

/** @param {Progress} now */
function figuresOf({ seconds, best, bound, gap }) {
  /** @param {string} name @param {string} value */
  const one = (name, value) => h("div", null, h("dt", null, name), h("dd", null, value));
  return [
    one(t("solving.time"), duration(seconds)),
    best !== null && one(t("solving.best"), number(best, 0)),
    bound !== null && bound > 0 && one(t("solving.bound"), number(bound, 0)),
    gap !== null && gap < 0.5 && one(t("solving.gap"), percent(gap)),
  ];
}

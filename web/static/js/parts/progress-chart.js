// @ts-check
/** Best plan and bound over time as a small chart: the distance between them is what is not known yet. */

import { fill, s } from "../dom.js";
import { duration, number, t } from "../i18n.js";

/**
 * @typedef {object} Step
 * @property {number} seconds
 * @property {number | null} best
 * @property {number | null} bound
 */

const LEFT = 64;
const RIGHT = 12;
const TOP = 14;
const BOTTOM = 26;

/**
 * A chart that is drawn anew with each step.
 * @param {{limit: number, height?: number}} wanted `limit` in seconds
 */
export function progressChart({ limit, height = 220 }) {
  /** @type {Step[]} */
  const steps = [];
  let present = 0;
  const svg = s("svg", { class: "progress-chart", role: "img", height });
  let width = 600;
  const observer = new ResizeObserver(([entry]) => {
    width = Math.max(260, entry.contentRect.width);
    draw();
  });
  observer.observe(svg);

  function draw() {
    const known = steps.filter((it) => it.best !== null);
    const end = Math.max(limit, present, steps.at(-1)?.seconds ?? 0);
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const x = (/** @type {number} */ seconds) => LEFT + (seconds / end) * (width - LEFT - RIGHT);
    const { y, marks } = scale(steps, height);
    const floor = height - BOTTOM;
    const last = steps.at(-1);
    const [best, bound] = [known.at(-1)?.best ?? null, last?.bound ?? null];
    svg.setAttribute(
      "aria-label",
      best === null
        ? t("runs.chart-empty")
        : t("runs.chart-says", { best: number(best, 0), bound: number(bound ?? 0, 0) }),
    );
    const path = (/** @type {[number, number][]} */ points) =>
      points.map((
        [px, py],
        at,
      ) => (at ? `H${px.toFixed(1)}V${py.toFixed(1)}` : `M${px.toFixed(1)} ${py.toFixed(1)}`)).join("");
    const now = x(Math.max(present, last?.seconds ?? 0));
    /** @type {[number, number][]} */
    const bests = known.map((it) => [x(it.seconds), y(/** @type {number} */ (it.best))]);
    /** @type {[number, number][]} */
    const bounds = steps.filter((it) => it.bound !== null && it.bound > 0).map((
      it,
    ) => [x(it.seconds), y(/** @type {number} */ (it.bound))]);
    if (bests.length) bests.push([now, bests[bests.length - 1][1]]);
    if (bounds.length) bounds.push([now, bounds[bounds.length - 1][1]]);
    fill(
      svg,
      marks.map((mark) => [
        s("line", { class: "grid", x1: LEFT, x2: width - RIGHT, y1: y(mark), y2: y(mark) }),
        s(
          "text",
          { class: "mark", x: LEFT - 8, y: y(mark) + 4, "text-anchor": "end" },
          number(mark, mark < 10 ? 1 : 0),
        ),
      ]),
      times(end, Math.max(2, Math.min(6, Math.floor(width / 95)))).map((it) =>
        s("text", {
          class: "mark",
          x: x(it),
          y: height - 7,
          "text-anchor": it === 0 ? "start" : x(it) > width - 40 ? "end" : "middle",
        }, duration(it))
      ),
      s("line", { class: "axis", x1: LEFT, x2: width - RIGHT, y1: floor, y2: floor }),
      s(
        "svg",
        {
          x: LEFT,
          y: 0,
          width: width - LEFT,
          height: floor,
          viewBox: `${LEFT} 0 ${width - LEFT} ${floor}`,
          class: "lines",
        },
        bests.length > 0 && bounds.length > 0 &&
          s("path", {
            class: "between",
            d: `${path(bests)}V${bounds[bounds.length - 1][1]}${back(bounds, bests[0][0])}Z`,
          }),
        bounds.length > 0 && s("path", { class: "bound", d: path(bounds) }),
        bests.length > 0 && s("path", { class: "best", d: path(bests) }),
      ),
      bests.length > 0 && s("circle", { class: "best-dot", cx: now, cy: bests[bests.length - 1][1], r: 3.5 }),
    );
  }

  return {
    element: svg,
    /** @param {Step} step */
    add(step) {
      steps.push(step);
      draw();
    },
    /** So far it is now, with nothing new found. */
    at(/** @type {number} */ seconds) {
      present = seconds;
      if (steps.length) draw();
    },
    stop: () => observer.disconnect(),
  };
}

/**
 * Back along a line of steps, no further than where the other one begins.
 * @param {[number, number][]} points
 * @param {number} least
 */
function back(points, least) {
  let text = "";
  for (let at = points.length - 1; at > 0; at -= 1) {
    text += `H${Math.max(least, points[at][0])}V${points[at - 1][1]}`;
    if (points[at][0] <= least) break;
  }
  return `${text}H${least}`;
}

/**
 * Where totals stand. What is far off, as first plans and first bounds are, is cut: the chart is about
 * the distance that is left.
 * @param {Step[]} steps
 * @param {number} height
 */
function scale(steps, height) {
  const last = steps.at(-1);
  const known = steps.filter((it) => it.best !== null);
  const late = known.filter((it) => it.seconds >= 0.1 * (last?.seconds ?? 0));
  const best = known.at(-1)?.best ?? 1;
  const bound = last?.bound && last.bound > 0 ? Math.min(last.bound, best) : best;
  const highest = Math.max(best, ...late.map((it) => /** @type {number} */ (it.best)));
  const span = Math.max(highest - bound, 0.002 * Math.abs(best), 1e-6);
  const low = bound - 0.35 * span;
  const high = highest + 0.12 * span;
  const y = (/** @type {number} */ value) => TOP + ((high - value) / (high - low)) * (height - TOP - BOTTOM);
  return { y, marks: known.length ? nice(low, high) : [] };
}

/**
 * Two to five round numbers between others.
 * @param {number} lowest
 * @param {number} highest
 */
function nice(lowest, highest) {
  const span = highest - lowest;
  if (span < highest * 1e-6) return [highest];
  const raw = span / 3;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((it) => it * power).find((it) => it >= raw) ?? raw;
  const marks = [];
  for (let at = Math.ceil(lowest / step) * step; at <= highest; at += step) marks.push(at);
  return marks;
}

/**
 * Round times from the beginning to the end.
 * @param {number} end
 * @param {number} most
 */
function times(end, most) {
  const step =
    [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200].find((it) => end / it <= most) ?? end / 4;
  const found = [];
  for (let at = 0; at <= end; at += step) found.push(at);
  return found;
}

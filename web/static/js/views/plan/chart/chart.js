// @ts-check
/** How many at a time, drawn as a stepped area across a row, with the limit as a dashed line. */

import { h, s } from "../../../dom.js";
import { outline } from "../model/steps.js";

const HEIGHT = 100;

/**
 * @param {import("../model/steps.js").Steps} steps @param {number | null} limit
 * @param {import("../model/axis.js").Axis} axis
 */
export function chart(steps, limit, axis) {
  const top = Math.max(1, steps.most, limit ?? 0) * 1.08;
  const line =
    limit !== null &&
    s("path", {
      class: "tl-limit",
      d: `M0 ${HEIGHT - (HEIGHT * limit) / top}H${axis.length}`,
    });
  return h(
    "div",
    { class: "tl-chart" },
    s(
      "svg",
      { viewBox: `0 0 ${axis.length} ${HEIGHT}`, preserveAspectRatio: "none" },
      s("path", { class: "tl-steps", d: outline(steps, (it) => axis.unit(it), top, HEIGHT) }),
      line,
    ),
  );
}

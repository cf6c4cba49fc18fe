// @ts-check
/** How long a solve may look for something better. */

import { h } from "../../dom.js";
import { duration, t } from "../../i18n.js";

const TIMES = [10, 30, 60, 300];

/** A list of times to choose from. */
export const secondsSelect = () =>
  h(
    "select",
    { "aria-label": t("whatif.seconds") },
    TIMES.map((it) => h("option", { value: it, selected: it === 30 }, t("whatif.for", { time: duration(it) }))),
  );

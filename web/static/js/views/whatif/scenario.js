// @ts-check
/** One what-if: its changes, its solve as it goes, and both plans side by side. */

import { get, post } from "../../api.js";
import { fill, h } from "../../dom.js";
import { ago, t } from "../../i18n.js";
import { head } from "../../parts/head.js";
import { icon } from "../../parts/icons.js";
import { solving } from "../../parts/solving.js";
import { complain } from "../../parts/toast.js";
import { again } from "../../router.js";
import { may } from "../../session.js";
import { Names } from "../changes/names.js";
import { comparison } from "../compare/comparison.js";
import { actions } from "./actions.js";
import { changes } from "./edits.js";
import { rebaseNotice } from "./rebase.js";
import { secondsSelect } from "./seconds.js";

/** @type {import("../../router.js").Show} */
export async function show(place, { rollout, scenario }, context) {
  const { signal } = context;
  const [found, tree, runs] = await Promise.all([
    get(`v1/scenarios/${encodeURIComponent(scenario)}`, { signal }),
    get(`v1/rollouts/${encodeURIComponent(scenario)}`, { signal }),
    get(`v1/plans?rollout=${encodeURIComponent(scenario)}&limit=1`, { signal }),
  ]);
  context.title(found.name);
  const names = new Names(tree);
  const run = runs.items[0] ?? null;
  const result = h("div", { class: "sections" });
  place.append(
    head({
      title: found.name,
      lead: [
        t("whatif.made-by", { name: found.created_by, ago: ago(found.created_at) }),
        " · ",
        t("whatif.on-revision", { number: found.revision }),
      ],
      actions: actions(found, run, rollout),
    }),
    h(
      "div",
      { class: "sections" },
      notice(found, context.rollout, names),
      changes(found, names, signal),
      result,
    ),
  );
  if (!run || run.state === "cancelled") fill(result, solveAgain(found));
  else if (run.state === "queued" || run.state === "running") fill(result, underWay(run, signal));
  else if (run.state === "failed") fill(result, failedNotice(run), solveAgain(found));
  else await compared(result, found, names, context);
}

/** @param {any} found @param {any} rollout @param {Names} names */
function notice(found, rollout, names) {
  if (found.promoted_at) {
    return h(
      "div",
      { class: "notice good" },
      icon("check"),
      h("p", null, t("whatif.promoted-when", { ago: ago(found.promoted_at) })),
    );
  }
  return found.revision === rollout.revision ? null : rebaseNotice(found, rollout, names);
}

/** The solve that is under way, from the base plan on. @param {any} run @param {AbortSignal} signal */
function underWay(run, signal) {
  const ended = () => setTimeout(() => !signal.aborted && again(), 400);
  return h(
    "section",
    { class: "card" },
    h("h2", null, t("whatif.solving")),
    h(
      "div",
      { class: "card-body stack" },
      run.base && h("p", { class: "soft" }, t("whatif.warm")),
      solving(run.id, { seconds: run.limit, signal, ended }),
    ),
  );
}

/** @param {any} run */
const failedNotice = (run) =>
  h(
    "div",
    { class: "notice bad" },
    icon("warning"),
    h("div", null, h("strong", null, t("whatif.failed")), h("p", null, run.failure ?? "")),
  );

/** @param {any} found */
function solveAgain(found) {
  if (!may("try")) return h("p", { class: "soft" }, t("whatif.not-solved"));
  const seconds = secondsSelect();
  const start = () =>
    post("v1/plans", { rollout: found.id, seconds: Number(seconds.value) }, { once: true }).then(again, complain);
  return h(
    "section",
    { class: "card" },
    h(
      "div",
      { class: "card-body first row" },
      h("p", { class: "grow" }, t("whatif.not-solved")),
      seconds,
      h("button", { class: "primary", onclick: () => void start() }, icon("play"), t("whatif.solve")),
    ),
  );
}

/** @param {HTMLElement} place @param {any} found @param {Names} names @param {import("../../router.js").Context} context */
async function compared(place, found, names, { query, signal }) {
  const base = query.get("base");
  const path = `v1/scenarios/${found.id}/comparison${base ? `?base=${encodeURIComponent(base)}` : ""}`;
  try {
    const told = await get(path, { signal });
    fill(place);
    await comparison(place, told, { names, signal, titles: [t("compare.base"), found.name] });
  } catch (error) {
    if (/** @type {any} */ (error)?.status !== 409) throw error;
    fill(
      place,
      h("div", { class: "notice warning" }, icon("info"), h("p", null, /** @type {any} */ (error).message)),
      solveAgain(found),
    );
  }
}

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
import { isUnfinished } from "../runs/state.js";
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
  const control = run?.control ? await get(`v1/plans/${run.control}`, { signal }) : null;
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
  else if (isUnfinished(run) || (control && isUnfinished(control))) fill(result, underWay(run, control, signal));
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
  return found.behind ? rebaseNotice(found, rollout, names) : null;
}

/**
 * The solve that is under way, from the base plan on: first the rollout without the changes, then with them.
 * @param {any} run @param {any} control @param {AbortSignal} signal
 */
function underWay(run, control, signal) {
  const ended = () => setTimeout(() => !signal.aborted && again(), 400);
  const first = control !== null && isUnfinished(control) && run.state !== "running";
  const shown = first ? control : run;
  return h(
    "section",
    { class: "card" },
    h("h2", null, t(first ? "whatif.solving-control" : "whatif.solving")),
    h(
      "div",
      { class: "card-body stack" },
      first ? h("p", { class: "soft" }, t("whatif.control")) : run.base && h("p", { class: "soft" }, t("whatif.warm")),
      solving(shown.id, { seconds: shown.limit, signal, ended }),
    ),
  );
}

/** Its plan was made before the changes were edited or carried over. @param {any} found */
const oldNotice = (found) =>
  h("div", { class: "notice warning", role: "status" }, icon("warning"), h("div", null, h("strong", null, t("whatif.outdated")), h("p", null, t("whatif.outdated-text", { name: found.name }))));

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
    const compared = await get(path, { signal });
    fill(place, compared.outdated && [oldNotice(found), solveAgain(found)]);
    await comparison(place, compared, { names, signal, titles: [t(base ? "compare.base" : "compare.control"), found.name] });
  } catch (error) {
    if (/** @type {any} */ (error)?.status !== 409) throw error;
    fill(
      place,
      h("div", { class: "notice warning" }, icon("info"), h("p", null, /** @type {any} */ (error).message)),
      solveAgain(found),
    );
  }
}

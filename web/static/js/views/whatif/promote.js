// @ts-check
/** Makes a what-if the next revision of its rollout, after showing the open and late work that it brings. */

import { get, send } from "../../api.js";
import { h } from "../../dom.js";
import { t } from "../../i18n.js";
import { behind } from "../../parts/behind.js";
import { openDialog } from "../../parts/dialog.js";
import { complain, toast } from "../../parts/toast.js";
import { again, go } from "../../router.js";
import { Names } from "../changes/names.js";
import { amount, mark, nameOf } from "../compare/troubles.js";

const SHOWN = 200;

/**
 * Asks, and if it is meant goes to the rollout, where it can be undone.
 * @param {any} scenario
 * @param {string} [base] the plan that it is compared with; the one that it began with if none is named
 */
export async function promote(scenario, base) {
  const sure = await openDialog({
    title: t("whatif.promote-title"),
    classes: "large",
    body: [h("p", null, t("whatif.promote-text")), await brings(scenario, base)],
    choices: [{ text: t("whatif.promote"), kind: "primary" }],
  });
  if (!sure) return;
  const path = `v1/rollouts/${scenario.rollout}`;
  const { value: before } = await send("GET", path);
  await send("POST", `v1/scenarios/${scenario.id}/promote`);
  const { etag } = await send("GET", path);
  const undo = async () => {
    await send("PUT", path, { body: before, match: /** @type {string} */ (etag) });
    again();
  };
  toast(t("whatif.promoted-toast"), { action: { text: t("moves.undo"), act: () => void undo().catch(complain) } });
  go(`rollouts/${scenario.rollout}`);
}

/** @param {any} scenario @param {string} [base] */
async function brings(scenario, base) {
  const query = base ? `?base=${encodeURIComponent(base)}` : "";
  const [compared, tree] = await Promise.all([
    get(`v1/scenarios/${scenario.id}/comparison${query}`).catch(() => null),
    get(`v1/rollouts/${scenario.id}`),
  ]);
  if (compared === null) return h("p", { class: "notice warning" }, t("moves.brings-unknown"));
  const names = new Names(tree);
  const open = compared.open.filter((/** @type {any} */ it) => it.after);
  const late = compared.late.filter((/** @type {any} */ it) => it.after);
  if (open.length + late.length === 0) return h("p", null, t("moves.brings-nothing"));
  const newly = (/** @type {number} */ was, /** @type {number} */ is, /** @type {"late" | "open"} */ kind) =>
    was < is ? mark(was, is, kind) : null;
  return h(
    "div",
    { class: "stack promote-brings" },
    h("h3", null, t("moves.brings", { open: open.length, late: late.length })),
    h(
      "ul",
      { class: "compare-troubles", tabindex: "0", "aria-label": t("moves.brings", { open: open.length, late: late.length }) },
      [
        ...open.map((/** @type {any} */ it) => [
          newly(amount(it.before), amount(it.after), "open"),
          h("strong", null, nameOf(it, names)),
          h("span", { class: "soft grow" }, it.after.reason),
        ]),
        ...late.map((/** @type {any} */ it) => [
          newly(it.before?.hours ?? 0, it.after.hours, "late"),
          h("strong", null, names.of("tasks", it.task)),
          h("span", null, t("compare.late-by", { hours: behind(it.after) })),
          h("span", { class: "soft grow" }, it.after.cause),
        ]),
      ].slice(0, SHOWN).map((it) => h("li", null, it)),
    ),
  );
}

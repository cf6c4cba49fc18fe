// @ts-check
/** Asks for a plan: how long, at which prices, from where on. */

import { PRESETS } from "../../goals.js";
import { get, post } from "../../api.js";
import { h } from "../../dom.js";
import { duration, t } from "../../i18n.js";
import { openDialog } from "../../parts/dialog.js";
import { complainAt, field, input, select } from "../../parts/field.js";
import { segmented } from "../../parts/segmented.js";
import { complain } from "../../parts/toast.js";
import { go } from "../../router.js";

const LENGTHS = [15, 60, 300, 900];

/**
 * Opens the dialog; once the plan is asked for, its progress is shown.
 * @param {string} rollout
 * @param {any} tree the document of the rollout
 */
export async function askForPlan(rollout, tree) {
  const before = await get(`v1/plans?rollout=${encodeURIComponent(rollout)}&planned=true&limit=1`)
    .catch(() => ({ items: [] }));
  const base = before.items[0];
  let seconds = 60;
  const own = input({ type: "number", min: "1", max: "86400", value: "60", inputmode: "numeric" });
  const ownField = field({ label: t("runs.own-length"), control: own, unit: t("runs.seconds") });
  ownField.hidden = true;
  const named = tree?.goals?.preset ?? "balanced";
  const preset = select(
    [
      { value: "", text: t("runs.preset-document", { preset: t(`runs.preset-${named}`) }) },
      ...PRESETS.map((it) => ({ value: it, text: t(`runs.preset-${it}`) })),
    ],
    { value: "" },
  );
  const hint = h("span", null, t(`runs.preset-${named}-text`));
  preset.addEventListener(
    "change",
    () => (hint.textContent = t(`runs.preset-${preset.value || named}-text`)),
  );
  const goOn = h("input", { type: "checkbox" });
  const seed = input({ type: "number", min: "0", value: "1", inputmode: "numeric" });
  const workers = input({ type: "number", min: "1", max: "8", value: "2", inputmode: "numeric" });
  await openDialog({
    title: t("runs.ask"),
    body: [
      h(
        "div",
        { class: "field" },
        h("span", { class: "field-label" }, t("runs.length")),
        segmented({
          label: t("runs.length"),
          value: "60",
          options: [...LENGTHS.map((it) => ({ value: String(it), text: duration(it) })), {
            value: "",
            text: t("runs.length-own"),
          }],
          onchange: (value) => {
            ownField.hidden = value !== "";
            seconds = Number(value);
            if (value === "") own.focus();
          },
        }),
        h("div", { class: "hint" }, t("runs.length-hint")),
      ),
      ownField,
      field({ label: t("runs.preset"), control: preset, hint }),
      base && h("label", { class: "tick" }, goOn, h("span", null, t("runs.go-on"))),
      h(
        "details",
        null,
        h("summary", null, t("runs.more-settings")),
        h(
          "div",
          { class: "fields" },
          field({ label: t("runs.workers"), control: workers, hint: t("runs.workers-hint") }),
          field({ label: t("runs.seed"), control: seed, hint: t("runs.seed-hint") }),
        ),
      ),
    ],
    choices: [
      {
        text: t("runs.begin"),
        kind: "primary",
        act: async () => {
          const wanted = ownField.hidden ? seconds : Number(own.value);
          if (!(wanted >= 1 && wanted <= 86_400)) {
            complainAt(own, t("runs.own-length-wrong"));
            return false;
          }
          try {
            const plan = await post("v1/plans", {
              rollout,
              seconds: wanted,
              workers: Number(workers.value) || 2,
              seed: Number(seed.value) || 0,
              ...(preset.value && { preset: preset.value }),
              ...(goOn.checked && { base: base.id }),
            }, { once: true });
            go(`rollouts/${rollout}/plan/${plan.id}/run`);
            return true;
          } catch (error) {
            complain(error);
            return false;
          }
        },
      },
    ],
  });
}

// @ts-check
/** Begins a rollout with nothing but its name, days and office hours. */

import { post } from "../../api.js";
import { h } from "../../dom.js";
import { t } from "../../i18n.js";
import { openDialog } from "../../parts/dialog.js";
import { complainAt, field, input } from "../../parts/field.js";
import { complain } from "../../parts/toast.js";
import { go } from "../../router.js";

const WEEKS = 12;
/** How long a rollout is at first. */
const DAY = 24 * 60 * 60 * 1000;
const HOURS = ["08:00-16:00"];

/** Asks for what every rollout has, and goes on to its tables. */
export async function beginBlank() {
  const monday = nextMonday();
  const controls = {
    name: input({ maxlength: 200 }),
    start: input({ type: "date", value: dayOf(monday) }),
    end: input({ type: "date", value: dayOf(monday + (7 * WEEKS - 3) * DAY) }),
    timezone: input({ value: Intl.DateTimeFormat().resolvedOptions().timeZone }),
    currency: input({ value: "EUR", maxlength: 10 }),
  };
  const save = async () => {
    const values = Object.fromEntries(Object.entries(controls).map(([name, it]) => [name, it.value.trim()]));
    for (const it of Object.values(controls)) complainAt(it, "");
    if (values.name === "") return refused(controls.name, t("replace.blank-name"));
    try {
      const kept = await post("v1/rollouts", { schema: "rollout/1", ...values, ...office() }, { once: true });
      go(`rollouts/${kept.id}/data`);
      return true;
    } catch (error) {
      return complainAll(controls, error);
    }
  };
  await openDialog({
    title: t("replace.blank"),
    body: [
      h("p", { class: "soft" }, t("replace.blank-text")),
      h(
        "div",
        { class: "fields" },
        Object.entries(controls).map(([name, control]) => field({ label: t(`data.of-${name}`), control })),
      ),
    ],
    choices: [{ text: t("replace.blank-save"), kind: "primary", act: save }],
  });
}

/** What people and sites need to begin with: one calendar. */
const office = () => ({
  calendars: [
    {
      id: "office",
      name: t("replace.blank-office"),
      weekly: Object.fromEntries(["mon", "tue", "wed", "thu", "fri"].map((it) => [it, HOURS])),
    },
  ],
});

/** @param {Record<string, HTMLInputElement>} controls @param {any} error */
function complainAll(controls, error) {
  /** @type {import("../../api.js").Fault[]} */
  const faults = error?.faults ?? [];
  const own = faults.filter((it) => it.path in controls);
  for (const it of own) complainAt(controls[it.path], it.message);
  if (own.length === 0) complain(error);
  else controls[own[0].path].focus();
  return false;
}

/** @param {HTMLInputElement} control @param {string} text */
function refused(control, text) {
  complainAt(control, text);
  control.focus();
  return false;
}

function nextMonday() {
  const now = Date.now();
  const since = (new Date(now).getUTCDay() + 6) % 7;
  return now + (7 - since) * DAY;
}

/** @param {number} time */
const dayOf = (time) => new Date(time).toISOString().slice(0, 10);

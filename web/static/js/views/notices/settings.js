// @ts-check
/** How people are notified of a rollout, who have no wish of their own. */

import { send } from "../../api.js";
import { h } from "../../dom.js";
import { t } from "../../i18n.js";
import { complainAt, field, input, select } from "../../parts/field.js";
import { complain, toast } from "../../parts/toast.js";
import { again } from "../../router.js";
import { FORMS, LANGUAGES } from "./choices.js";

/** @param {string} path of the rollout @param {any} set */
export function settings(path, set) {
  const controls = {
    send: select(["ask", "at once"].map((it) => ({ value: it, text: t(`notices.send-${it.replace(" ", "-")}`) })), { value: set.send }),
    language: select(LANGUAGES, { value: set.language }),
    form: select(FORMS(), { value: set.form }),
    quiet_from: input({ type: "time", value: set.quiet_from ?? "" }),
    quiet_until: input({ type: "time", value: set.quiet_until ?? "" }),
    webhook: input({ type: "url", value: set.webhook ?? "" }),
  };
  const save = async () => {
    const body = Object.fromEntries(Object.entries(controls).map(([name, it]) => [name, it.value || null]));
    const half = (body.quiet_from === null) !== (body.quiet_until === null);
    complainAt(controls.quiet_until, half ? t("notices.quiet-both") : "");
    if (half) return controls.quiet_until.focus();
    await send("PUT", `${path}/notices`, { body });
    toast(t("notices.saved"));
    again();
  };
  return h(
    "section",
    { class: "card" },
    h("h2", null, t("notices.settings")),
    h(
      "form",
      {
        class: "card-body stack",
        novalidate: true,
        onsubmit: (/** @type {Event} */ event) => {
          event.preventDefault();
          void save().catch(complain);
        },
      },
      h(
        "div",
        { class: "fields" },
        field({ label: t("notices.send-how"), control: controls.send }),
        field({ label: t("notices.language"), control: controls.language, hint: t("notices.language-hint") }),
        field({ label: t("notices.form"), control: controls.form, hint: t("notices.form-hint") }),
        field({ label: t("notices.quiet-from"), control: controls.quiet_from, hint: t("notices.quiet-hint") }),
        field({ label: t("notices.quiet-until"), control: controls.quiet_until }),
        field({ label: t("notices.webhook"), control: controls.webhook, hint: t("notices.webhook-hint") }),
      ),
      h("div", { class: "row" }, h("button", { type: "submit", class: "primary" }, t("dialog.save"))),
    ),
  );
}

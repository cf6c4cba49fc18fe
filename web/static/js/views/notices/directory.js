// @ts-check
/** The directory: under which address whom is notified, entered one by one or pasted from a table. */

import { send } from "../../api.js";
import { h } from "../../dom.js";
import { t } from "../../i18n.js";
import { complainAt, field, input, select } from "../../parts/field.js";
import { icon } from "../../parts/icons.js";
import { moreButton } from "../../parts/more.js";
import { complain, toast } from "../../parts/toast.js";
import { again } from "../../router.js";
import { FORMS, LANGUAGES, LISTS } from "./choices.js";

/** @param {any} page @param {import("../changes/names.js").Names} names @param {AbortSignal} signal */
export function directory(page, names, signal) {
  const list = h("ul", { class: "named-list" });
  const add = (/** @type {any[]} */ items) => list.append(...items.map((it) => entry(it, names)));
  add(page.items);
  return h(
    "section",
    { class: "card" },
    h("h2", null, t("notices.directory")),
    h(
      "div",
      { class: "card-body stack" },
      h("p", { class: "soft" }, t("notices.directory-text")),
      list,
      moreButton("v1/directory?limit=50", page, add, signal),
      one(),
      pasted(),
    ),
  );
}

/** @param {any} it @param {import("../changes/names.js").Names} names */
function entry(it, names) {
  const name = names.of(LISTS[it.kind], it.id);
  const remove = async () => {
    await send("DELETE", `v1/directory/${it.kind}/${encodeURIComponent(it.id)}`);
    toast(t("notices.removed"));
    again();
  };
  const wishes = [
    LANGUAGES.find((one) => one.value === it.language)?.text,
    it.form && t(`notices.form-${it.form}`),
    it.daily_at && t("notices.daily", { at: it.daily_at }),
  ].filter(Boolean);
  return h(
    "li",
    { class: "row" },
    h("span", { class: "grow" }, `${name} (${t(`notices.kind-${it.kind}`)}) · ${it.address}`, wishes.length > 0 && h("span", { class: "soft" }, ` · ${wishes.join(" · ")}`)),
    h("button", { type: "button", class: "quiet icon-only", "aria-label": t("notices.remove", { name }), onclick: () => void remove().catch(complain) }, icon("trash")),
  );
}

/** Enters some and says how many. @param {any[]} entries */
async function enter(entries) {
  const kept = await send("PUT", "v1/directory", { body: { entries } });
  toast(t("notices.entered", { count: kept.value.entries }));
  again();
}

function one() {
  const usual = { value: "", text: t("notices.usual") };
  const controls = {
    kind: select(Object.keys(LISTS).map((it) => ({ value: it, text: t(`notices.kind-${it}`) })), { value: "person" }),
    id: input({ required: true }),
    address: input({ type: "email", required: true }),
    language: select([usual, ...LANGUAGES], { value: "" }),
    form: select([usual, ...FORMS()], { value: "" }),
    daily_at: input({ type: "time" }),
  };
  const submit = async () => {
    for (const it of [controls.id, controls.address]) complainAt(it, it.validity.valid ? "" : t("notices.needed"));
    const wrong = [controls.id, controls.address].find((it) => !it.validity.valid);
    if (wrong) return wrong.focus();
    await enter([Object.fromEntries(Object.entries(controls).map(([name, it]) => [name, it.value || null]))]);
  };
  return h(
    "form",
    {
      class: "stack",
      novalidate: true,
      onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        void submit().catch(complain);
      },
    },
    h(
      "div",
      { class: "fields" },
      field({ label: t("notices.kind"), control: controls.kind }),
      field({ label: t("notices.id"), control: controls.id }),
      field({ label: t("notices.address"), control: controls.address }),
      field({ label: t("notices.language"), control: controls.language }),
      field({ label: t("notices.form"), control: controls.form }),
      field({ label: t("notices.daily-at"), control: controls.daily_at, hint: t("notices.daily-hint") }),
    ),
    h("div", { class: "row" }, h("button", { type: "submit" }, icon("plus"), t("notices.enter"))),
  );
}

function pasted() {
  const text = h("textarea", { rows: "4", spellcheck: "false" });
  const submit = async () => {
    const entries = text.value.split("\n").filter((it) => it.trim()).map((line) => {
      const [kind, id, address, language] = line.split(/\s*[\t;,]\s*/).map((it) => it.trim());
      return { kind, id, address, language: language || null };
    });
    if (entries.length > 0) await enter(entries);
  };
  return h(
    "details",
    null,
    h("summary", null, t("notices.paste")),
    h(
      "form",
      {
        class: "stack first",
        onsubmit: (/** @type {Event} */ event) => {
          event.preventDefault();
          void submit().catch(complain);
        },
      },
      field({ label: t("notices.lines"), control: text, hint: t("notices.lines-hint") }),
      h("div", { class: "row" }, h("button", { type: "submit" }, t("notices.enter"))),
    ),
  );
}

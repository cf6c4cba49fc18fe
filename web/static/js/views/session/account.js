// @ts-check
/** The reader's own account: another password, and where they are signed in. */

import { get, send } from "../../api.js";
import { fill, h } from "../../dom.js";
import { ago, t, when } from "../../i18n.js";
import { messageOf } from "../../parts/empty.js";
import { complainAt, field, input } from "../../parts/field.js";
import { head } from "../../parts/head.js";
import { table } from "../../parts/table.js";
import { complain, toast } from "../../parts/toast.js";
import { isLocal, who } from "../../session.js";

/**
 * @typedef {object} Session
 * @property {string} id
 * @property {string | null} agent
 * @property {string} created_at
 * @property {string} seen_at
 * @property {boolean} present
 */

/** @type {import("../../router.js").Show} */
export async function show(place, _params, context) {
  context.title(t("session.account"));
  const me = who();
  if (!me || isLocal()) {
    place.append(head({ title: t("session.account"), lead: t("session.account-local") }));
    return;
  }
  const holder = h("section", { class: "card account-part" });
  const draw = async () => {
    const { items } = await get("v1/sessions", { signal: context.signal });
    fill(holder, h("h2", null, t("session.sessions")), listOf(items, draw), endOthers(items, draw));
  };
  await draw();
  const role = t(`roles.${me.role}`);
  place.append(head({ title: t("session.account"), lead: t("session.account-lead", { name: me.name, role }) }), passwordForm(), holder);
}

function passwordForm() {
  const secret = (/** @type {string} */ name, /** @type {string} */ kind) =>
    input({ name, type: "password", autocomplete: kind });
  const now = secret("current", "current-password");
  const next = secret("password", "new-password");
  const again = secret("again", "new-password");
  const button = h("button", { class: "primary", type: "submit" }, t("session.password-change"));
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    for (const control of [now, next, again]) complainAt(control, "");
    if (next.value !== again.value) return complainAt(again, t("session.password-differs"));
    button.disabled = true;
    try {
      await send("PATCH", "v1/me", { body: { current: now.value, password: next.value } });
      form.reset();
      toast(t("session.password-done"));
    } catch (error) {
      const status = /** @type {any} */ (error).status;
      if (status === 403) complainAt(now, t("session.password-wrong"));
      else if (status === 422) complainAt(next, t("session.password-weak"));
      else if (status === 409) complainAt(now, t("session.password-elsewhere"));
      else complainAt(now, status === 429 ? t("session.too-many") : messageOf(error));
    } finally {
      button.disabled = false;
    }
  };
  const form = h(
    "form",
    { class: "card account-part", onsubmit: submit, novalidate: true },
    h("h2", null, t("session.password-change")),
    field({ label: t("session.password-now"), control: now }),
    field({ label: t("session.password-new"), control: next, hint: t("session.password-hint") }),
    field({ label: t("session.password-again"), control: again }),
    h("div", { class: "row" }, button),
  );
  return form;
}

/**
 * @param {Session[]} items
 * @param {() => Promise<void>} draw
 */
const listOf = (items, draw) =>
  table({
    label: t("session.sessions"),
    rows: items,
    columns: [
      { text: t("session.browser"), cell: (it) => it.agent ?? t("session.browser-unknown"), classes: "account-agent" },
      { text: t("session.since"), cell: (it) => when(it.created_at) },
      { text: t("session.used"), cell: (it) => (it.present ? t("session.here") : ago(it.seen_at)) },
      {
        text: t("session.end"),
        cell: (it) =>
          it.present
            ? null
            : h("button", { class: "quiet", onclick: () => void end(`v1/sessions/${it.id}`, draw) }, t("session.sign-out")),
      },
    ],
  });

/**
 * @param {Session[]} items
 * @param {() => Promise<void>} draw
 */
const endOthers = (items, draw) =>
  items.length > 1 &&
  h("div", { class: "row" }, h("button", { onclick: () => void end("v1/sessions", draw) }, t("session.end-others")));

/**
 * @param {string} path
 * @param {() => Promise<void>} draw
 */
async function end(path, draw) {
  try {
    await send("DELETE", path);
    await draw();
    toast(t("session.ended"));
  } catch (error) {
    complain(error);
  }
}

// @ts-check
/** The page on which people sign in. */

import { h } from "../../dom.js";
import { said, t } from "../../i18n.js";
import { messageOf } from "../../parts/empty.js";
import { complainAt, field, input } from "../../parts/field.js";
import { go } from "../../router.js";
import { provider, signIn, who } from "../../session.js";

/** @type {import("../../router.js").Show} */
export async function show(place, _params, context) {
  const then = context.query.get("then") ?? "rollouts";
  if (who()) return go(then, { replace: true });
  context.title(t("session.title"));
  const name = input({
    name: "name",
    autocomplete: "username",
    autocapitalize: "none",
    spellcheck: "false",
    autofocus: true,
  });
  const password = input({ name: "password", type: "password", autocomplete: "current-password" });
  const button = h("button", { class: "primary", type: "submit" }, t("session.sign-in"));
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!name.value || !password.value) return complainAt(password, t("session.missing"));
    button.disabled = true;
    try {
      await signIn(name.value.trim(), password.value);
      go(then, { replace: true });
    } catch (error) {
      const status = /** @type {any} */ (error).status;
      const key = status === 401 ? "session.wrong" : status === 429 ? "session.too-many" : null;
      complainAt(password, key ? t(key) : messageOf(error));
      password.select();
    } finally {
      button.disabled = false;
    }
  };
  const by = await provider().catch(() => null);
  const failed = context.query.get("failed");
  place.append(
    h(
      "form",
      { class: "card sign-in", onsubmit: submit, novalidate: true },
      h("img", { src: `${document.body.dataset.static}/icon.svg`, alt: "", width: 40, height: 40 }),
      h("h1", null, t("session.title")),
      h("p", { class: "soft" }, t("session.lead")),
      field({ label: t("session.name"), control: name }),
      field({ label: t("session.password"), control: password }),
      button,
      by && [
        h("div", { class: "hint" }, t("session.or")),
        h("a", { class: "button", href: `v1/sign-in/provider?then=${encodeURIComponent(then)}` }, t("session.sign-in-with", { provider: by })),
      ],
      failed && h("div", { class: "error", role: "alert" }, said(`session.failed-${failed}`, t("session.failed-provider"))),
    ),
  );
  name.focus();
}

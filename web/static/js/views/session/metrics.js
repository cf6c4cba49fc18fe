// @ts-check
/** What an account is for that reads the metrics and nothing else: where they are. */

import { h } from "../../dom.js";
import { t } from "../../i18n.js";
import { empty } from "../../parts/empty.js";

/** @type {import("../../router.js").Show} */
export function show(place, _params, context) {
  context.title(t("session.metrics"));
  const address = new URL("metrics", document.baseURI);
  place.append(
    empty({
      title: t("session.metrics"),
      text: t("session.metrics-text"),
      icon: "runs",
      action: h("a", { class: "button primary", href: address.href }, address.href),
    }),
  );
}

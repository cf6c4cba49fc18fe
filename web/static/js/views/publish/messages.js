// @ts-check
/** Who would get a message if the plan were published now, with some of them to read. */

import { h } from "../../dom.js";
import { number, t } from "../../i18n.js";
import { icon } from "../../parts/icons.js";
import { LISTS } from "../notices/choices.js";

/** @param {any} preview @param {import("../changes/names.js").Names} names */
export function messages(preview, names) {
  const kinds = Object.entries(preview.recipients);
  const what = Object.entries(preview.what).map(([it, count]) => t("notices.counted", { state: t(`notices.what-${it}`), number: number(Number(count)) }));
  return h(
    "section",
    { class: "card" },
    h("h2", null, t("notices.messages")),
    h(
      "div",
      { class: "card-body stack" },
      !preview.mail && kinds.length > 0 && h("div", { class: "notice" }, icon("info"), h("p", null, t("notices.no-mail"))),
      kinds.length === 0
        ? h("p", { class: "soft" }, t("notices.nobody"))
        : h("dl", { class: "figure-row" }, kinds.map(([kind, count]) => h("div", null, h("dt", null, t(`notices.kind-${kind}`)), h("dd", null, number(Number(count)))))),
      what.length > 0 && h("p", { class: "soft" }, what.join(" · ")),
      preview.without_address > 0 &&
        h(
          "details",
          null,
          h("summary", null, t("notices.without", { count: preview.without_address })),
          h("ul", { class: "named-list" }, preview.without.map((/** @type {any} */ it) => h("li", null, `${names.of(LISTS[it.kind], it.id)} (${t(`notices.kind-${it.kind}`)})`))),
        ),
      preview.samples.map((/** @type {any} */ it) =>
        h(
          "details",
          null,
          h("summary", null, t("notices.sample", { name: names.of(LISTS[it.kind], it.id) }), " ", h("span", { class: "soft", lang: it.language }, it.subject)),
          h("pre", { class: "message", lang: it.language, tabindex: "0" }, it.text),
          it.invitations > 0 && h("p", { class: "soft" }, t("notices.invitations", { count: it.invitations })),
        )),
    ),
  );
}

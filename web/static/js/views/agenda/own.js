// @ts-check
/** What a secret link opens: one agenda of what is published, made for a phone. */

import { address, get } from "../../api.js";
import { h } from "../../dom.js";
import { t } from "../../i18n.js";
import { icon } from "../../parts/icons.js";
import { seenFrom, today } from "./days.js";
import { byWeek, underWay } from "./sheet.js";

/** @type {import("../../router.js").Show} */
export async function show(place, params, context) {
  const path = `v1/calendars/${encodeURIComponent(params.secret)}`;
  /** @type {import("./days.js").Agenda} */
  const agenda = await get(path, { signal: context.signal });
  context.title(agenda.name);
  const now = today(agenda.events[0]?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone);
  const seen = seenFrom(agenda.events, now);
  const calendar = address(`${path}.ics`);
  place.classList.add("agenda", "agenda-own");
  place.append(
    h("h1", null, agenda.name),
    h(
      "div",
      { class: "row no-print" },
      h("a", { class: "button primary", href: calendar.replace(/^https?:/, "webcal:") }, icon("calendar"), t("agenda.subscribe")),
      h("a", { class: "button", href: calendar, download: "" }, icon("download"), t("agenda.save")),
    ),
  );
  if (agenda.events.length === 0) place.append(h("p", { class: "soft" }, t("agenda.nothing")));
  if (seen.underWay.length) place.append(h("section", { class: "agenda-week" }, h("h2", null, t("agenda.under-way")), underWay(seen.underWay)));
  place.append(...byWeek(seen.coming, now));
  if (seen.over.length) {
    place.append(h("details", { class: "agenda-over" }, h("summary", null, t("agenda.over", { count: seen.over.length })), byWeek(seen.over, now)));
  }
}

// @ts-check
/** What a plan has for a person, a room, an audience or a department: to read, to print, to hand out. */

import { download, get } from "../../api.js";
import { fill, h } from "../../dom.js";
import { t } from "../../i18n.js";
import { field, select } from "../../parts/field.js";
import { head } from "../../parts/head.js";
import { icon } from "../../parts/icons.js";
import { segmented } from "../../parts/segmented.js";
import { complain } from "../../parts/toast.js";
import { may } from "../../session.js";
import { today } from "./days.js";
import { handOut } from "./links.js";
import { byWeek } from "./sheet.js";

/** @typedef {import("./days.js").Agenda} Agenda */

const KINDS = /** @type {const} */ (["person", "department", "room", "audience"]);
const ALL = "*";

/** @type {import("../../router.js").Show} */
export async function show(place, _params, context) {
  const { plan, rollout, query, setQuery, signal } = context;
  context.title(t("agenda.title"));
  const asked = KINDS.find((it) => it === query.get("kind")) ?? "person";
  const state = { kind: asked, id: query.get("id") };
  const chooser = h("div", { class: "grow" });
  const actions = h("div", { class: "row" });
  const sheets = h("div", { class: "agenda-sheets" });
  /** @type {Agenda[]} */
  let agendas = [];
  const load = async () => {
    agendas = await get(`v1/plans/${plan.id}/agendas?kind=${state.kind}`, { signal });
    const known = state.id === ALL || agendas.some((it) => it.id === state.id);
    if (!known) state.id = (agendas.find((it) => it.events.length) ?? agendas[0])?.id ?? ALL;
    draw();
  };
  const draw = () => {
    setQuery({ kind: state.kind, id: state.id });
    const shown = agendas.filter((it) => state.id === ALL || it.id === state.id);
    const control = select(
      [...agendas.map((it) => ({ value: it.id, text: it.name })), { value: ALL, text: t("agenda.all") }],
      { value: state.id ?? ALL, onchange: () => ((state.id = control.value), draw()) },
    );
    fill(chooser, field({ label: t("agenda.whose"), control }));
    const [one] = shown;
    fill(
      actions,
      state.id !== ALL &&
        one &&
        h("button", { onclick: () => void save(plan.id, one).catch(complain) }, icon("download"), t("agenda.save")),
      state.id !== ALL &&
        one &&
        may("edit") &&
        !rollout.scenario_of &&
        h("button", { onclick: () => void handOut(rollout.id, one).catch(complain) }, icon("link"), t("agenda.links")),
      h("button", { class: "primary", onclick: () => print() }, icon("print"), t("agenda.print")),
    );
    fill(sheets, shown.map((it) => sheet(it, rollout.name)));
  };
  place.classList.add("agenda");
  place.append(
    h("div", { class: "no-print" }, head({ title: t("agenda.title"), lead: t("agenda.lead") })),
    h(
      "div",
      { class: "agenda-tools no-print" },
      segmented({
        label: t("agenda.kind"),
        options: KINDS.map((it) => ({ value: it, text: t(`agenda.of-${it}`) })),
        value: state.kind,
        onchange: (value) => {
          state.kind = /** @type {typeof asked} */ (value);
          state.id = null;
          void load().catch(complain);
        },
      }),
      chooser,
      actions,
    ),
    sheets,
  );
  await load();
}

/**
 * One agenda; on paper it begins a page.
 * @param {Agenda} agenda
 * @param {string} rollout
 */
const sheet = (agenda, rollout) =>
  h(
    "article",
    { class: "agenda-sheet" },
    h("header", null, h("h2", { class: "agenda-name" }, agenda.name), h("p", { class: "soft" }, rollout)),
    agenda.events.length ? byWeek(agenda.events, today(agenda.events[0].zone)) : h("p", { class: "soft" }, t("agenda.nothing")),
  );

/**
 * @param {string} plan
 * @param {Agenda} agenda
 */
const save = (plan, agenda) =>
  download(`v1/plans/${plan}/calendar?kind=${agenda.kind}&id=${encodeURIComponent(agenda.id)}`, { name: `${agenda.id}.ics` });

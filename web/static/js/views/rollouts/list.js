// @ts-check
/** The rollouts that there are, and ways to bring one in. */

import { all, get, XLSX } from "../../api.js";
import { h } from "../../dom.js";
import { ago, day, t } from "../../i18n.js";
import { badge } from "../../parts/badge.js";
import { head } from "../../parts/head.js";
import { icon } from "../../parts/icons.js";
import { menuButton } from "../../parts/menu.js";
import { table } from "../../parts/table.js";
import { may } from "../../session.js";
import { complain } from "../../parts/toast.js";
import { beginBlank } from "./blank.js";
import { beside, planBadge } from "../runs/state.js";
import { beginnings, takeDrops, template, uploadButton } from "./bring_in.js";

/** @type {import("../../router.js").Show} */
export async function show(place, _params, context) {
  context.title(t("rollouts.title"));
  const { signal } = context;
  const [first, plans, newest, nights, begin] = await Promise.all([
    get("v1/rollouts?limit=200", { signal }),
    all("v1/plans?latest=true&planned=true", { signal }),
    all("v1/plans?latest=true&kind=plan", { signal }),
    all("v1/plans?latest=true&kind=nightly", { signal }),
    may("edit") ? beginnings() : [],
  ]);
  const [latest, runs, nightly] = [plans, newest, nights].map(
    (found) => new Map(found.map((/** @type {any} */ it) => [it.rollout, it])),
  );
  if (may("edit")) takeDrops(signal);
  if (!first.items.length) {
    place.append(welcome(begin));
    return;
  }
  const actions = may("edit") && [
    menuButton({
      label: t("rollouts.begin"),
      content: [icon("plus"), t("rollouts.begin"), icon("down")],
      items: () => begin,
    }),
    ...uploadButton(),
  ];
  const holder = h("div", { class: "card rollouts" });
  place.append(
    head({
      title: t("rollouts.title"),
      lead: t(may("edit") ? "rollouts.lead-edit" : "rollouts.lead"),
      actions,
    }),
    holder,
  );
  let items = first.items;
  let next = first.next;
  const draw = () => {
    holder.replaceChildren(listOf(items, { latest, runs, nightly }));
    if (next) {
      holder.append(h("button", { class: "quiet more", onclick: () => void more() }, t("rollouts.more")));
    }
  };
  const more = async () => {
    const page = await get(`v1/rollouts?limit=200&after=${encodeURIComponent(next)}`, { signal });
    items = [...items, ...page.items];
    next = page.next;
    draw();
  };
  draw();
}

/**
 * @param {any[]} items
 * @param {Record<"latest" | "runs" | "nightly", Map<string, any>>} found of each rollout the latest plan, run and night
 */
const listOf = (items, { latest, runs, nightly }) =>
  table({
    label: t("rollouts.title"),
    rows: items,
    href: (it) => `rollouts/${it.id}`,
    columns: [
      { text: t("rollouts.name"), cell: (it) => it.name, sort: (it) => it.name },
      {
        text: t("rollouts.latest-plan"),
        cell: (it) => [planBadge(latest.get(it.id)), " ", beside(runs.get(it.id), nightly.get(it.id))],
        sort: (it) => latest.get(it.id)?.created_at,
      },
      {
        text: t("rollouts.published"),
        cell: (
          it,
        ) => (it.published ? badge(t("rollouts.published"), "good") : badge(t("rollouts.not-published"))),
        sort: (it) => (it.published ? 1 : 0),
        classes: "roomy",
      },
      {
        text: t("rollouts.revision"),
        cell: (it) => it.revision,
        sort: (it) => it.revision,
        number: true,
        classes: "roomy",
      },
      {
        text: t("rollouts.changed"),
        cell: (it) =>
          h("time", { datetime: it.changed_at, title: day(it.changed_at, "long") }, ago(it.changed_at)),
        sort: (it) => it.changed_at,
        classes: "roomy",
      },
    ],
  });

/** @param {any[]} begin */
function welcome(begin) {
  const demo = begin.find((it) => it.icon === "star");
  if (!may("edit")) {
    return h(
      "div",
      { class: "empty" },
      h("div", { class: "empty-icon" }, icon("rollouts")),
      h("h1", null, t("rollouts.none")),
      h("p", null, t("rollouts.none-text")),
    );
  }
  /** @param {import("../../parts/icons.js").IconName} name @param {string} key @param {any} action */
  const way = (name, key, action) =>
    h(
      "section",
      { class: "card way" },
      h("div", { class: "empty-icon" }, icon(name)),
      h("h2", null, t(key === "blank" ? "replace.way-blank" : `rollouts.way-${key}`)),
      h("p", { class: "soft" }, t(key === "blank" ? "replace.way-blank-text" : `rollouts.way-${key}-text`)),
      h("div", { class: "row" }, action),
    );
  return h(
    "div",
    { class: "welcome" },
    h("h1", null, t("rollouts.welcome")),
    h("p", { class: "lead" }, t("rollouts.welcome-text")),
    h(
      "div",
      { class: "ways" },
      way("upload", "upload", uploadButton()),
      way("file", "template", [
        h(
          "button",
          { onclick: () => void template(XLSX, "rollout.xlsx") },
          icon("download"),
          t("rollouts.template-workbook"),
        ),
        h(
          "button",
          { class: "quiet", onclick: () => void template("application/yaml", "rollout.yaml") },
          "YAML",
        ),
      ]),
      way("plus", "blank", h("button", { onclick: () => void beginBlank().catch(complain) }, t("replace.blank"))),
      demo && way("star", "demo", h("button", { onclick: demo.act }, demo.text)),
    ),
  );
}

// @ts-check
/** Open and late work with the reason of each in plain words, and a link to its place on the timeline. */

import { get } from "../../api.js";
import { fill, h } from "../../dom.js";
import { hours, t } from "../../i18n.js";
import { behind } from "../../parts/behind.js";
import { empty } from "../../parts/empty.js";
import { head } from "../../parts/head.js";
import { segmented } from "../../parts/segmented.js";
import { table } from "../../parts/table.js";
import { may } from "../../session.js";
import { DAY } from "../plan/model/axis.js";
import { Model } from "../plan/model/model.js";
import { grouped, troublesOf } from "../plan/model/troubles.js";
import { Words } from "../plan/model/labels.js";
import { waysOut } from "./ways.js";

/** @typedef {import("../plan/model/troubles.js").Trouble} Trouble */
/** @typedef {"kind" | "department" | "project"} By */

const ORDER = ["late", "task", "course", "support"];

/** @type {import("../../router.js").Show} */
export async function show(place, _params, context) {
  const { plan, rollout, query, setQuery, signal } = context;
  context.title(t("open.title"));
  const model = new Model(await get(`v1/plans/${plan.id}/timeline`, { signal }));
  const words = new Words(model);
  const troubles = troublesOf(model, words);
  if (troubles.length === 0) {
    place.append(empty({ title: t("open.nothing"), text: t("open.nothing-text"), icon: "check" }));
    return;
  }
  const path = `rollouts/${rollout.id}/plan/${plan.id}`;
  const asked = query.get("by");
  /** @type {By} */
  let by = asked === "department" || asked === "project" ? asked : "kind";
  const list = h("div", { class: "sections open-list" });
  const ways = h("div", null);
  /** @param {Trouble} it */
  const look = (it) => {
    fill(ways, waysOut(it, { plan, rollout, signal }));
    /** @type {HTMLElement | null} */ (ways.firstElementChild)?.focus();
  };
  const draw = () => fill(list, sections(troubles, by, words, path, look));
  place.append(
    head({
      title: t("open.title"),
      lead: summary(troubles),
      actions: segmented({
        label: t("open.group"),
        options: [
          { value: "kind", text: t("open.by-kind") },
          { value: "department", text: t("open.by-department") },
          { value: "project", text: t("open.by-project") },
        ],
        value: by,
        onchange: (value) => {
          by = /** @type {By} */ (value);
          setQuery({ by });
          draw();
        },
      }),
    }),
    ways,
    list,
  );
  draw();
}

/** @param {Trouble[]} troubles */
function summary(troubles) {
  const counts = ORDER.map((kind) => [kind, troubles.filter((it) => it.kind === kind).length]);
  return counts
    .filter(([, count]) => Number(count) > 0)
    .map(([kind, count]) => t(`open.count-${kind}`, { count }))
    .join(" · ");
}

/** @param {Trouble[]} troubles @param {By} by @param {Words} words @param {string} path @param {(it: Trouble) => void} look */
function sections(troubles, by, words, path, look) {
  const groups = grouped(troubles, (it) => it[by]);
  if (by === "kind") groups.sort(([a], [b]) => ORDER.indexOf(a) - ORDER.indexOf(b));
  return groups.map(([key, some]) => {
    const title = by === "kind" ? t(`open.kind-${key}`) : key || t(`open.no-${by}`);
    return h(
      "section",
      { class: "card" },
      h("header", null, h("h2", null, title), h("span", { class: "soft" }, some.length)),
      table({
        label: title,
        rows: some,
        href: (it) => `${path}?${it.place}`,
        columns: [
          {
            text: t("open.what"),
            classes: "open-what",
            sort: (it) => it.title,
            cell: (it) => [
              h("span", { class: ["tl-badge", it.kind === "late" ? "tl-late" : "tl-open"], "aria-hidden": "true" }),
              ` ${it.title}`,
            ],
          },
          { text: t("open.amount"), sort: (it) => it.amount, cell: amount, number: true },
          { text: t("open.day"), sort: (it) => it.from, cell: (it) => day(it, words) },
          {
            text: by === "department" ? t("plan.project") : t("plan.department"),
            sort: (it) => (by === "department" ? it.project : it.department),
            cell: (it) => (by === "department" ? it.project : it.department),
          },
          { text: t("open.why"), classes: "open-why", cell: (it) => [h("strong", null, t(known(it))), ` · ${it.reason}`] },
          ...(may("try") ? [{ text: t("ways_out.title"), cell: (/** @type {Trouble} */ it) => waysButton(it, look) }] : []),
        ],
      }),
    );
  });
}

/** @param {Trouble} it @param {(it: Trouble) => void} look */
function waysButton(it, look) {
  return h("button", { class: "quiet", "aria-label": `${t("ways_out.look")}: ${it.title}`, onclick: () => look(it) }, t("ways_out.look"));
}

/** Whether it is proved that it cannot be, or only holds in this plan. @param {Trouble} it */
function known({ kind, proved }) {
  if (kind === "late") return proved ? "open.proved-late" : "open.unproved-late";
  return proved ? "open.proved-open" : "open.unproved-open";
}

/** @param {Trouble} it */
function amount({ kind, amount, working_days }) {
  if (kind === "course") return t("plan.heads", { count: amount });
  if (kind === "support") return t("plan.people", { count: amount });
  return kind === "late" ? t("plan.late-by", { hours: behind({ hours: amount, working_days }) }) : hours(amount);
}

/** @param {Trouble} it @param {Words} words */
function day({ kind, from }, words) {
  const text = words.day(Math.floor(from / DAY) * DAY);
  return t(kind === "late" ? "open.due" : "open.from", { day: text });
}

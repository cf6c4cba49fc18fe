// @ts-check
/** What people have answered to their bookings, and the ways out with their prices. */

import { get, post } from "../../api.js";
import { fill, h } from "../../dom.js";
import { list, moment, number, t, when } from "../../i18n.js";
import { badge } from "../../parts/badge.js";
import { confirmed } from "../../parts/dialog.js";
import { empty } from "../../parts/empty.js";
import { head } from "../../parts/head.js";
import { icon } from "../../parts/icons.js";
import { moreButton } from "../../parts/more.js";
import { segmented } from "../../parts/segmented.js";
import { solving } from "../../parts/solving.js";
import { complain, toast } from "../../parts/toast.js";
import { again } from "../../router.js";
import { may } from "../../session.js";
import { Names } from "../changes/names.js";

/** @type {Record<string, "good" | "bad" | "warning">} */
const WORDS = { confirm: "good", decline: "bad", swap: "warning" };

/** Seconds of a short solve. */
const SHORT = 20;

/** @type {import("../../router.js").Show} */
export async function show(place, { rollout: id }, context) {
  const { signal, query, rollout } = context;
  context.title(t("answers.title"));
  if (rollout.scenario_of) {
    place.append(empty({ title: t("answers.title"), text: t("answers.scenario"), icon: "info" }));
    return;
  }
  const path = `v1/rollouts/${encodeURIComponent(id)}`;
  const isOpen = query.get("show") !== "all";
  const pages = `${path}/answers?limit=30&open=${isOpen}`;
  const [page, tree] = await Promise.all([get(pages, { signal }), get(path, { signal })]);
  const names = new Names(tree);
  const cards = h("div", { class: "sections" });
  const add = (/** @type {any[]} */ items) => cards.append(...items.map((it) => card(path, it, names, context)));
  add(page.items);
  place.append(
    head({
      title: t("answers.title"),
      lead: t("answers.lead"),
      actions: segmented({
        label: t("answers.which"),
        options: [{ value: "open", text: t("answers.open") }, { value: "all", text: t("answers.all") }],
        value: isOpen ? "open" : "all",
        onchange: (value) => {
          context.setQuery({ show: value === "all" ? "all" : null });
          again();
        },
      }),
    }),
    h("div", { class: "sections" }, page.items.length > 0 ? cards : h("p", { class: "soft" }, t("answers.none")), moreButton(pages, page, add, signal)),
  );
}

/** @param {string} path @param {any} it @param {Names} names @param {import("../../router.js").Context} context */
function card(path, it, names, context) {
  const name = names.of("people", it.person);
  const ways = h("div", { class: "stack" });
  const waits = it.settled_at === null && it.answer !== "confirm";
  const look = async () => fill(ways, waysOut(await get(`${path}/answers/${it.id}/repairs`, { signal: context.signal }), path, it, names, context));
  return h(
    "section",
    { class: "card" },
    h("header", null, h("h2", null, name), badge(t(`answers.word-${it.answer}`), WORDS[it.answer]), it.settled_at && badge(t("answers.settled", { who: it.settled_by }), "good")),
    h(
      "div",
      { class: "card-body stack" },
      h("p", null, t("answers.to", { title: it.booking.title, start: moment(it.booking.start), when: when(it.at) })),
      it.wish?.with && h("p", null, t("answers.wishes-with", { name: names.of("people", it.wish.with) })),
      it.wish?.start && h("p", null, t("answers.wishes-for", { start: moment(it.wish.start) })),
      it.reason && h("blockquote", { class: "soft" }, it.reason, it.private && h("span", null, ` (${t("answers.is-private")})`)),
      waits &&
        h(
          "div",
          { class: "row" },
          h("button", { type: "button", class: "primary", onclick: () => void look().catch(complain) }, icon("search"), t("answers.look")),
          may("edit") && h("button", { type: "button", class: "quiet", onclick: () => void settle(path, it, {}).catch(complain) }, t("answers.settle")),
        ),
      ways,
    ),
  );
}

/** @param {any[]} found @param {string} path @param {any} it @param {Names} names @param {import("../../router.js").Context} context */
function waysOut(found, path, it, names, context) {
  const accept = async (/** @type {any} */ way) => {
    const sure = await confirmed({
      title: t("answers.accept-sure"),
      text: t("answers.concerned", { names: list(way.concerned.map((/** @type {string} */ one) => names.of("people", one))) }),
      yes: t("answers.accept"),
    });
    if (sure) await settle(path, it, { person: way.person, start: way.person === it.person ? way.starts : null });
  };
  const solve = h("div", { class: "stack" });
  const short = async () => {
    const run = await post("v1/plans", { rollout: context.rollout.id, seconds: SHORT }, { once: true });
    const leads = `rollouts/${context.rollout.id}/plan/${run.id}`;
    const ended = (/** @type {string} */ state) =>
      (state === "done" || state === "stopped") && solve.append(h("div", { class: "row" }, h("a", { class: "button", href: `${leads}/compare` }, icon("compare"), t("publish.compare")), h("a", { class: "button primary", href: `${leads}/publish` }, icon("publish"), t("publish.title"))));
    fill(solve, solving(run.id, { seconds: SHORT, signal: context.signal, ended }));
  };
  return [
    found.length === 0 && h("p", { class: "soft" }, t("answers.no-way")),
    h(
      "ul",
      { class: "named-list" },
      found.map((way) =>
        h(
          "li",
          { class: "row" },
          h(
            "span",
            { class: "grow stack" },
            h("span", null, way.person === it.person ? moment(way.starts) : names.of("people", way.person), " ", way.wished && badge(t("answers.wished"), "accent")),
            h("span", { class: "soft" }, way.breaks.length > 0 ? way.breaks.map((/** @type {any} */ one) => one.message).join(" ") : t("answers.concerns", { count: way.concerned.length })),
          ),
          h("span", { class: "number" }, t("answers.price", { price: number(way.difference) })),
          may("edit") && way.breaks.length === 0 && h("button", { type: "button", onclick: () => void accept(way).catch(complain) }, icon("check"), t("answers.accept")),
        )
      ),
    ),
    h("div", { class: "row" }, h("button", { type: "button", class: "quiet", onclick: () => void short().catch(complain) }, icon("play"), t("answers.solve", { seconds: SHORT }))),
    solve,
  ];
}

/** @param {string} path @param {any} it @param {any} body */
async function settle(path, it, body) {
  await post(`${path}/answers/${it.id}/settlement`, body);
  toast(t(body.person ? "answers.published" : "answers.is-settled"));
  again();
}

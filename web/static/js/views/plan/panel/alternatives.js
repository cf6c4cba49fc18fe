// @ts-check
/** Who else could do it: asked of the service, each with the price and what it would break. */

import { post } from "../../../api.js";
import { fill, h } from "../../../dom.js";
import { money, t } from "../../../i18n.js";
import { messageOf } from "../../../parts/empty.js";
import { icon } from "../../../parts/icons.js";
import { CLASS, TASK, named } from "../model/model.js";

/** @typedef {import("./panel.js").Desk} Desk */
/** @typedef {{ person: string, difference: number, breaks: { rule: string, message: string }[] }} Candidate */

const SHOWN = 6;

/** @param {Desk} desk @param {number} piece @param {AbortSignal} signal */
export function alternatives(desk, piece, signal) {
  const { model } = desk;
  const staff = model.staff(piece);
  const place = h("div", { class: "others" });
  const offer = staff.map((person) =>
    h(
      "button",
      { onclick: () => void ask(desk, piece, person, place, signal) },
      icon("people"),
      staff.length > 1
        ? t("plan.who-else-than", { name: named(model.people, person) })
        : t("plan.who-else"),
    ),
  );
  fill(place, h("div", { class: "row" }, offer));
  return place;
}

/** @param {Desk} desk @param {number} piece @param {number} person @param {HTMLElement} place @param {AbortSignal} signal */
async function ask(desk, piece, person, place, signal) {
  const { model, plan } = desk;
  const work =
    model.kind(piece) === CLASS
      ? { session: model.sessions.id[piece - model.first[CLASS]] }
      : { task: model.tasks.id[model.works[piece]] };
  const said = h("p", { class: "soft", role: "status" }, t("plan.asking"));
  fill(place, h("h3", null, t("plan.who-else")), said);
  try {
    /** @type {Candidate[]} */
    const found = await post(
      "v1/recommend",
      { plan, person: model.people.id[person], ...work },
      { signal },
    );
    fill(place, h("h3", null, t("plan.who-else")), candidates(desk, piece, found));
  } catch (error) {
    if (!signal.aborted) said.textContent = messageOf(error);
  }
}

/** @param {Desk} desk @param {number} piece @param {Candidate[]} found */
function candidates(desk, piece, found) {
  if (found.length === 0) return h("p", { class: "soft" }, t("plan.nobody-else"));
  const at = new Map(desk.model.people.id.map((id, number) => [id, number]));
  const rows = found.map((it) => candidate(desk, piece, it, at.get(it.person) ?? -1));
  const list = h("ul", { class: "candidates" }, rows.slice(0, SHOWN));
  if (rows.length <= SHOWN) return list;
  const more = h(
    "button",
    {
      class: "quiet",
      onclick: () => {
        list.append(...rows.slice(SHOWN));
        more.remove();
        rows[SHOWN].querySelector("button")?.focus();
      },
    },
    t("plan.more-people", { count: rows.length - SHOWN }),
  );
  return [list, more];
}

/** @param {Desk} desk @param {number} piece @param {Candidate} it @param {number} person */
function candidate({ model, put, words }, piece, it, person) {
  const fits = it.breaks.length === 0;
  const price = `${it.difference > 0 ? "+" : ""}${money(it.difference, model.currency)}`;
  return h(
    "li",
    { class: fits ? "fits" : "breaks" },
    h(
      "div",
      { class: "candidate" },
      icon(fits ? "check" : "warning"),
      h("span", { class: "grow" }, named(model.people, person)),
      h("span", { class: "figures" }, price),
      model.kind(piece) === TASK &&
        h(
          "button",
          {
            class: "quiet",
            "aria-label": t("plan.take", { name: named(model.people, person) }),
            onclick: () => put(piece, person),
          },
          icon("pin"),
        ),
    ),
    !fits &&
      h(
        "details",
        null,
        h("summary", null, t("plan.breaks", { count: it.breaks.length })),
        h("ul", { class: "bullets" }, it.breaks.map((one) => h("li", null, words.plainly(one.message)))),
      ),
  );
}

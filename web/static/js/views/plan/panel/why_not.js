// @ts-check
/** Why not by somebody else, on another day, in another room: asked of the service, answered in words. */

import { follow, get, post } from "../../../api.js";
import { fill, h } from "../../../dom.js";
import { collator, spoken, t } from "../../../i18n.js";
import { messageOf } from "../../../parts/empty.js";
import { field, input, select } from "../../../parts/field.js";
import { icon } from "../../../parts/icons.js";
import { CLASS, named } from "../model/model.js";

/** @typedef {import("./panel.js").Desk} Desk */

/** @param {Desk} desk @param {number} piece @param {AbortSignal} signal */
export function whyNot(desk, piece, signal) {
  const place = h("div", { class: "why-not" });
  const begin = () => fill(place, form(desk, piece, signal));
  fill(place, h("button", { onclick: begin }, icon("info"), t("why_not.title")));
  return place;
}

/** @param {Desk} desk @param {number} piece @param {AbortSignal} signal */
function form(desk, piece, signal) {
  const { model } = desk;
  const isClass = model.kind(piece) === CLASS;
  const person = select(choices(model.people, t("why_not.anybody")));
  const day = input({ type: "date" });
  const room = select(choices(model.rooms, t("why_not.anywhere")));
  const answer = h("div", { role: "status" });
  const ask = async () => {
    const work = isClass
      ? { work: model.courses.id[model.works[piece]], audience: model.audiences.id[model.groups(piece)[0][0]] }
      : { work: model.tasks.id[model.works[piece]] };
    const wish = {
      ...(person.value && { person: person.value }),
      ...(day.value && { day: day.value }),
      ...(isClass && room.value && { room: room.value }),
    };
    if (Object.keys(wish).length === 0) return;
    fill(answer, h("p", { class: "soft" }, t("why_not.looking")));
    try {
      const path = `v1/plans/${desk.plan}/why-not`;
      const { id } = await post(path, { ...work, ...wish }, { signal, once: true });
      follow(`v1/plans/${id}/events`, { ended: () => void answered(desk, `${path}/${id}`, answer, signal) }, signal);
    } catch (error) {
      if (!signal.aborted) fill(answer, h("p", { class: "bad" }, messageOf(error)));
    }
  };
  return [
    h("h3", null, t("why_not.title")),
    h(
      "form",
      { onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), void ask()) },
      field({ label: t("why_not.person"), control: person }),
      field({ label: t("why_not.day"), control: day }),
      isClass && field({ label: t("why_not.room"), control: room }),
      h("button", { type: "submit" }, icon("info"), t("why_not.ask")),
    ),
    answer,
  ];
}

/** @param {Desk} desk @param {string} path @param {HTMLElement} answer @param {AbortSignal} signal */
async function answered(desk, path, answer, signal) {
  try {
    const found = await get(`${path}?language=${spoken()}`, { signal });
    const lines = found.text.length ? found.text.slice(1) : [found.failure ?? found.state];
    fill(answer, lines.map((/** @type {string} */ it) => h("p", null, desk.words.plainly(it))));
  } catch (error) {
    if (!signal.aborted) fill(answer, h("p", { class: "bad" }, messageOf(error)));
  }
}

/** @param {import("../model/model.js").Model["people"]} part @param {string} none */
function choices(part, none) {
  const words = collator();
  const all = part.id.map((/** @type {string} */ value, /** @type {number} */ at) => ({ value, text: named(part, at) }));
  return [{ value: "", text: none }, ...all.toSorted((a, b) => words.compare(a.text, b.text))];
}

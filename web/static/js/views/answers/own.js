// @ts-check
/** What the link of a message opens: one's bookings, to confirm, decline or swap, on a phone. */

import { get, post } from "../../api.js";
import { fill, h } from "../../dom.js";
import { clock, day, t, when } from "../../i18n.js";
import { badge } from "../../parts/badge.js";
import { openDialog } from "../../parts/dialog.js";
import { field, select, tick } from "../../parts/field.js";
import { icon } from "../../parts/icons.js";
import { complain, toast } from "../../parts/toast.js";

/** @type {Record<string, "good" | "bad" | "warning">} */
const WORDS = { confirm: "good", decline: "bad", swap: "warning" };

/** @type {import("../../router.js").Show} */
export async function show(place, { signed }, context) {
  const path = `v1/answers/${encodeURIComponent(signed)}`;
  const sheet = await get(path, { signal: context.signal });
  context.title(t("answers.own-title"));
  place.classList.add("agenda", "agenda-own");
  const list = h("div", { class: "sections" });
  const draw = (/** @type {any} */ it) => fill(list, it.bookings.length === 0 && h("p", { class: "soft" }, t("answers.none-own")), it.bookings.map((/** @type {any} */ one) => card(one, say)));
  const say = async (/** @type {any} */ booking, /** @type {any} */ said) => {
    draw(await post(path, { booking: booking.booking, sequence: booking.sequence, ...said }));
    toast(t("answers.thanks"));
  };
  draw(sheet);
  place.append(
    h("h1", null, t("answers.hello", { name: sheet.name })),
    h("p", { class: "soft" }, t("answers.own-lead", { rollout: sheet.rollout, until: when(sheet.until) })),
    list,
  );
}

/** @param {any} it @param {(booking: any, said: any) => Promise<void>} say */
function card(it, say) {
  const title = it.kind === "support" ? `${it.title || t("agenda.kind-support")}, ${it.department}` : it.title;
  const again = it.answered !== "decline" && !it.settled;
  const act = (/** @type {() => Promise<unknown>} */ what) => () => void what().catch(complain);
  return h(
    "section",
    { class: "card" },
    h("header", null, h("h2", null, title), it.answered && badge(t(`answers.word-${it.answered}`), WORDS[it.answered])),
    h(
      "div",
      { class: "card-body stack" },
      h("p", null, spanOf(it), it.place.length > 0 && h("span", { class: "soft" }, ` · ${it.place.join(", ")}`)),
      again &&
        h(
          "div",
          { class: "row" },
          it.answered !== "confirm" && h("button", { type: "button", class: "primary", onclick: act(() => say(it, { answer: "confirm" })) }, icon("check"), t("answers.confirm")),
          h("button", { type: "button", onclick: act(() => decline(it, say)) }, icon("cross"), t("answers.decline")),
          it.swaps.length > 0 && h("button", { type: "button", onclick: act(() => swap(it, say)) }, icon("redo"), t("answers.swap")),
        ),
    ),
  );
}

/** @param {{ start: string, end: string }} it */
const spanOf = (it) =>
  it.start.slice(0, 10) === it.end.slice(0, 10)
    ? t("answers.span", { day: day(it.start, "long"), start: clock(it.start), end: clock(it.end) })
    : t("answers.span-days", { first: day(it.start, "long"), start: clock(it.start), last: day(it.end), end: clock(it.end) });

/** @param {any} it @param {(booking: any, said: any) => Promise<void>} say */
async function decline(it, say) {
  const reason = h("textarea", { rows: "3", maxlength: "500" });
  const isPrivate = tick(t("answers.private"), { checked: true });
  await openDialog({
    title: t("answers.decline"),
    body: [h("p", null, t("answers.decline-text")), field({ label: t("answers.reason"), control: reason, hint: t("answers.reason-hint") }), isPrivate],
    choices: [
      {
        text: t("answers.decline-send"),
        kind: "danger",
        act: () => say(it, { answer: "decline", reason: reason.value.trim() || null, private: isPrivate.querySelector("input")?.checked ?? false }).catch(complain),
      },
    ],
  });
}

/** @param {any} it @param {(booking: any, said: any) => Promise<void>} say */
async function swap(it, say) {
  const options = it.swaps.map((/** @type {any} */ one, /** @type {number} */ at) => ({ value: String(at), text: one.wish.with ? one.name : spanOf(one) }));
  const choice = select(options);
  await openDialog({
    title: t("answers.swap"),
    body: [h("p", null, t("answers.swap-text")), field({ label: t(it.swaps[0].wish.with ? "answers.swap-with" : "answers.swap-for"), control: choice })],
    choices: [
      { text: t("answers.swap-send"), kind: "primary", act: () => say(it, { answer: "swap", wish: it.swaps[Number(choice.value)].wish }).catch(complain) },
    ],
  });
}

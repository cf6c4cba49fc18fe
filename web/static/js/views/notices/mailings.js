// @ts-check
/** The messages of one publication: how many are where, and what is decided about them. */

import { all, post } from "../../api.js";
import { fill, h } from "../../dom.js";
import { number, t, when } from "../../i18n.js";
import { badge } from "../../parts/badge.js";
import { confirmed, openDialog } from "../../parts/dialog.js";
import { field, input } from "../../parts/field.js";
import { icon } from "../../parts/icons.js";
import { table } from "../../parts/table.js";
import { complain, toast } from "../../parts/toast.js";
import { again } from "../../router.js";

/** @type {Record<string, "good" | "bad" | "warning" | "busy" | "plain">} */
const KINDS = { sent: "good", bounced: "bad", "given up": "bad", held: "warning", due: "busy", dropped: "plain", replaced: "plain" };

/** States of which one wants to know who it is. */
const NAMED = ["bounced", "given up", "held", "due"];

/** @param {string} path of the rollout @param {any} it */
export function mailing(path, it) {
  const counts = Object.keys(KINDS).filter((state) => it.messages[state]);
  const waits = (it.messages.held ?? 0) + (it.messages.due ?? 0) > 0;
  const list = h("div", { class: "stack" });
  const shown = async (/** @type {string} */ state) => {
    const found = await all(`${path}/mailings/${it.id}/messages?state=${encodeURIComponent(state)}`);
    fill(list, messages(found, state));
  };
  return h(
    "section",
    { class: "card" },
    h(
      "header",
      null,
      h("h2", null, t("notices.of", { when: when(it.created_at), who: it.created_by })),
      decision(it),
    ),
    h(
      "div",
      { class: "card-body stack" },
      h(
        "div",
        { class: "row" },
        counts.length === 0 && h("span", { class: "soft" }, t("notices.no-message")),
        counts.map((state) => {
          const text = t("notices.counted", { state: t(`notices.state-${state.replace(" ", "-")}`), number: number(it.messages[state]) });
          return NAMED.includes(state)
            ? h("button", { type: "button", class: "quiet", onclick: () => void shown(state).catch(complain) }, badge(text, KINDS[state]))
            : badge(text, KINDS[state]);
        }),
        it.without_address > 0 && badge(t("notices.without", { count: it.without_address }), "warning"),
      ),
      waits &&
        h(
          "div",
          { class: "row" },
          it.messages.held > 0 && h("button", { type: "button", class: "primary", onclick: () => void decide(path, it, { send: "at once" }).catch(complain) }, icon("publish"), t("notices.send")),
          h("button", { type: "button", onclick: () => void later(path, it) }, icon("clock"), t("notices.send-at")),
          h("button", { type: "button", class: "quiet", onclick: () => void never(path, it).catch(complain) }, t("notices.never")),
        ),
      list,
    ),
  );
}

/** @param {any} it */
function decision(it) {
  if (it.decision === "never") return badge(t("notices.decided-never"));
  if (it.decision === "open") return it.messages.held > 0 ? badge(t("notices.undecided"), "warning") : null;
  return badge(t("notices.decided", { when: when(it.send_at), who: it.decided_by }), "plain");
}

/** @param {any[]} found @param {string} state */
const messages = (found, state) =>
  table({
    label: t(`notices.state-${state.replace(" ", "-")}`),
    rows: found,
    columns: [
      { text: t("notices.who"), cell: (one) => one.name, sort: (one) => one.name },
      { text: t("notices.kind"), cell: (one) => t(`notices.kind-${one.kind}`), sort: (one) => one.kind },
      { text: t("notices.bookings"), cell: (one) => number(one.new + one.moved + one.cancelled), number: true, sort: (one) => one.new + one.moved + one.cancelled },
      { text: t("notices.attempts"), cell: (one) => number(one.attempts), number: true, sort: (one) => one.attempts },
      { text: t("notices.next"), cell: (one) => (one.next_at ? when(one.next_at) : "–") },
      { text: t("notices.answer"), cell: (one) => one.answer ?? "–" },
    ],
  });

/** @param {string} path @param {any} it @param {any} body */
async function decide(path, it, body) {
  await post(`${path}/mailings/${it.id}/decision`, body);
  toast(t(body.send === "never" ? "notices.is-never" : "notices.is-decided"));
  again();
}

/** @param {string} path @param {any} it */
async function never(path, it) {
  const sure = await confirmed({ title: t("notices.never-sure"), text: t("notices.never-text"), yes: t("notices.never") });
  if (sure) await decide(path, it, { send: "never" });
}

/** @param {string} path @param {any} it */
async function later(path, it) {
  const at = input({ type: "datetime-local", required: true });
  await openDialog({
    title: t("notices.send-at"),
    body: field({ label: t("notices.when"), control: at, hint: t("notices.when-hint") }),
    choices: [
      {
        text: t("notices.send-then"),
        kind: "primary",
        act: async () => {
          if (!at.value) return false;
          await decide(path, it, { send: "at", at: new Date(at.value).toISOString() }).catch(complain);
        },
      },
    ],
  });
}

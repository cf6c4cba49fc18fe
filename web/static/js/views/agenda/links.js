// @ts-check
/** Secret links to an agenda: made, shown once, listed, revoked. */

import { address, all, post, send } from "../../api.js";
import { fill, h } from "../../dom.js";
import { t, when } from "../../i18n.js";
import { openDialog } from "../../parts/dialog.js";
import { field, input } from "../../parts/field.js";
import { complain, toast } from "../../parts/toast.js";

/**
 * Opens a dialog with the links to somebody's agenda.
 * @param {string} rollout
 * @param {import("./days.js").Agenda} agenda
 */
export async function handOut(rollout, agenda) {
  const path = `v1/rollouts/${encodeURIComponent(rollout)}/calendars`;
  const made = h("div", { class: "stack" });
  const known = h("ul", { class: "agenda-links" });
  const draw = async () => {
    const links = await all(path);
    const theirs = links.filter((it) => it.kind === agenda.kind && it.id === agenda.id);
    fill(known, theirs.map((it) => linkShown(it, () => void revoke(it.link).catch(complain))));
  };
  const revoke = async (/** @type {string} */ link) => {
    await send("DELETE", `${path}/${link}`);
    fill(made);
    await draw();
    toast(t("agenda.revoked"));
  };
  const make = async () => {
    const link = await post(path, { kind: agenda.kind, id: agenda.id });
    const calendar = address(link.path.slice(1));
    const page = calendar.replace(/v1\/calendars\/([^/]+)\.ics$/, "agenda/$1");
    fill(made, h("p", { class: "notice warning" }, t("agenda.link-once")), shown(t("agenda.link-page"), page), shown(t("agenda.link-calendar"), calendar));
    await draw();
  };
  await draw();
  await openDialog({
    title: t("agenda.links-of", { name: agenda.name }),
    body: [
      h("p", null, t("agenda.links-text")),
      h("div", { class: "row" }, h("button", { type: "button", class: "primary", onclick: () => void make().catch(complain) }, t("agenda.link-make"))),
      made,
      known,
    ],
  });
}

/**
 * @param {string} label
 * @param {string} text
 */
function shown(label, text) {
  const control = input({ value: text, readonly: true, onfocus: () => control.select() });
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    toast(t("agenda.copied"));
  };
  return h("div", { class: "agenda-link" }, field({ label, control }), h("button", { type: "button", onclick: () => void copy().catch(complain) }, t("agenda.copy")));
}

/**
 * @param {any} link
 * @param {() => void} revoke
 */
const linkShown = (link, revoke) =>
  h(
    "li",
    { class: "row" },
    h("span", { class: "grow" }, t("agenda.link-made", { when: when(link.created_at), who: link.created_by })),
    h("button", { type: "button", class: "danger", onclick: revoke }, t("agenda.revoke")),
  );

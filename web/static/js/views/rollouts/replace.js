// @ts-check
/** Replaces a rollout from a file: a table of what changes comes first. */

import { send } from "../../api.js";
import { h } from "../../dom.js";
import { number, said, t } from "../../i18n.js";
import { openDialog } from "../../parts/dialog.js";
import { complain, toast } from "../../parts/toast.js";
import { again } from "../../router.js";
import { fileChooser, showFaults } from "./bring_in.js";

const NAMED = 40;
/** Entries of a list that are named; the others are counted. */

/** @typedef {{ id: string, name: string, fields: string[], booked: boolean }} Changed */
/** @typedef {{ name: string, before: number, after: number, added: Changed[], removed: Changed[], changed: Changed[] }} ListChanges */

/** Asks for a file, shows what it changes, and saves it if it is meant. @param {any} rollout */
export function replaceFromFile(rollout) {
  const chooser = fileChooser((file) => void replaced(rollout, file).catch(complain));
  document.body.append(chooser);
  chooser.addEventListener("cancel", () => chooser.remove());
  chooser.addEventListener("change", () => chooser.remove());
  chooser.click();
}

/** @param {any} rollout @param {File} file */
async function replaced(rollout, file) {
  const path = `v1/rollouts/${rollout.id}`;
  const waiting = toast(t("rollouts.reading", { file: file.name }), { kind: "plain" });
  try {
    const { value, etag } = await send("POST", `${path}/replacement`, { body: file });
    waiting.remove();
    const sure = await openDialog({
      title: t("replace.title", { name: rollout.name }),
      classes: "large",
      body: changesOf(value),
      choices: [{ text: t("replace.save"), kind: "primary" }],
    });
    if (!sure) return;
    const match = /** @type {string} */ (etag);
    const { value: kept } = await send("PUT", `${path}?published=keep`, { body: file, match });
    toast(t("data.saved", { number: kept.revision }));
    again();
  } catch (error) {
    const { faults } = /** @type {import("../../api.js").Problem} */ (error);
    if (!faults?.length) throw error;
    await showFaults(file.name, faults, fileChooser((other) => void replaced(rollout, other).catch(complain)));
  } finally {
    waiting.remove();
  }
}

/** @param {{ fields: string[], lists: ListChanges[], keeps_published: boolean }} changes */
function changesOf({ fields, lists, keeps_published: keeps }) {
  const isNothing = fields.length + lists.length === 0;
  const booked = lists.flatMap((it) => it.removed.filter((one) => one.booked));
  return [
    h("p", null, t(isNothing ? "replace.nothing" : "replace.text")),
    keeps && h("p", { class: "soft" }, t("replace.keeps-published")),
    booked.length > 0 &&
      h("p", { class: "notice warning" }, t("replace.booked", { count: booked.length, names: booked.slice(0, NAMED).map((it) => it.name).join(", ") })),
    !isNothing &&
      h(
        "div",
        { class: "table-holder", tabindex: "0", role: "region", "aria-label": t("replace.changes") },
        h(
          "table",
          { class: "replacement" },
          h("thead", null, h("tr", null, ["what", "added", "removed", "changed"].map((it) => h("th", { scope: "col" }, t(`replace.${it}`))))),
          h(
            "tbody",
            null,
            fields.length > 0 &&
              h("tr", null, h("th", { scope: "row" }, t("data.table-rollout")), h("td"), h("td"), h("td", null, fields.map((it) => said(`data.of-${it}`, said(`data.${it}`, it))).join(", "))),
            lists.map(row),
          ),
        ),
      ),
  ];
}

/** @param {ListChanges} it */
const row = (it) =>
  h(
    "tr",
    null,
    h("th", { scope: "row" }, said(`data.table-${it.name}`, it.name), " ", h("small", { class: "soft figures" }, `${number(it.before)} → ${number(it.after)}`)),
    h("td", null, entries(it.added)),
    h("td", null, entries(it.removed)),
    h("td", null, entries(it.changed)),
  );

/** @param {Changed[]} all */
function entries(all) {
  if (all.length === 0) return "";
  return [
    h(
      "ul",
      null,
      all.slice(0, NAMED).map((it) =>
        h("li", null, it.name, it.fields.length > 0 && h("small", { class: "soft" }, ` ${it.fields.map(field).join(", ")}`)),
      ),
    ),
    all.length > NAMED && h("p", { class: "soft" }, t("replace.more", { count: all.length - NAMED })),
  ];
}

/** @param {string} name */
const field = (name) => said(`data.col-${name}`, name);

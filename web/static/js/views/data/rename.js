// @ts-check
/** Gives an entry another id, with all that refers to it: by the service, in the draft or as a revision. */

import { send } from "../../api.js";
import { h } from "../../dom.js";
import { t } from "../../i18n.js";
import { openDialog } from "../../parts/dialog.js";
import { complain, toast } from "../../parts/toast.js";
import { saved } from "./saving.js";

/** @typedef {import("./draft.js").Draft} Draft */

/**
 * An entry that is not saved yet is renamed in the draft; any other one in the rollout itself, after asking.
 * @param {Draft} draft
 * @param {string} list
 * @param {import("./tables.js").Row} row
 * @param {string} to
 */
export async function renamed(draft, list, row, to) {
  const from = row.entry.id;
  const has = (/** @type {any} */ tree) => (tree[list] ?? []).filter((/** @type {any} */ it) => it.id === from).length;
  // Of two with one id, others may refer to either: it is that one entry alone that gets another.
  if (!from || has(draft.tree) !== 1 || to === "") return draft.change([...row.path, "id"], to || undefined);
  const wanted = { list, id: from, to };
  if (has(draft.saved) === 0) {
    const { value } = await send("PUT", "v1/renamed", { body: { ...wanted, document: draft.tree } });
    return draft.change([], value.document);
  }
  const sure = await openDialog({
    title: t("replace.rename-title", { from, to }),
    body: [
      h("p", null, t("replace.rename-text")),
      draft.isChanged && h("p", null, t("replace.rename-others")),
    ],
    choices: [{ text: t("replace.rename"), kind: "primary" }],
  });
  if (!sure) return;
  if (draft.isChanged && !(await saved(draft))) {
    toast(t("replace.rename-faults"), { kind: "bad" });
    return;
  }
  await inRollout(draft, wanted);
}

/** @param {Draft} draft @param {{ list: string, id: string, to: string }} wanted */
async function inRollout(draft, wanted) {
  const path = `v1/rollouts/${draft.rollout}`;
  const { value: done } = await send("POST", `${path}/rename`, { body: wanted, match: draft.etag });
  const { value, etag } = await send("GET", path);
  draft.goOnFrom(value, /** @type {string} */ (etag), value);
  const back = { list: wanted.list, id: wanted.to, to: wanted.id };
  toast(t("replace.renamed", { from: wanted.id, to: wanted.to, count: done.places }), {
    action: { text: t("data.undo"), act: () => void undone(draft, back).catch(complain) },
  });
}

/** @param {Draft} draft @param {{ list: string, id: string, to: string }} back */
async function undone(draft, back) {
  if (draft.isChanged && !(await saved(draft))) toast(t("replace.rename-faults"), { kind: "bad" });
  else await inRollout(draft, back);
}

// @ts-check
/** Saves a draft as the next revision, and puts two people's changes together if it must be. */

import { h } from "../../dom.js";
import { t, when } from "../../i18n.js";
import { openDialog } from "../../parts/dialog.js";
import { complain, toast } from "../../parts/toast.js";

/**
 * Saves it, after asking if somebody else has saved meanwhile. What is wrong with it is in its faults then.
 * @param {import("./draft.js").Draft} draft
 * @returns {Promise<any>} the rollout as it is kept; null if it is not
 */
export async function saved(draft) {
  if (!draft.isChanged) return null;
  try {
    const kept = await draft.save();
    toast(t("data.saved", { number: kept.revision }));
    return kept;
  } catch (error) {
    const { status, faults } = /** @type {import("../../api.js").Problem} */ (error);
    if (status === 412) return (await together(draft)) ? saved(draft) : null;
    if (faults?.length) draft.faults = faults;
    else complain(error);
    return null;
  }
}

/**
 * Shows what somebody else has saved meanwhile, and takes over what is chosen.
 * @param {import("./draft.js").Draft} draft
 * @returns {Promise<boolean>} whether there is something to be saved now
 */
async function together(draft) {
  const { tree, clashes, theirs, etag, about } = await draft.beside();
  const who = { who: about.saved_by, when: when(about.saved_at), number: about.number };
  const taken = await openDialog({
    title: t("data.conflict"),
    body: [
      h("p", null, t("data.conflict-who", who)),
      h("p", null, t(clashes.length ? "data.conflict-clash" : "data.conflict-fits")),
      clashes.length > 0 &&
      h("ul", { class: "bullets" }, clashes.slice(0, 20).map((it) => h("li", null, it))),
    ],
    choices: [
      { text: t("data.conflict-theirs"), kind: "quiet", act: () => draft.goOnFrom(theirs, etag, theirs) },
      {
        text: t(clashes.length ? "data.conflict-mine" : "data.conflict-both"),
        kind: "primary",
        act: () => draft.goOnFrom(theirs, etag, tree),
      },
    ],
  });
  return taken && draft.isChanged;
}

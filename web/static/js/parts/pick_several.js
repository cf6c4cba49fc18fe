// @ts-check
/** Picks several entries of a list by name, in a dialog with a search. */

import { h } from "../dom.js";
import { t } from "../i18n.js";
import { openDialog } from "./dialog.js";

/** @typedef {import("./entries.js").Entry} Entry */

const SHOWN = 300;
const SEARCHED = 8;
/** From so many entries on there is a field to search in. */

/**
 * @param {string} title
 * @param {readonly string[]} chosen
 * @param {readonly Entry[]} entries
 * @returns {Promise<string[] | null>} null if nothing is to be changed
 */
export async function pickSeveral(title, chosen, entries) {
  const picked = new Set(chosen);
  const unknown = chosen.filter((it) => !entries.some((entry) => entry.id === it)).map((it) => ({
    id: it,
    name: it,
  }));
  const list = h("div", { class: "pick-list", role: "group", "aria-label": title });
  const draw = (/** @type {string} */ wanted) => {
    const found = [...unknown, ...entries].filter((it) =>
      `${it.name} ${it.id}`.toLowerCase().includes(wanted.toLowerCase())
    );
    list.replaceChildren(
      ...found.slice(0, SHOWN).map((it) =>
        h(
          "label",
          { class: "tick" },
          h("input", {
            type: "checkbox",
            checked: picked.has(it.id),
            onchange: (/** @type {Event} */ event) => (/** @type {HTMLInputElement} */ (event.target).checked
              ? picked.add(it.id)
              : picked.delete(it.id)),
          }),
          h("span", null, it.name, it.name !== it.id && h("small", { class: "soft" }, ` ${it.id}`)),
        )
      ),
    );
  };
  draw("");
  const search = h("input", {
    type: "search",
    placeholder: t("data.search"),
    "aria-label": t("data.search"),
    oninput: () => draw(search.value),
  });
  const taken = await openDialog({
    title,
    body: [entries.length > SEARCHED && search, list],
    choices: [{ text: t("data.take"), kind: "primary" }],
  });
  return taken ? [...unknown, ...entries].map((it) => it.id).filter((it) => picked.has(it)) : null;
}

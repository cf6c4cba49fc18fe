// @ts-check
/** Edits the lines inside a cell, such as the skills of a person or the crew of a task, in a dialog. */

import { fill, h } from "../../dom.js";
import { t } from "../../i18n.js";
import { openDialog } from "../../parts/dialog.js";
import { icon } from "../../parts/icons.js";
import { pickSeveral } from "../../parts/pick_several.js";
import { control, plainly, read } from "./cells.js";
import { at, withValue } from "./places.js";

/**
 * @param {string} title
 * @param {import("./tables.js").Column} column
 * @param {any[]} value
 * @param {(list: string) => {id: string, name: string}[]} entriesOf
 * @param {import("./cells.js").NameOf} nameOf
 * @returns {Promise<any[] | null>} null if nothing is to be changed
 */
export async function editLines(title, column, value, entriesOf, nameOf) {
  const columns = /** @type {import("./tables.js").Column[]} */ (column.lines);
  /** @type {any[]} */
  let lines = value.map((it) => (typeof it === "string" ? { [columns[0].key]: it } : it));
  const body = h("tbody", null);
  /** @param {number} number @param {string} key @param {any} found */
  const change = (number, key, found) => (lines = withValue(lines, [number, ...key.split(".")], found));
  const draw = () =>
    fill(
      body,
      lines.map((line, number) =>
        h(
          "tr",
          null,
          columns.map((it) => h("td", null, cell(it, at(line, it.key.split(".")), number))),
          h(
            "td",
            null,
            h("button", {
              type: "button",
              class: "quiet icon-only",
              "aria-label": t("data.remove-line", { number: number + 1 }),
              onclick: () => remove(number),
            }, icon("trash")),
          ),
        )
      ),
    );
  /** @param {import("./tables.js").Column} it @param {any} found @param {number} number */
  const cell = (it, found, number) => {
    const label = `${t(`data.col-${it.key.replaceAll(".", "-")}`)}, ${number + 1}`;
    if (it.kind === "words" && it.refs) {
      const button = h("button", { type: "button", class: "quiet" });
      let chosen = found ?? [];
      const says = () => {
        const names = plainly(it, chosen, nameOf);
        button.textContent = names || "…";
        button.setAttribute("aria-label", names ? `${label}: ${names}` : label);
      };
      says();
      button.addEventListener("click", async () => {
        const picked = await pickSeveral(label, chosen, entriesOf(/** @type {string} */ (it.refs)));
        if (!picked) return;
        chosen = picked;
        change(number, it.key, picked.length ? picked : undefined);
        says();
      });
      return button;
    }
    const entries = it.refs ? entriesOf(it.refs) : [];
    const made = control(it, found, entries);
    made.setAttribute("aria-label", label);
    made.addEventListener("input", () => change(number, it.key, read(it, made.value, entries)));
    return made;
  };
  const remove = (/** @type {number} */ number) => {
    lines = lines.filter((_, other) => other !== number);
    draw();
    more.focus();
  };
  const more = h("button", { type: "button", onclick: () => add() }, icon("plus"), t("data.add-line"));
  const add = () => {
    lines = [...lines, {}];
    draw();
    /** @type {HTMLElement | null} */ (body.lastElementChild?.querySelector("input, select, button"))
      ?.focus();
  };
  draw();
  const taken = await openDialog({
    title,
    classes: "large",
    body: [
      h(
        "div",
        { class: "table-holder" },
        h(
          "table",
          { class: "lines-table" },
          h(
            "thead",
            null,
            h(
              "tr",
              null,
              columns.map((it) => h("th", { scope: "col" }, t(`data.col-${it.key.replaceAll(".", "-")}`))),
              h("th", null, h("span", { class: "hidden-text" }, t("data.remove"))),
            ),
          ),
          body,
        ),
      ),
      h("div", { class: "row" }, more),
    ],
    choices: [{ text: t("data.take"), kind: "primary" }],
    opened: () => (lines.length ? undefined : add()),
  });
  if (!taken) return null;
  const kept = lines.filter((it) => Object.keys(it).length > 0);
  // A task that follows another one plainly is written as its id alone, as it was.
  return kept.map((
    it,
    number,
  ) => (typeof value[number] === "string" && Object.keys(it).length === 1 ? Object.values(it)[0] : it));
}

// @ts-check
/** The data of a rollout in tables: edited with faults at their cells, undone, saved as a revision. */

import { debounced, h, refill } from "../../dom.js";
import { number, t } from "../../i18n.js";
import { shortcut } from "../../keys.js";
import { faultList } from "../../parts/faults.js";
import { head } from "../../parts/head.js";
import { icon } from "../../parts/icons.js";
import { complain, toast } from "../../parts/toast.js";
import { go } from "../../router.js";
import { may } from "../../session.js";
import { pickSeveral } from "../../parts/pick_several.js";
import { plainly } from "./cells.js";
import { draftOf } from "./draft.js";
import { general } from "./general.js";
import { Grid } from "./grid.js";
import { editLines } from "./lines.js";
import { steps } from "./places.js";
import { renamed } from "./rename.js";
import { added, inPlace, moved, pathOf, taken } from "./rows.js";
import { saved } from "./saving.js";
import { placeOf, rowsOf, TABLES, valueOf } from "./tables.js";

/** What stands beside the tables: the rollout's own name, days and prices. */
const GENERAL = "rollout";

/** @typedef {import("./tables.js").Row} Row */
/** @typedef {import("./tables.js").Column} Column */

/** @type {import("../../router.js").Show} */
export async function show(place, { rollout: id, table: name = "people" }, context) {
  const isGeneral = name === GENERAL;
  const table = TABLES.find((it) => it.name === name) ?? TABLES[0];
  context.title(t(`data.table-${isGeneral ? GENERAL : table.name}`));
  const { signal } = context;
  const draft = await draftOf(id, signal);
  const editable = may("edit") && !context.rollout.scenario_of;
  let wanted = context.query.get("find") ?? "";

  const entriesOf = (/** @type {string} */ list) =>
    (draft.tree[list] ?? []).map((/** @type {any} */ it) => ({
      id: String(it.id),
      name: String(it.name ?? it.id),
    }));
  const names = new Map();
  const nameOf = (/** @type {string} */ list, /** @type {string} */ entry) => {
    if (names.get(list)?.of !== draft.tree[list]) {
      names.set(list, {
        of: draft.tree[list],
        by: new Map(entriesOf(list).map((/** @type {any} */ it) => [it.id, it.name])),
      });
    }
    return names.get(list).by.get(entry) ?? entry;
  };
  const title = (/** @type {Row} */ row, /** @type {Column} */ column) =>
    `${row.entry.name ?? row.entry.id ?? row.owner ?? ""}: ${
      t(`data.col-${column.key.replaceAll(".", "-")}`)
    }`;

  const grid = new Grid({
    label: t(`data.table-${table.name}`),
    columns: table.columns,
    editable,
    nameOf,
    entriesOf,
    change,
    paste,
    rename: (row, to) => void renamed(draft, table.name, row, to).catch(complain).finally(() => grid.focus()),
    open,
    picked: () => drawTools(),
  });
  const form = isGeneral ? general(draft, editable) : null;
  const tabs = h("nav", { class: "tabs", "aria-label": t("data.tables") });
  const tools = h("div", { class: "row data-tools" });
  const state = h("div", { class: "row data-state", role: "status" });
  const panel = h("section", { class: "fault-panel", hidden: true, "aria-label": t("data.faults") });
  const search = h("input", {
    type: "search",
    value: wanted,
    placeholder: t("data.search"),
    "aria-label": t("data.search"),
    oninput: debounced(120, () => {
      wanted = search.value;
      context.setQuery({ find: wanted });
      drawRows();
    }),
  });

  function change(
    /** @type {Row} */ row,
    /** @type {Column} */ column,
    /** @type {any} */ value,
    /** @type {string} */ typing,
  ) {
    if (row.ownerKey === column.key) return moved(table, draft, row, value);
    draft.change(pathOf(row, column), inPlace(row, column, value), typing);
  }

  function paste(/** @type {import("./clipboard.js").Pasted} */ pasted) {
    const left = taken(table, draft, grid.present, pasted);
    if (pasted.added.length > 0 && wanted) {
      // What is new need not fit what was searched for.
      wanted = search.value = "";
      drawRows();
    }
    if (left > 0) toast(t("replace.paste-left", { count: left }), { kind: "plain" });
    grid.focus();
  }

  async function open(/** @type {Row} */ row, /** @type {Column} */ column) {
    const value = valueOf(row, column) ?? [];
    const found = column.kind === "words"
      ? await pickSeveral(title(row, column), value, entriesOf(/** @type {string} */ (column.refs)))
      : await editLines(title(row, column), column, value, entriesOf, nameOf);
    if (found) {
      draft.change(
        [...row.path, ...column.key.split(".")],
        found.length || column.needed ? found : undefined,
      );
    }
    grid.focus();
  }

  function add(/** @type {any} */ copied) {
    const key = added(table, draft, grid.present, copied);
    if (key === null) toast(t("replace.first", { table: t(`data.table-${table.of}`) }), { kind: "plain" });
    wanted = search.value = "";
    drawRows();
    if (key) grid.goTo(key, table.columns[0].key);
  }

  function remove() {
    const row = grid.present;
    if (!row) return;
    draft.change(row.path, undefined);
    const name_ = row.entry.name ?? row.entry.id ?? row.owner ?? "";
    toast(t("data.removed", { name: name_ }), {
      kind: "plain",
      action: { text: t("data.undo"), act: () => (draft.undo(), grid.focus()) },
    });
    grid.focus();
  }

  function drawRows() {
    const text = wanted.toLowerCase();
    const all = rowsOf(table, draft.tree);
    grid.show(
      text
        ? all.filter((row) =>
          table.columns.some((it) =>
            `${plainly(it, valueOf(row, it), nameOf)} ${
              it.kind === "choice" || it.kind === "text" ? (valueOf(row, it) ?? "") : ""
            }`.toLowerCase().includes(text)
          )
        )
        : all,
    );
  }

  function drawTabs() {
    const wrong = new Map();
    for (const fault of draft.faults) {
      const path = steps(fault.path);
      for (const it of TABLES) if (placeOf(it, path)) wrong.set(it.name, (wrong.get(it.name) ?? 0) + 1);
    }
    refill(
      tabs,
      h(
        "a",
        { href: `rollouts/${id}/data/${GENERAL}`, "aria-current": isGeneral ? "page" : null },
        t(`data.table-${GENERAL}`),
      ),
      TABLES.map((it) => {
        const count = rowsOf(it, draft.tree).length;
        return h(
          "a",
          {
            href: `rollouts/${id}/data/${it.name}`,
            "aria-current": it === table && !isGeneral ? "page" : null,
          },
          t(`data.table-${it.name}`),
          " ",
          h("small", { class: "figures" }, number(count)),
          wrong.has(it.name) &&
            h(
              "span",
              { class: "tab-faults", title: t("rollouts.faults", { count: wrong.get(it.name) }) },
              icon("warning"),
              h("span", { class: "hidden-text" }, t("rollouts.faults", { count: wrong.get(it.name) })),
            ),
        );
      }),
    );
    /** @type {HTMLElement | null} */ (tabs.querySelector("[aria-current]"))?.scrollIntoView({
      block: "nearest",
      inline: "nearest",
    });
  }

  function drawTools() {
    const button = (
      /** @type {import("../../parts/icons.js").IconName} */ name_,
      /** @type {string} */ key,
      /** @type {() => void} */ act,
      disabled = false,
    ) =>
      h(
        "button",
        { class: "quiet", disabled, onclick: act },
        icon(name_),
        h("span", { class: "tool-text" }, t(`data.${key}`)),
      );
    refill(
      tools,
      !isGeneral && search,
      editable && !isGeneral && [
        button("plus", "add", () => add(undefined)),
        button("file", "copy", () => add(grid.present?.entry), !grid.present),
        button("trash", "remove", remove, !grid.present),
        h("span", { class: "divider" }),
      ],
      editable && [
        button("undo", "undo", () => draft.undo(), !draft.before.length),
        button("redo", "redo", () => draft.redo(), !draft.after.length),
      ],
    );
  }

  function drawState() {
    const { faults, warnings } = draft;
    const toggle = () => {
      panel.hidden = !panel.hidden;
      drawState();
    };
    const said = draft.isChecking ? h("span", { class: "soft" }, t("data.checking")) : faults.length
      ? h(
        "button",
        { class: "quiet bad", "aria-expanded": String(!panel.hidden), onclick: toggle },
        icon("warning"),
        t("rollouts.faults", { count: faults.length }),
      )
      : warnings.length
      ? h(
        "button",
        { class: "quiet warned", "aria-expanded": String(!panel.hidden), onclick: toggle },
        icon("info"),
        t("data.warnings", { count: warnings.length }),
      )
      : h("span", { class: "good" }, icon("check"), t("data.fine"));
    refill(
      state,
      said,
      editable && draft.isChanged &&
        h("button", { class: "quiet", onclick: () => draft.discard() }, t("data.discard")),
      editable &&
        h("button", {
          class: "primary",
          disabled: !draft.isChanged || (!draft.isChecking && faults.length > 0),
          onclick: () => void save(),
        }, t("dialog.save")),
    );
    if (!faults.length && !warnings.length) panel.hidden = true;
    if (!panel.hidden) {
      refill(panel, faultList(faults, { pick: goTo }), faultList(warnings, { kind: "warning", pick: goTo }));
    }
  }

  function goTo(/** @type {import("../../api.js").Fault} */ fault) {
    const path = steps(fault.path);
    const here = isGeneral ? null : placeOf(table, path);
    if (here) {
      wanted = search.value = "";
      drawRows();
      return grid.goTo(here.row, here.column);
    }
    const other = TABLES.find((it) => placeOf(it, path));
    if (!other && !isGeneral) go(`rollouts/${id}/data/${GENERAL}`);
    if (other) go(`rollouts/${id}/data/${other.name}?at=${encodeURIComponent(fault.path)}`);
  }

  function drawMarks() {
    form?.mark();
    /** @type {import("./grid.js").Marks} */
    const marks = new Map();
    const all = [
      ...draft.warnings.map((it) => ({ kind: /** @type {const} */ ("warning"), it })),
      ...draft.faults.map((it) => ({ kind: /** @type {const} */ ("fault"), it })),
    ];
    for (const { kind, it } of all) {
      const found = placeOf(table, steps(it.path));
      if (!found) continue;
      const row = marks.get(found.row) ?? new Map();
      marks.set(found.row, row.set(found.column, { kind, text: it.message }));
    }
    grid.mark(marks);
  }

  async function save() {
    const kept = await saved(draft);
    if (kept) context.rollout.revision = kept.revision;
    else if (draft.faults.length) panel.hidden = false;
    drawAll();
  }

  function drawAll() {
    if (form) form.draw();
    else drawRows();
    drawTabs();
    drawTools();
    drawState();
    drawMarks();
  }

  place.append(
    head({ title: t("data.title"), lead: editable ? t("data.lead") : t("data.read-only"), actions: state }),
    tabs,
    h("section", { class: "card data" }, tools, form?.element ?? grid.element, panel),
  );
  draft.addEventListener("change", drawAll, { signal });
  draft.addEventListener("checked", () => (drawTabs(), drawState(), drawMarks()), { signal });
  guardUnload(draft, signal);
  if (editable) {
    shortcut("Insert", () => t("data.add"), () => add(undefined), signal);
    shortcut("Ctrl+Enter", () => t("data.add"), () => add(undefined), signal);
    shortcut("Ctrl+Z", () => t("data.undo"), () => draft.undo(), signal);
    shortcut("Ctrl+Shift+Z", () => t("data.redo"), () => draft.redo(), signal);
    shortcut("Ctrl+Y", () => t("data.redo"), () => draft.redo(), signal);
    shortcut("Ctrl+S", () => t("dialog.save"), () => void save(), signal);
  }
  drawAll();
  void draft.check().catch(complain);
  const wantedPlace = context.query.get("at");
  if (wantedPlace) goTo({ path: wantedPlace, code: "", message: "" });
  return () => grid.stop();
}

/**
 * Asks before the window is closed with work that is not saved; other views leave the draft as it is.
 * @param {import("./draft.js").Draft} draft
 * @param {AbortSignal} signal
 */
function guardUnload(draft, signal) {
  addEventListener("beforeunload", (event) => draft.isChanged && event.preventDefault(), { signal });
}

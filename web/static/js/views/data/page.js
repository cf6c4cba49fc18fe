// @ts-check
/** The data of a rollout in tables: edited with faults at their cells, undone, saved as a revision. */

import { debounced, fill, h } from "../../dom.js";
import { number, t, when } from "../../i18n.js";
import { shortcut } from "../../keys.js";
import { openDialog } from "../../parts/dialog.js";
import { faultList } from "../../parts/faults.js";
import { head } from "../../parts/head.js";
import { icon } from "../../parts/icons.js";
import { complain, toast } from "../../parts/toast.js";
import { go } from "../../router.js";
import { may } from "../../session.js";
import { pickSeveral, plainly } from "./cells.js";
import { draftOf } from "./draft.js";
import { Grid } from "./grid.js";
import { editLines } from "./lines.js";
import { steps } from "./places.js";
import { TABLES, placeOf, rowsOf, valueOf } from "./tables.js";

/** @typedef {import("./tables.js").Row} Row */
/** @typedef {import("./tables.js").Column} Column */

/** @type {import("../../router.js").Show} */
export async function show(place, { rollout: id, table: name = "people" }, context) {
  const table = TABLES.find((it) => it.name === name) ?? TABLES[0];
  context.title(t(`data.table-${table.name}`));
  const { signal } = context;
  const draft = await draftOf(id, signal);
  const editable = may("edit") && !context.rollout.scenario_of;
  let wanted = context.query.get("find") ?? "";

  const entriesOf = (/** @type {string} */ list) => (draft.tree[list] ?? []).map((/** @type {any} */ it) => ({ id: String(it.id), name: String(it.name ?? it.id) }));
  const names = new Map();
  const nameOf = (/** @type {string} */ list, /** @type {string} */ entry) => {
    if (names.get(list)?.of !== draft.tree[list]) names.set(list, { of: draft.tree[list], by: new Map(entriesOf(list).map((/** @type {any} */ it) => [it.id, it.name])) });
    return names.get(list).by.get(entry) ?? entry;
  };
  const title = (/** @type {Row} */ row, /** @type {Column} */ column) => `${row.entry.name ?? row.entry.id ?? row.owner ?? ""}: ${t(`data.col-${column.key.replaceAll(".", "-")}`)}`;

  const grid = new Grid({ label: t(`data.table-${table.name}`), columns: table.columns, editable, nameOf, entriesOf, change, open, picked: () => drawTools() });
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

  function change(/** @type {Row} */ row, /** @type {Column} */ column, /** @type {any} */ value, /** @type {string} */ typing) {
    if (row.owner !== undefined && column.key === "person") return void moveTo(row, value);
    draft.change([...row.path, ...column.key.split(".")], value, typing);
  }

  /** An absence becomes that of another person. */
  function moveTo(/** @type {Row} */ row, /** @type {string | undefined} */ owner) {
    const of = /** @type {string} */ (table.of);
    const inside = /** @type {string} */ (table.inside);
    const owners = draft.tree[of];
    const to = owners.findIndex((/** @type {any} */ it) => it.id === owner);
    if (to < 0 || owner === row.owner) return;
    const left = owners.map((/** @type {any} */ it, /** @type {number} */ number_) => {
      if (number_ === row.path[1]) return { ...it, [inside]: it[inside].filter((/** @type {any} */ entry) => entry !== row.entry) };
      if (number_ === to) return { ...it, [inside]: [...(it[inside] ?? []), row.entry] };
      return it;
    });
    draft.change([of], left);
  }

  async function open(/** @type {Row} */ row, /** @type {Column} */ column) {
    const value = valueOf(row, column) ?? [];
    const found = column.kind === "words" ? await pickSeveral(title(row, column), value, entriesOf(/** @type {string} */ (column.refs))) : await editLines(title(row, column), column, value, entriesOf, nameOf);
    if (found) draft.change([...row.path, ...column.key.split(".")], found.length || column.needed ? found : undefined);
    grid.focus();
  }

  function add(/** @type {any} */ copied) {
    const near = grid.present;
    if (table.of && table.inside) {
      const owner = near ? Number(near.path[1]) : 0;
      if (!draft.tree[table.of]?.length) return;
      const today = draft.tree.start;
      const list = draft.tree[table.of][owner][table.inside] ?? [];
      draft.change([table.of, owner, table.inside], [...list, copied ?? { from: today, to: today }]);
      grid.goTo([table.of, owner, table.inside, list.length].join("/"), "person");
      return;
    }
    const list = draft.tree[table.name] ?? [];
    const needed = Object.fromEntries(table.columns.filter((it) => it.needed && it.kind === "choice" && it.refs).map((it) => [it.key, near?.entry[it.key] ?? entriesOf(/** @type {string} */ (it.refs))[0]?.id]).filter(([, value]) => value));
    const fresh = { ...(table.columns[0].key === "id" && { id: freeId(list, copied?.id) }), ...(copied ? { ...copied, id: freeId(list, copied.id) } : { ...table.fresh, ...needed }) };
    draft.change([table.name], [...list, fresh]);
    wanted = search.value = "";
    drawRows();
    grid.goTo(`${table.name}/${list.length}`, table.columns[0].key);
  }

  function freeId(/** @type {any[]} */ list, stem = `${table.name.replace(/s$/, "")}`) {
    const taken = new Set(list.map((it) => it.id));
    let number_ = list.length + 1;
    while (taken.has(`${stem}-${number_}`)) number_ += 1;
    return `${stem}-${number_}`;
  }

  function remove() {
    const row = grid.present;
    if (!row) return;
    draft.change(row.path, undefined);
    const name_ = row.entry.name ?? row.entry.id ?? row.owner ?? "";
    toast(t("data.removed", { name: name_ }), { kind: "plain", action: { text: t("data.undo"), act: () => draft.undo() } });
    grid.focus();
  }

  function drawRows() {
    const text = wanted.toLowerCase();
    const all = rowsOf(table, draft.tree);
    grid.show(text ? all.filter((row) => table.columns.some((it) => `${plainly(it, valueOf(row, it), nameOf)} ${it.kind === "choice" || it.kind === "text" ? (valueOf(row, it) ?? "") : ""}`.toLowerCase().includes(text))) : all);
  }

  function drawTabs() {
    const wrong = new Map();
    for (const fault of draft.faults) {
      const path = steps(fault.path);
      for (const it of TABLES) if (placeOf(it, path)) wrong.set(it.name, (wrong.get(it.name) ?? 0) + 1);
    }
    fill(
      tabs,
      TABLES.map((it) => {
        const count = rowsOf(it, draft.tree).length;
        return h("a", { href: `rollouts/${id}/data/${it.name}`, "aria-current": it === table ? "page" : null }, t(`data.table-${it.name}`), " ", h("small", { class: "figures" }, number(count)), wrong.has(it.name) && h("span", { class: "tab-faults", title: t("rollouts.faults", { count: wrong.get(it.name) }) }, icon("warning"), h("span", { class: "hidden-text" }, t("rollouts.faults", { count: wrong.get(it.name) }))));
      }),
    );
    /** @type {HTMLElement | null} */ (tabs.querySelector("[aria-current]"))?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function drawTools() {
    const button = (/** @type {import("../../parts/icons.js").IconName} */ name_, /** @type {string} */ key, /** @type {() => void} */ act, disabled = false) => h("button", { class: "quiet", disabled, onclick: act }, icon(name_), h("span", { class: "tool-text" }, t(`data.${key}`)));
    fill(
      tools,
      search,
      editable && [
        button("plus", "add", () => add(undefined)),
        button("file", "copy", () => add(grid.present?.entry), !grid.present),
        button("trash", "remove", remove, !grid.present),
        h("span", { class: "divider" }),
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
    const said = draft.isChecking
      ? h("span", { class: "soft" }, t("data.checking"))
      : faults.length
        ? h("button", { class: "quiet bad", "aria-expanded": String(!panel.hidden), onclick: toggle }, icon("warning"), t("rollouts.faults", { count: faults.length }))
        : warnings.length
          ? h("button", { class: "quiet warned", "aria-expanded": String(!panel.hidden), onclick: toggle }, icon("info"), t("data.warnings", { count: warnings.length }))
          : h("span", { class: "good" }, icon("check"), t("data.fine"));
    fill(
      state,
      said,
      editable && draft.isChanged && h("button", { class: "quiet", onclick: () => draft.discard() }, t("data.discard")),
      editable && h("button", { class: "primary", disabled: !draft.isChanged || (!draft.isChecking && faults.length > 0), onclick: () => void save() }, t("dialog.save")),
    );
    if (!faults.length && !warnings.length) panel.hidden = true;
    if (!panel.hidden) fill(panel, faultList(faults, { pick: goTo }), faultList(warnings, { kind: "warning", pick: goTo }));
  }

  function goTo(/** @type {import("../../api.js").Fault} */ fault) {
    const path = steps(fault.path);
    const here = placeOf(table, path);
    if (here) {
      wanted = search.value = "";
      drawRows();
      return grid.goTo(here.row, here.column);
    }
    const other = TABLES.find((it) => placeOf(it, path));
    if (other) go(`rollouts/${id}/data/${other.name}?at=${encodeURIComponent(fault.path)}`);
  }

  function drawMarks() {
    /** @type {import("./grid.js").Marks} */
    const marks = new Map();
    const all = [...draft.warnings.map((it) => ({ kind: /** @type {const} */ ("warning"), it })), ...draft.faults.map((it) => ({ kind: /** @type {const} */ ("fault"), it }))];
    for (const { kind, it } of all) {
      const found = placeOf(table, steps(it.path));
      if (!found) continue;
      const row = marks.get(found.row) ?? new Map();
      marks.set(found.row, row.set(found.column, { kind, text: it.message }));
    }
    grid.mark(marks);
  }

  async function save() {
    if (!draft.isChanged) return;
    try {
      const kept = await draft.save();
      toast(t("data.saved", { number: kept.revision }));
      context.rollout.revision = kept.revision;
      drawAll();
    } catch (error) {
      const { status, faults } = /** @type {import("../../api.js").Problem} */ (error);
      if (status === 412) await conflict();
      else if (faults?.length) {
        draft.faults = faults;
        draft.isChecking = false;
        panel.hidden = false;
        drawAll();
      } else complain(error);
    }
  }

  /** Somebody else has saved meanwhile: shows what that means, and puts both together if it is wanted. */
  async function conflict() {
    const { tree, clashes, theirs, etag, about } = await draft.beside();
    await openDialog({
      title: t("data.conflict"),
      body: [
        h("p", null, t("data.conflict-who", { who: about.saved_by, when: when(about.saved_at), number: about.number })),
        clashes.length ? [h("p", null, t("data.conflict-clash")), h("ul", { class: "bullets" }, clashes.slice(0, 20).map((it) => h("li", null, it)))] : h("p", null, t("data.conflict-fits")),
      ],
      choices: [
        { text: t("data.conflict-theirs"), kind: "quiet", act: () => draft.goOnFrom(theirs, etag, theirs) },
        { text: t(clashes.length ? "data.conflict-mine" : "data.conflict-both"), kind: "primary", act: () => (draft.goOnFrom(theirs, etag, tree), void save()) },
      ],
    });
  }

  function drawAll() {
    drawRows();
    drawTabs();
    drawTools();
    drawState();
    drawMarks();
  }

  place.append(head({ title: t("data.title"), lead: editable ? t("data.lead") : t("data.read-only"), actions: state }), tabs, h("section", { class: "card data" }, tools, grid.element, panel));
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

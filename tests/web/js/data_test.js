/** What is edited in tables: places in documents, undoing, and two people's changes put together. */

import assert from "node:assert/strict";

import { read } from "../../../web/static/js/views/data/cells.js";
import { cellsOf, pasted } from "../../../web/static/js/views/data/clipboard.js";
import { taken } from "../../../web/static/js/views/data/rows.js";
import { idOf, labelOf } from "../../../web/static/js/parts/entries.js";
import { Draft } from "../../../web/static/js/views/data/draft.js";
import { merged } from "../../../web/static/js/views/data/merge.js";
import { steps, withValue } from "../../../web/static/js/views/data/places.js";
import { TABLES, placeOf, rowsOf, valueOf } from "../../../web/static/js/views/data/tables.js";

const table = (name) => TABLES.find((it) => it.name === name);

Deno.test("a path of a fault is read step by step", () => {
  assert.deepEqual(steps("tasks[3].crew[0].skill"), ["tasks", 3, "crew", 0, "skill"]);
  assert.deepEqual(steps(""), []);
});

Deno.test("a value is put at its place and the document before stays as it was", () => {
  const before = { people: [{ id: "ana" }, { id: "bor", limits: { hours_per_day: 8 } }] };
  const after = withValue(before, ["people", 0, "limits", "hours_per_day"], 6);
  assert.deepEqual(after.people[0], { id: "ana", limits: { hours_per_day: 6 } });
  assert.equal(after.people[1], before.people[1]);
  assert.deepEqual(before.people[0], { id: "ana" });
});

Deno.test("what is taken out takes the mapping with it that is empty then", () => {
  const before = { people: [{ id: "bor", limits: { hours_per_day: 8 } }] };
  assert.deepEqual(withValue(before, ["people", 0, "limits", "hours_per_day"], undefined), { people: [{ id: "bor" }] });
  assert.deepEqual(withValue(before, ["people", 0], undefined), { people: [] });
});

Deno.test("a fault stands at its row and column, an absence in both of its tables", () => {
  assert.deepEqual(placeOf(table("tasks"), steps("tasks[3].crew[0].skill")), { row: "tasks/3", column: "crew" });
  assert.deepEqual(placeOf(table("people"), steps("people[2].limits.hours_per_day")), { row: "people/2", column: "limits.hours_per_day" });
  assert.deepEqual(placeOf(table("people"), steps("people[2]")), { row: "people/2", column: null });
  const absence = steps("people[2].absences[1].to");
  assert.deepEqual(placeOf(table("people"), absence), { row: "people/2", column: "absences" });
  assert.deepEqual(placeOf(table("absences"), absence), { row: "people/2/absences/1", column: "to" });
  assert.equal(placeOf(table("rooms"), absence), null);
});

Deno.test("changes of different entries are put together, with those added by both", () => {
  const base = { name: "R", people: [{ id: "ana", cost: 1 }, { id: "bor", cost: 1 }, { id: "eva", cost: 1 }] };
  const mine = { name: "R", people: [{ id: "ana", cost: 2 }, { id: "bor", cost: 1 }, { id: "me", cost: 1 }] };
  const theirs = { name: "Q", people: [{ id: "ana", cost: 1 }, { id: "bor", cost: 3 }, { id: "eva", cost: 1 }, { id: "they", cost: 1 }] };
  const { tree, clashes } = merged(base, mine, theirs);
  assert.deepEqual(clashes, []);
  assert.deepEqual(tree, {
    name: "Q",
    people: [{ id: "ana", cost: 2 }, { id: "bor", cost: 3 }, { id: "me", cost: 1 }, { id: "they", cost: 1 }],
  });
});

Deno.test("an entry that both have changed is named, and mine is taken", () => {
  const [base, mine, theirs] = [1, 2, 3].map((cost) => ({ people: [{ id: "ana", cost }] }));
  const { tree, clashes } = merged(base, mine, theirs);
  assert.deepEqual(clashes, ["people: ana"]);
  assert.deepEqual(tree, mine);
});

Deno.test("an entry that they have changed and I have taken out is named", () => {
  const base = { people: [{ id: "ana", cost: 1 }] };
  const { tree, clashes } = merged(base, { people: [] }, { people: [{ id: "ana", cost: 2 }] });
  assert.deepEqual(clashes, ["people: ana"]);
  assert.deepEqual(tree, { people: [] });
});

/** A draft that does not ask the service. */
function draft(tree) {
  const made = new Draft("r", tree, '"1"');
  made.checkSoon = () => {};
  return made;
}

Deno.test("letters typed into one cell are undone at once", () => {
  const made = draft({ name: "R" });
  for (const name of ["Ra", "Rab", "Rabc"]) made.change(["name"], name, "cell 1");
  made.change(["name"], "X", "cell 2");
  made.undo();
  assert.equal(made.tree.name, "Rabc");
  made.undo();
  assert.equal(made.tree.name, "R");
  assert.equal(made.isChanged, false);
  made.redo();
  assert.equal(made.tree.name, "Rabc");
});

Deno.test("what is typed and taken back leaves nothing to undo", () => {
  const made = draft({ name: "R" });
  made.change(["name"], "Ra", "cell 1");
  made.change(["name"], "R", "cell 1");
  assert.equal(made.isChanged, false);
  assert.equal(made.before.length, 0);
});

Deno.test("a number below 0 is read whichever minus it has", () => {
  const lag = { key: "lag_hours", kind: "number", width: 92 };
  for (const typed of ["-8", "−8", " -8 ", "-8,0"]) assert.equal(read(lag, typed, []), -8, typed);
  assert.equal(read(lag, "8-", []), "8-");
});

Deno.test("cells are read as spreadsheets write them: tabs, lines, and quotes around either", () => {
  assert.deepEqual(cellsOf("a\tb\r\nc\t\r\n"), [["a", "b"], ["c", ""]]);
  assert.deepEqual(cellsOf('"one\ttwo"\t"say ""no"""\n"two\nlines"\tx'), [["one\ttwo", 'say "no"'], ["two\nlines", "x"]]);
  assert.deepEqual(cellsOf('5" pipe\tx'), [['5" pipe', "x"]]);
  assert.deepEqual(cellsOf("a\n\nb"), [["a"], [""], ["b"]]);
});

/** A draft of a document, and a table of it. */
function draftOf(tree, name) {
  const draft = new Draft("r", tree, "e");
  draft.checkSoon = () => undefined;
  return [draft, table(name)];
}

const people = (of) => (of.tree.people ?? []).map((it) => ({ id: it.id, name: it.name ?? it.id }));

Deno.test("rows pasted at the end of a table lose none: the first fills a row, the others are new", () => {
  const tree = { sites: [{ id: "lj" }], people: [{ id: "ana", name: "Ana" }] };
  const [draft, of] = draftOf(tree, "people");
  const found = pasted("ana\tAnn\nbor\tBor\ncyn\tCyn\n\n", rowsOf(of, tree), of.columns, () => []);
  assert.equal(taken(of, draft, rowsOf(of, tree)[0], found), 0);
  assert.deepEqual(draft.tree.people, [{ id: "ana", name: "Ann" }, { id: "bor", name: "Bor" }, { id: "cyn", name: "Cyn" }]);
  draft.undo();
  assert.deepEqual(draft.tree, tree, "in one step");
});

Deno.test("rows are pasted into an empty table, and those without an id get one", () => {
  const [draft, of] = draftOf({}, "rooms");
  const found = pasted("\tBlue\nr2\tGreen", [], of.columns, () => []);
  assert.equal(taken(of, draft, undefined, found), 0);
  assert.deepEqual(draft.tree.rooms.map((it) => it.name), ["Blue", "Green"]);
  assert.equal(new Set(draft.tree.rooms.map((it) => it.id)).size, 2);
});

Deno.test("cells that fit nowhere are counted: behind the last column, and lists in a cell", () => {
  const [draft, of] = draftOf({ skills: [{ id: "sap" }] }, "skills");
  const found = pasted("sap\tSAP\tmore\t\ntea\tTea\tand more", rowsOf(of, draft.tree), of.columns, () => []);
  assert.equal(taken(of, draft, undefined, found), 2);
  assert.deepEqual(draft.tree.skills, [{ id: "sap", name: "SAP" }, { id: "tea", name: "Tea" }]);
});

Deno.test("absences and holidays are pasted to whom they belong, by name", () => {
  const tree = { start: "2027-01-01", people: [{ id: "ana", name: "Ana Novak" }, { id: "bor", name: "Novak, Bor" }] };
  const [draft, of] = draftOf(tree, "absences");
  const text = "Novak, Bor\t2027-02-01\t2027-02-02\tleave\nana\t2027-02-03\t2027-02-03\t\nzoe\t2027-02-03\t2027-02-03\t";
  const found = pasted(text, [], of.columns, () => people(draft));
  assert.equal(taken(of, draft, undefined, found), 4, "zoe is nobody: her four cells are left");
  assert.deepEqual(draft.tree.people[1].absences, [{ from: "2027-02-01", to: "2027-02-02", reason: "leave" }]);
  assert.deepEqual(draft.tree.people[0].absences, [{ from: "2027-02-03", to: "2027-02-03" }]);
  const [calendars, holidays] = draftOf({ start: "2027-01-01", calendars: [{ id: "office" }] }, "holidays");
  const days = pasted("office\t2027-05-01\noffice\t2027-12-25", [], holidays.columns, () => [{ id: "office", name: "office" }]);
  assert.equal(taken(holidays, calendars, undefined, days), 0);
  assert.deepEqual(calendars.tree.calendars[0].holidays, ["2027-05-01", "2027-12-25"]);
  const [row] = rowsOf(holidays, calendars.tree);
  assert.deepEqual(holidays.columns.map((it) => valueOf(row, it)), ["office", "2027-05-01"]);
  assert.deepEqual(placeOf(holidays, steps("calendars[0].holidays[1]")), { row: "calendars/0/holidays/1", column: "day" });
});

Deno.test("a typed name means its entry, whatever its case; a shared one needs the id", () => {
  const all = [
    { id: "ana", name: "Ana Novak" },
    { id: "ana2", name: "Ana Novak" },
    { id: "bor", name: "Bor Kos" },
    { id: "kos", name: "bor" },
  ];
  assert.equal(idOf(all, " bor kos "), "bor");
  assert.equal(idOf(all, "bor"), "bor", "an id comes before a name");
  assert.equal(idOf(all, "Ana Novak"), "Ana Novak", "it could be either");
  assert.equal(idOf(all, "Ana Novak (ana2)"), "ana2");
  assert.equal(idOf(all, "nobody"), "nobody");
  for (const { id } of all) assert.equal(idOf(all, labelOf(all, id)), id);
});

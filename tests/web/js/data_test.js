/** What is edited in tables: places in documents, undoing, and two people's changes put together. */

import assert from "node:assert/strict";

import { read } from "../../../web/static/js/views/data/cells.js";
import { Draft } from "../../../web/static/js/views/data/draft.js";
import { merged } from "../../../web/static/js/views/data/merge.js";
import { steps, withValue } from "../../../web/static/js/views/data/places.js";
import { TABLES, placeOf } from "../../../web/static/js/views/data/tables.js";

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
  for (const typed of ["-8", "−8", " -8 ", "-8,0"]) assert.equal(read(lag, typed), -8, typed);
  assert.equal(read(lag, "8-"), "8-");
});

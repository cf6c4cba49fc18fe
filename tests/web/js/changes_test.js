/** What is said of changes, which pieces of a timeline differ, and rows that stay beside each other. */

import assert from "node:assert/strict";

import { use } from "../../../web/static/js/i18n.js";
import { counted, standing } from "../../../web/static/js/views/approve/labels.js";
import { HAPPENED, WHAT_IF } from "../../../web/static/js/views/changes/edit_forms.js";
import { Names } from "../../../web/static/js/views/changes/names.js";
import { describe } from "../../../web/static/js/views/changes/describe.js";
import { alike } from "../../../web/static/js/views/compare/rows.js";

const read = (area) => JSON.parse(Deno.readTextFileSync(`web/messages/en/${area}.json`));
use("en", { changes: read("changes"), terms: read("terms") });

const names = new Names({
  currency: "EUR",
  people: [{ id: "ana", name: "Ana Novak" }],
  projects: [{ id: "erp", name: "ERP" }],
  tasks: [{ id: "t-a", name: "Install" }],
});

Deno.test("a change is described with names instead of ids, and days as they are written here", () => {
  assert.equal(
    describe({ edit: "absent", person: "ana", from: "2027-03-01", to: "2027-03-05" }, names),
    "Ana Novak is away from 1 Mar 2027 to 5 Mar 2027",
  );
  assert.equal(describe({ edit: "budget", project: "erp", budget: null }, names), "ERP has no budget");
  assert.equal(describe({ edit: "pin", task: "t-a" }, names), "Install is no longer pinned");
  assert.equal(describe({ edit: "price", term: "change", price: "forbidden" }, names), "Change is forbidden");
});

Deno.test("a change that is not filled in yet is described with gaps", () => {
  assert.equal(describe({ edit: "leave", person: "", from: "" }, names), "… leaves on …");
});

Deno.test("every kind of change has a name, and each of its fields too", () => {
  const messages = read("changes");
  for (const [edit, { fields }] of [...Object.entries(WHAT_IF), ...Object.entries(HAPPENED)]) {
    assert.ok(messages[`kind-${edit}`], edit);
    for (const { name } of fields) assert.ok(messages[`field-${name}`], `${edit}.${name}`);
  }
});

const row = (key, pieces, laneCount = 1) => ({
  key,
  level: 2,
  about: "person",
  at: 0,
  pieces: Int32Array.from(pieces),
  laneCount,
});
const words = ["before", "after"].map((side) => ({ label: (it) => ({ name: it.key, note: side }) }));

Deno.test("rows of two plans are the same, equally high, and those without a difference left out", () => {
  const before = [row("ana", [0]), row("bor", [1, 2], 2)];
  const after = [row("ana", [0]), row("bor", [1]), row("new", [2])];
  const [left, right] = alike([before, after], [new Set([1]), new Set([1, 2])], words, false);
  assert.deepEqual(left.map((it) => it.key), ["bor", "new"]);
  assert.deepEqual(right.map((it) => it.key), ["bor", "new"]);
  assert.deepEqual(left.map((it) => it.laneCount), right.map((it) => it.laneCount));
  assert.deepEqual([...left[1].pieces], []);
  assert.equal(left[1].label.name, "new"); // lent by the plan that has somebody there
  const [all] = alike([before, after], [new Set([1]), new Set([1, 2])], words, true);
  assert.deepEqual(all.map((it) => it.key), ["ana", "bor", "new"]);
});

Deno.test("a word on something else than what the plan has now is stale", () => {
  const said = { plan: "p", granted: true, who: "eva", at: "", note: "" };
  const approvals = [
    { word: "granted", said, earlier: null },
    { word: "refused", said, earlier: null },
    { word: "pending", said: null, earlier: said },
    { word: "pending", said: null, earlier: null },
  ];
  assert.deepEqual(approvals.map(standing), ["granted", "refused", "stale", "pending"]);
  assert.deepEqual(counted(approvals), { granted: 1, refused: 1, stale: 1, pending: 1 });
});

Deno.test("every kind of change of a scenario is described in words, whatever its fields hold", () => {
  const filled = { entry: "x", entries: ["x"], day: "2027-03-01", moment: "2027-03-01T08:00", amount: 2, text: "x", preset: "fair", term: "cost", price: 3, limit: "hours_per_day" };
  for (const [edit, { fields }] of Object.entries(WHAT_IF)) {
    const described = describe({ edit, ...Object.fromEntries(fields.map((it) => [it.name, filled[it.type]])) }, names);
    assert.ok(described && described !== edit && !described.includes("undefined") && !/[{}]/.test(described), `${edit}: ${described}`);
    assert.ok(!described.includes("changes."), described);
  }
});

/** The timeline without a page: the folded axis, lanes, steps, rows, search, pins, what is in sight. */

import assert from "node:assert/strict";

import { Axis, DAY, UNFOLDED, foldOf } from "../../../web/static/js/views/plan/model/axis.js";
import { linesOf, shade, share } from "../../../web/static/js/views/plan/chart/heat.js";
import { lanesOf } from "../../../web/static/js/views/plan/model/lanes.js";
import { Layout, inSight } from "../../../web/static/js/views/plan/model/layout.js";
import { FROZEN, LATE, Model, NONE, PINNED } from "../../../web/static/js/views/plan/model/model.js";
import { Pins } from "../../../web/static/js/views/plan/model/pins.js";
import { byDepartment } from "../../../web/static/js/views/plan/rows/departments.js";
import { byPerson } from "../../../web/static/js/views/plan/rows/people.js";
import { byProject } from "../../../web/static/js/views/plan/rows/projects.js";
import { byRoom } from "../../../web/static/js/views/plan/rows/rooms.js";
import { weekNumber } from "../../../web/static/js/views/plan/chart/ruler.js";
import { Search } from "../../../web/static/js/views/plan/input/search.js";
import { outline, stepsOf } from "../../../web/static/js/views/plan/model/steps.js";
import { grouped, troublesOf } from "../../../web/static/js/views/plan/model/troubles.js";
import { Words } from "../../../web/static/js/views/plan/model/labels.js";

const HOUR = 60;
const OFFICE = { weekdays: [true, true, true, true, true, false, false], from: 8 * HOUR, to: 17 * HOUR };
const MONDAY = "2027-01-11";
const WEDNESDAY = "2027-01-13";

/** A rollout of two weeks: Ana and García on two tasks, a class, a shift, one open task. */
const TIMELINE = {
  name: "Small",
  currency: "EUR",
  start: MONDAY,
  days: 14,
  slot_minutes: 30,
  as_of: 8 * HOUR,
  frozen_until: null,
  outcome: "feasible",
  score: {},
  timezone: "Europe/Ljubljana",
  skills: { id: ["sap", "net", "teach"], name: ["SAP", "Networks", "Teaching"] },
  sites: { id: ["lj"], name: ["Ljubljana"] },
  vendors: { id: ["acme"], name: ["ACME"] },
  departments: [
    { id: "ward", name: "Ward 1", site: 0, headcount: 40, release: 10, closed: [], light: ["granted", 1] },
    { id: "lab", name: "", site: 0, headcount: 20, release: null, closed: [], light: null },
  ],
  freezes: [],
  people: {
    id: ["ana", "garcia", "hire"],
    name: ["Ana Novak", "Inés García", ""],
    site: [0, 0, -1],
    vendor: [-1, -1, 0],
    skills: [[[0, 4]], [], []],
  },
  absences: [],
  rooms: { id: ["r1"], name: ["Room 1"], site: [0], seats: [12] },
  projects: { id: ["erp"], name: ["ERP"] },
  waves: { id: ["w1"], name: ["Wave 1"], project: [0], departments: [[0]], go_live: [10] },
  tasks: {
    id: ["t-build", "t-move", "t-open"],
    name: ["Build", "Move data", "Check"],
    project: [0, 0, 0],
    department: [-1, 0, 1],
    due: [DAY, -1, -1],
    flags: [0, 1 | PINNED, 0],
    seats: [2, 1, 0],
    skills: [[0], [1], [0]],
  },
  courses: { id: ["c-basic"], name: ["Basics"], project: [0], skills: [[2]] },
  audiences: { id: ["nurses", "clerks"], name: ["Nurses", "Clerks"], department: [0, 1] },
  supports: { id: ["s-w1"], name: ["Floor"], wave: [0], skill: [0] },
  seats: {
    line: [0, 0, 0],
    person: [0, 1, 2],
    day: [0, 0, 2],
    minute: [8 * HOUR, 8 * HOUR, 8 * HOUR],
    length: [DAY + 4 * HOUR, 4 * HOUR, 2 * HOUR],
    hours: [12, 4, 2],
    flags: [0, 1, 0],
  },
  sessions: {
    id: ["c-basic/1", "c-basic/2"],
    course: [0, 0],
    room: [0, -1],
    day: [3, 3],
    minute: [9 * HOUR, 9 * HOUR],
    length: [2 * HOUR, 2 * HOUR],
    trainers: [[0], [1]],
    groups: [[[0, 6], [1, 3]], [[0, 4]]],
  },
  shifts: { support: [0], department: [0], day: [10], minute: [8 * HOUR], length: [8 * HOUR], people: [[0, 1]] },
  pins: [[1, -1, [2]]],
  late: [[0, 12, "its crew (ana and garcia) can end it at 2027-01-12T12:00 at the earliest"]],
  open: [{ kind: "task", id: "t-open", seat: 0, hours: 16, reason: "nobody is free", proved: true, from: 480, to: 5 * DAY }],
};

const model = () => new Model(structuredClone(TIMELINE));

Deno.test("a folded axis has no nights: the end of a day is where the next one begins", () => {
  const axis = new Axis(MONDAY, 14, OFFICE);
  assert.equal(axis.unit(8 * HOUR), 0);
  assert.equal(axis.unit(12 * HOUR), 4 * HOUR);
  assert.equal(axis.unit(17 * HOUR), 9 * HOUR);
  assert.equal(axis.unit(23 * HOUR), 9 * HOUR);
  assert.equal(axis.unit(DAY + 8 * HOUR), 9 * HOUR);
});

Deno.test("a folded axis has no weekends: Saturday is at the beginning of Monday", () => {
  const axis = new Axis(MONDAY, 14, OFFICE);
  assert.equal(axis.unit(5 * DAY + 12 * HOUR), 5 * 9 * HOUR);
  assert.equal(axis.unit(7 * DAY + 8 * HOUR), 5 * 9 * HOUR);
  assert.equal(axis.length, 2 * 5 * 9 * HOUR);
});

Deno.test("a rollout that begins in the middle of a week stands at its weekday", () => {
  const axis = new Axis(WEDNESDAY, 5, OFFICE);
  assert.equal(axis.unit(8 * HOUR), 2 * 9 * HOUR);
  assert.equal(axis.dayOf(2), 0);
  assert.equal(axis.dayOf(0), -2);
});

Deno.test("every minute that is shown is found again at its place", () => {
  for (const axis of [new Axis(WEDNESDAY, 14, OFFICE), new Axis(MONDAY, 14, UNFOLDED)]) {
    for (const day of [0, 1, 5, 8]) {
      const minute = day * DAY + 13 * HOUR + 30;
      const isShown = axis.fold.weekdays[(day + axis.lead) % 7];
      assert.equal(axis.minute(axis.unit(minute)) === minute, isShown, `day ${day}`);
    }
  }
});

Deno.test("a weekday or an hour with work in it is not folded away", () => {
  const saturday = 5 * DAY;
  const fold = foldOf([8 * HOUR, saturday + 6 * HOUR + 30], [12 * HOUR, saturday + 19 * HOUR + 15], MONDAY);
  assert.deepEqual(fold.weekdays, [true, true, true, true, true, true, false]);
  assert.deepEqual([fold.from, fold.to], [6 * HOUR, 20 * HOUR]);
});

Deno.test("work that ends at midnight does not unfold the day after", () => {
  const fold = foldOf([4 * DAY + 20 * HOUR], [5 * DAY], MONDAY);
  assert.equal(fold.weekdays[5], false);
  assert.equal(fold.to, DAY);
});

Deno.test("pieces that overlap are in lanes of their own, those that only touch share one", () => {
  const { lanes, count } = lanesOf([0, 1, 2], [0, 30, 60], [60, 90, 120]);
  assert.deepEqual([...lanes], [0, 1, 0]);
  assert.equal(count, 2);
});

Deno.test("steps add up what happens at once, and end at nothing", () => {
  const steps = stepsOf([[0, 60, 3], [30, 90, 4], [90, 120, 4]]);
  assert.deepEqual(steps.at, [0, 30, 60, 120]);
  assert.deepEqual(steps.amounts, [3, 7, 4, 0]);
  assert.equal(steps.most, 7);
  assert.equal(outline(steps, (it) => it, 7, 70), "M0 70V40H30V0H60V30H120V70Z");
});

Deno.test("people stand below their site or their vendor, with learners' and trainers' bookings", () => {
  const rows = byPerson(model(), null);
  assert.deepEqual(
    rows.map((it) => [it.key, it.pieces.length]),
    [
      ["open", 0],
      ["all open 0", 1],
      ["site lj", 0],
      ["person ana", 3],
      ["person garcia", 3],
      ["vendor acme", 0],
      ["person hire", 1],
    ],
  );
  assert.deepEqual([...rows[2].late], [0], "a late task counts once, whoever is on it");
});

Deno.test("a project has its open work, tasks, courses and support below it", () => {
  const rows = byProject(model(), null);
  assert.deepEqual(
    rows.map((it) => it.key),
    ["project erp", "project erp open 0", "task t-build", "task t-move", "course c-basic", "support s-w1"],
  );
  assert.equal(rows[0].children, 5);
  assert.equal(rows[2].laneCount, 2);
});

Deno.test("a department counts its own heads in class, and no others", () => {
  const [ward, , , , lab] = byDepartment(model(), null);
  assert.equal(ward.key, "department ward");
  assert.equal(ward.steps?.most, 10, "6 and 4 heads sit at the same time");
  assert.equal(ward.limit, 10);
  assert.equal(lab.key, "department lab");
  assert.equal(lab.steps?.most, 3);
});

Deno.test("classes without a room have a row too", () => {
  assert.deepEqual(
    byRoom(model(), null).map((it) => it.key),
    ["site rooms ", "room ", "site rooms lj", "room r1"],
  );
});

Deno.test("search finds by any name that a piece is about, whatever the case and accents", () => {
  const search = new Search(model());
  const found = (/** @type {string} */ query) => [...(search.pieces(query) ?? [])].flatMap((it, at) => (it ? [at] : []));
  assert.deepEqual(found("garcia"), [1, 4, 5]);
  assert.deepEqual(found("ROOM 1"), [3]);
  assert.deepEqual(found("ana build"), [0]);
  assert.deepEqual(found("nobody"), [6]);
  assert.deepEqual(found("ward data"), [2]);
  assert.equal(search.pieces("  "), null);
});

Deno.test("a search for a skill finds the seats, classes and shifts that ask for it, and open work", () => {
  const search = new Search(model());
  const found = (/** @type {string} */ query) => [...(search.pieces(query) ?? [])].flatMap((it, at) => (it ? [at] : []));
  assert.deepEqual(found("networks"), [2]);
  assert.deepEqual(found("teaching"), [3, 4]);
  assert.deepEqual(found("sap"), [0, 1, 5, 6]);
});

Deno.test("the present moment is shown on the clock of the rollout", () => {
  // 08:30 in Ljubljana, in winter one hour before UTC's clock, on the second day.
  assert.equal(model().now(new Date("2027-01-12T07:30:00Z")), DAY + 8 * HOUR + 30);
});

Deno.test("states narrow a search: late, open, pinned, frozen", () => {
  const search = new Search(model());
  const found = (/** @type {any[]} */ ...states) => [...(search.pieces("", new Set(states)) ?? [])].flatMap((it, at) => (it ? [at] : []));
  assert.deepEqual(found("late"), [0, 1]);
  assert.deepEqual(found("open"), [6]);
  assert.deepEqual(found("pinned"), [2]);
  assert.deepEqual(found("frozen"), [1]);
  assert.deepEqual(found("late", "open"), [0, 1, 6]);
});

Deno.test("only what fits a search has a row", () => {
  const of = model();
  const rows = byPerson(of, new Search(of).pieces("build"));
  assert.deepEqual(rows.map((it) => it.key), ["site lj", "person ana", "person garcia"]);
});

Deno.test("rows below a closed one take no room, and the row at a height is found", () => {
  const rows = byProject(model(), null);
  const open = new Layout(rows, new Set());
  const closed = new Layout(rows, new Set(["project erp"]));
  assert.equal(open.rows.length, 6);
  assert.equal(closed.rows.length, 1);
  assert.ok(closed.height < open.height);
  open.rows.forEach((_, at) => {
    assert.equal(open.rowAt(open.tops[at]), at);
    assert.equal(open.rowAt(open.tops[at + 1] - 1), at);
  });
  assert.equal(open.rowAt(open.height + 1000), 5);
});

Deno.test("a long piece that begins before what is in sight is still among those in sight", () => {
  const of = model();
  const ana = byPerson(of, null).find((it) => it.key === "person ana");
  assert.ok(ana);
  const [first, end] = inSight(ana, of.starts, DAY, DAY + HOUR);
  assert.ok([...ana.pieces.subarray(first, end)].includes(0));
});

Deno.test("pieces know their flags: late, pinned, frozen", () => {
  const of = model();
  assert.equal(of.flags[0] & LATE, LATE);
  assert.equal(of.flags[1], LATE | FROZEN);
  assert.equal(of.flags[2] & PINNED, PINNED);
});

Deno.test("a new pin keeps what was settled before, and becomes an edit", () => {
  const of = model();
  const pins = new Pins(of, new Words(of));
  assert.deepEqual(pins.of(1), { start: null, people: [2], crew: [2] });
  pins.move(2, { start: 3 * DAY + 8 * HOUR });
  assert.deepEqual(pins.edits(), [{ edit: "pin", task: "t-move", start: "2027-01-14T08:00", people: ["hire"] }]);
});

Deno.test("somebody else in the place of a booked person is pinned, and drawn in their row", () => {
  const of = model();
  const pins = new Pins(of, new Words(of));
  pins.move(1, { person: 2 });
  assert.deepEqual(pins.edits(), [{ edit: "pin", task: "t-build", people: ["hire"] }]);
  const [pending] = pins.pending().get("person hire") ?? [];
  assert.equal(pending.start, 8 * HOUR);
});

Deno.test("a move is asked to the service with everybody on the task, after those made before it", () => {
  const of = model();
  const pins = new Pins(of, new Words(of));
  pins.move(1, { person: 2 });
  const moved = pins.moved(2, { start: 3 * DAY + 8 * HOUR });
  assert.deepEqual([...pins.moves(1), pins.moveOf(1, moved)], [
    { task: "t-build", crew: ["ana", "hire"] },
    { task: "t-move", start: "2027-01-14T08:00", crew: ["hire"] },
  ]);
});

Deno.test("every step is undone and redone: moved, held, unpinned, taken back, discarded", () => {
  const of = model();
  const pins = new Pins(of, new Words(of));
  const seen = [pins.edits()];
  const acts = [
    () => pins.move(1, { person: 2 }),
    () => pins.hold(0),
    () => pins.release(1),
    () => pins.forget(0),
    () => pins.discard(),
  ];
  for (const act of acts) {
    act();
    seen.push(pins.edits());
  }
  assert.equal(new Set(seen.map((it) => JSON.stringify(it))).size, seen.length - 1, "only the first and last are alike");
  for (const edits of seen.slice(0, -1).toReversed()) {
    pins.undo();
    assert.deepEqual(pins.edits(), edits);
  }
  pins.undo();
  for (const edits of seen.slice(1)) {
    pins.redo();
    assert.deepEqual(pins.edits(), edits);
  }
  pins.undo();
  pins.move(2, { start: 8 * HOUR });
  assert.equal(pins.after.length, 0, "a new step is not followed by old ones");
});

Deno.test("a label is no piece of any kind", () => {
  assert.equal(model().kind(-1), NONE);
});

Deno.test("a step of a day goes to the next day that is shown, and stays where none is", () => {
  const axis = new Axis(MONDAY, 14, OFFICE);
  assert.equal(axis.nextDay(4 * DAY + 9 * HOUR, 1), 7 * DAY + 9 * HOUR, "from Friday to Monday");
  assert.equal(axis.nextDay(7 * DAY + 9 * HOUR, -1), 4 * DAY + 9 * HOUR);
  assert.equal(axis.nextDay(Number.NaN, 1), Number.NaN);
  const nothing = new Axis(MONDAY, 14, { ...OFFICE, weekdays: Array(7).fill(false) });
  assert.equal(nothing.nextDay(9 * HOUR, 1), 9 * HOUR);
});

Deno.test("unpinning is an edit without anything settled, taking back is none", () => {
  const of = model();
  const pins = new Pins(of, new Words(of));
  pins.release(1);
  assert.deepEqual(pins.edits(), [{ edit: "pin", task: "t-move" }]);
  pins.forget(1);
  assert.deepEqual(pins.edits(), []);
});

Deno.test("reasons have names and moments in the place of ids", () => {
  const of = model();
  const [late, open] = troublesOf(of, new Words(of));
  assert.match(late.reason, /^Its crew \(Ana Novak and Inés García\) can end it at .*12 Jan.*12:00 at the earliest$/);
  assert.equal(late.from, 0, "due on the first day");
  assert.deepEqual([late.proved, open.proved], [false, true]);
  assert.deepEqual([open.kind, open.amount, open.department], ["task", 16, "lab"]);
});

Deno.test("troubles in groups: the largest group first", () => {
  const of = model();
  const some = troublesOf(of, new Words(of));
  const groups = grouped([...some, some[1]], (it) => it.kind);
  assert.deepEqual(groups.map(([key, those]) => [key, those.length]), [["task", 2], ["late", 1]]);
});

Deno.test("a share is what is booked of what is there; without duty there is none", () => {
  assert.equal(share([20, 40]), 0.5);
  assert.equal(share(null), null);
  assert.equal(share([0, 0]), null);
  assert.equal(share([2, 0]), Infinity);
  assert.deepEqual([0, 0.39, 0.4, 0.69, 0.7, 0.89, 0.9, 1, 1.01, null].map(shade), [
    "free", "low", "some", "some", "high", "high", "full", "full", "over", "none",
  ]);
});

Deno.test("who is busiest in their busiest week stands first", () => {
  const lines = linesOf(
    [
      { id: "even", weeks: [[20, 40], [20, 40]] },
      { id: "peak", weeks: [[40, 40], null] },
    ],
    (id) => id,
  );
  assert.deepEqual(lines.map((it) => it.id), ["peak", "even"]);
  assert.equal(lines[0].whole, 1);
});

Deno.test("what is asked of a skill is what is planned and what is open", () => {
  const [line] = linesOf([{ id: "sap", weeks: [[20, 40]], demand: [12], open: 30 }], (id) => id);
  assert.deepEqual([line.asked, line.open, line.sum], [42, 30, [20, 40]]);
});

Deno.test("weeks have the numbers of ISO 8601, around New Year too", () => {
  for (const [monday, number] of [["2027-01-04", 1], ["2026-12-28", 53], ["2027-12-27", 52]]) {
    assert.equal(weekNumber(new Date(`${monday}T00:00Z`)), number);
  }
});

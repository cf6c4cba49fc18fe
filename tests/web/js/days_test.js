/** An agenda by week and day, seen from today. */

import assert from "node:assert/strict";

import { lastDayOf, mondayOf, seenFrom, shifted, today, weeks } from "../../../web/static/js/views/agenda/days.js";

const event = (start, end, more = {}) => ({ kind: "task", title: "x", start, end, cancelled: false, ...more });

Deno.test("a week begins on Monday, over months and years", () => {
  assert.equal(mondayOf("2027-03-01"), "2027-03-01");
  assert.equal(mondayOf("2027-03-07"), "2027-03-01");
  assert.equal(mondayOf("2027-01-01"), "2026-12-28");
  assert.equal(shifted("2027-03-27", 2), "2027-03-29");
});

Deno.test("events stand under their weeks and days in order of time", () => {
  const found = weeks([event("2027-03-09T08:00", "2027-03-09T12:00"), event("2027-03-02T13:00", "2027-03-02T14:00"), event("2027-03-02T08:00", "2027-03-02T12:00")]);
  assert.deepEqual(found.map((it) => it.monday), ["2027-03-01", "2027-03-08"]);
  assert.deepEqual(found[0].days.map((it) => [it.day, it.events.map((one) => one.start.slice(11))]), [["2027-03-02", ["08:00", "13:00"]]]);
});

Deno.test("an event of several days stands under each of them", () => {
  const task = event("2027-03-05T08:00", "2027-03-09T12:00");
  const days = (it) => weeks([it]).flatMap((week) => week.days.map((one) => one.day));
  assert.deepEqual(days({ ...task, days: ["2027-03-05", "2027-03-08", "2027-03-09"] }), ["2027-03-05", "2027-03-08", "2027-03-09"]);
  // Written by an earlier version, without its days.
  assert.deepEqual(days(task), ["2027-03-05", "2027-03-06", "2027-03-07", "2027-03-08", "2027-03-09"]);
  const found = weeks([{ ...task, days: ["2027-03-05", "2027-03-08", "2027-03-09"] }, event("2027-03-04T08:00", "2027-03-04T09:00"), event("2027-03-08T07:00", "2027-03-08T09:00")]);
  assert.deepEqual(found.map((week) => week.days.map((one) => [one.day.slice(8), one.events.length])), [[["04", 1], ["05", 1]], [["08", 2], ["09", 1]]]);
});

Deno.test("what began earlier and goes on today is under way, and not if it is called off", () => {
  const long = event("2027-03-01T08:00", "2027-03-03T12:00");
  const off = event("2027-03-01T08:00", "2027-03-03T12:00", { cancelled: true });
  const seen = seenFrom([long, off, event("2027-03-03T13:00", "2027-03-03T14:00")], "2027-03-03");
  assert.deepEqual(seen.underWay, [long]);
  assert.equal(seen.coming.length, 1);
  assert.deepEqual(seenFrom([long], "2027-03-04").over, [long]);
});

Deno.test("what ends at midnight does not reach into the next day", () => {
  assert.equal(lastDayOf(event("2027-03-01T22:00", "2027-03-02T00:00")), "2027-03-01");
  assert.equal(lastDayOf(event("2027-03-01T22:00", "2027-03-02T00:30")), "2027-03-02");
});

Deno.test("today is a date of the place, not of the reader's machine", () => {
  const moment = new Date("2027-03-01T23:30:00Z");
  assert.equal(today("Europe/Ljubljana", moment), "2027-03-02");
  assert.equal(today("Europe/London", moment), "2027-03-01");
});

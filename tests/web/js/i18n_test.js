/** What is said, and dates and numbers as each language writes them. */

import assert from "node:assert/strict";

import { ago, clock, day, list, moment, number, said, t, use } from "../../../web/static/js/i18n.js";

const messages = {
  runs: {
    title: "Runs",
    left: "{count} of {all} left",
    waiting: { one: "one waits", two: "two wait", few: "{count} wait (few)", other: "{count} wait" },
  },
};

/** Spaces of every kind as plain ones: languages set their own between numbers and units. */
const plain = (/** @type {string} */ text) => text.replace(/\s/g, " ");

Deno.test("a message is found by area and name, and a missing one is its key", () => {
  use("en", messages);
  assert.equal(t("runs.title"), "Runs");
  assert.equal(t("runs.none"), "runs.none");
  assert.equal(t("none.title"), "none.title");
  assert.equal(said("runs.none", "as it is"), "as it is");
});

Deno.test("values are put in, numbers as the language writes them", () => {
  use("de", messages);
  assert.equal(t("runs.left", { count: 1234.5, all: "many" }), "1.234,5 of many left");
  assert.equal(t("runs.left", { count: 1 }), "1 of {all} left");
});

Deno.test("the language decides which plural form is said", () => {
  use("en", messages);
  assert.equal(t("runs.waiting", { count: 1 }), "one waits");
  assert.equal(t("runs.waiting", { count: 2 }), "2 wait");
  use("sl", messages);
  assert.equal(t("runs.waiting", { count: 2 }), "two wait");
  assert.equal(t("runs.waiting", { count: 3 }), "3 wait (few)");
  assert.equal(t("runs.waiting", { count: 5 }), "5 wait");
});

Deno.test("days and moments of a plan are not moved into another zone", () => {
  use("en", messages);
  assert.equal(day("2027-03-01"), "1 Mar 2027");
  assert.equal(day("2027-03-01T23:30"), "1 Mar 2027");
  assert.equal(clock("2027-03-01T00:30"), "00:30");
  assert.equal(plain(moment("2027-10-31T02:30+01:00")), "Sun 31 Oct, 02:30");
  use("de", messages);
  assert.equal(day("2027-03-01"), "1. März 2027");
});

Deno.test("numbers are grouped as the language groups them", () => {
  /** @type {[string, string][]} */
  const written = [["en", "1,234,567.89"], ["de", "1.234.567,89"], ["sl", "1.234.567,89"], ["hu", "1 234 567,89"], ["hi", "12,34,567.89"]];
  for (const [language, text] of written) {
    use(language, messages);
    assert.equal(plain(number(1234567.891)), text);
  }
});

Deno.test("how long ago it was is said in the largest unit that fits", () => {
  use("en", messages);
  const now = Date.parse("2027-03-01T12:00:00Z");
  assert.equal(ago("2027-03-01T11:59:59Z", now), "1 second ago");
  assert.equal(ago("2027-03-01T10:00:00Z", now), "2 hours ago");
  assert.equal(ago("2027-02-28T12:00:00Z", now), "yesterday");
  assert.equal(ago("2027-03-04T12:00:00Z", now), "in 3 days");
});

Deno.test("names are joined as the language joins them", () => {
  use("de", messages);
  assert.equal(list(["Ana", "Bor", "Eva"]), "Ana, Bor und Eva");
});

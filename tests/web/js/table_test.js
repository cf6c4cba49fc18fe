/** Rows of a table are sorted as their language sorts. */

import assert from "node:assert/strict";

import { use } from "../../../web/static/js/i18n.js";
import { sorted } from "../../../web/static/js/parts/table.js";

Deno.test("names are sorted by language, numbers in them by value", () => {
  use("sl", {});
  const names = ["Žiga", "Zala", "ward 10", "ward 9", "Črt", "Cene"];
  assert.deepEqual(sorted(names, (it) => it, false), ["Cene", "Črt", "ward 9", "ward 10", "Zala", "Žiga"]);
});

Deno.test("the other way round everything is turned", () => {
  use("en", {});
  assert.deepEqual(sorted([2, 10, 1], (it) => it, true), [10, 2, 1]);
});

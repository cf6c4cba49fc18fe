/** Addresses lead to their views. */

import assert from "node:assert/strict";

import { match } from "../../../web/static/js/router.js";

const load = () => Promise.reject();
const views = ["rollouts", "rollouts/:rollout", "rollouts/:rollout/plan/:plan"].map((path) => ({ name: path, path, load }));

Deno.test("a path leads to the view of its pattern, with its values", () => {
  const found = match(views, "rollouts/r1/plan/p%2F1");
  assert.equal(found?.view.path, "rollouts/:rollout/plan/:plan");
  assert.deepEqual(found?.params, { rollout: "r1", plan: "p/1" });
});

Deno.test("a slash at the end makes no difference", () => {
  assert.equal(match(views, "rollouts/")?.view.path, "rollouts");
});

Deno.test("a path that is shorter, longer or other than all patterns leads nowhere", () => {
  for (const path of ["", "rollouts/r1/plan", "rollouts/r1/plan/p1/x", "other"]) {
    assert.equal(match(views, path), null);
  }
});

/** What pages ask of the service. */

import assert from "node:assert/strict";

import { all } from "../../../web/static/js/api.js";

Deno.test("a list is asked for page by page until nothing follows", async () => {
  const pages = new Map([[null, { items: [1, 2], next: "x=/" }], ["x=/", { items: [3], next: null }]]);
  /** @type {string[]} */
  const asked = [];
  const { fetch } = globalThis;
  // @ts-ignore: there is no page here, and so no document
  globalThis.document = { baseURI: "https://plan.example/" };
  globalThis.fetch = (url) => {
    const { searchParams } = new URL(String(url));
    asked.push(searchParams.get("rollout") ?? "");
    return Promise.resolve(Response.json(pages.get(searchParams.get("after"))));
  };
  try {
    assert.deepEqual(await all("v1/plans?rollout=r1"), [1, 2, 3]);
  } finally {
    globalThis.fetch = fetch;
  }
  assert.deepEqual(asked, ["r1", "r1"]);
});

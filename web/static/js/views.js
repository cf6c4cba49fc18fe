// @ts-check
/** Every view of the pages: its address, its module, its place in the menu. One line each. */

/** @type {import("./router.js").View[]} */
export const views = [
  {
    name: "sign-in",
    path: "sign-in",
    load: () => import("./views/session/sign_in.js"),
    css: "session.css",
    open: true,
  },
  {
    name: "rollouts",
    path: "rollouts",
    load: () => import("./views/rollouts/list.js"),
    css: "rollouts.css",
  },
  {
    name: "overview",
    path: "rollouts/:rollout",
    load: () => import("./views/rollouts/overview.js"),
    css: "rollouts.css",
    menu: { icon: "home", key: "rollouts.overview", group: "rollout", keys: "g o" },
  },
  {
    name: "plan",
    path: "rollouts/:rollout/plan/:plan",
    load: () => import("./views/plan/page.js"),
    css: "plan.css",
    wants: ["v1/rollouts/:rollout/about", "v1/plans/:plan", "v1/plans/:plan/timeline"],
    wide: true,
    menu: { icon: "plan", key: "plan.title", group: "plan", keys: "g p" },
  },
  {
    name: "open",
    path: "rollouts/:rollout/plan/:plan/open",
    load: () => import("./views/plan/open_late.js"),
    css: "open.css",
    wants: ["v1/rollouts/:rollout/about", "v1/plans/:plan", "v1/plans/:plan/timeline"],
    menu: { icon: "open", key: "open.title", group: "plan", keys: "g a" },
  },
  {
    name: "load",
    path: "rollouts/:rollout/plan/:plan/load",
    load: () => import("./views/plan/load.js"),
    css: "load.css",
    wants: ["v1/plans/:plan/load", "v1/plans/:plan/timeline"],
    wide: true,
    menu: { icon: "load", key: "load.title", group: "plan", keys: "g l" },
  },
  {
    name: "run",
    path: "rollouts/:rollout/plan/:plan/run",
    load: () => import("./views/runs/run.js"),
    css: "runs.css",
  },
  {
    name: "runs",
    path: "rollouts/:rollout/runs",
    load: () => import("./views/runs/list.js"),
    css: "runs.css",
    menu: { icon: "runs", key: "runs.title", group: "rollout", keys: "g r" },
  },
  {
    name: "nights",
    path: "rollouts/:rollout/nights",
    load: () => import("./views/nights/nights.js"),
    css: "nights.css",
    menu: { icon: "nights", key: "nights.title", group: "rollout", keys: "g n" },
  },
  {
    name: "data",
    path: "rollouts/:rollout/data",
    load: () => import("./views/data/page.js"),
    css: "data.css",
    wide: true,
    menu: { icon: "data", key: "data.title", group: "data", keys: "g d" },
  },
  {
    name: "data",
    path: "rollouts/:rollout/data/:table",
    load: () => import("./views/data/page.js"),
    css: "data.css",
    wide: true,
  },
];

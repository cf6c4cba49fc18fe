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
];

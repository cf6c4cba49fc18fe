// @ts-check
/** The frame around every view: side menu, reader's menu, skip link, and the view itself. */

import { get } from "./api.js";
import { fill, h } from "./dom.js";
import { LANGUAGES, spoken, t } from "./i18n.js";
import { shortcut } from "./keys.js";
import { empty, failed } from "./parts/empty.js";
import { icon } from "./parts/icons.js";
import { menuButton } from "./parts/menu.js";
import { showShortcuts } from "./parts/shortcuts.js";
import { again, go, here, match, start } from "./router.js";
import { isLocal, may, signOut, who } from "./session.js";
import { chooseLanguage, chooseTheme, theme } from "./settings.js";
import { views } from "./views.js";

/** Groups of the side menu, in order; what is in them is said by the views. */
const GROUPS = ["rollout", "plan", "people", "data"];

/**
 * Builds the frame, and shows the view of the present address in it.
 * @param {HTMLElement} body
 */
export function frame(body) {
  const place = h("main", { id: "main", tabindex: "-1" });
  const side = h("nav", { id: "side", class: "side", "aria-label": t("frame.menu") });
  const top = h(
    "header",
    { class: "top" },
    h(
      "button",
      {
        class: "quiet icon-only side-toggle",
        "aria-label": t("frame.menu"),
        "aria-controls": "side",
        "aria-expanded": "false",
        onclick: () => toggleSide(body),
      },
      icon("menu"),
    ),
    h("a", { class: "brand", href: home() }, mark(), "allocator"),
  );
  const skip = h(
    "a",
    {
      class: "skip",
      href: "#main",
      onclick: (/** @type {Event} */ event) => {
        event.preventDefault();
        place.focus();
      },
    },
    t("frame.skip"),
  );
  const shade = h("div", { class: "shade", onclick: () => toggleSide(body, false) });
  fill(body, skip, top, side, shade, place, h("div", { class: "toasts", role: "status", "aria-live": "polite" }));
  shortcut("?", () => t("keys.shortcuts"), showShortcuts);
  shortcut("t", () => t("keys.theme"), turnTheme);
  shortcut("[", () => t("keys.side"), () => toggleSide(body));
  shortcut("g h", () => t("keys.home"), () => go(home()));
  side.addEventListener("keydown", (event) => {
    if (event.key === "Escape") toggleSide(body, false);
  });
  if (matchMedia("(min-width: 900px)").matches) body.classList.add("side-open");
  start((first) => void show(body, place, side, first));
}

/** @type {AbortController | null} */
let present = null;

/** @type {(() => void) | null} */
let cleanUp = null;

/**
 * @param {HTMLElement} body
 * @param {HTMLElement} place
 * @param {HTMLElement} side
 * @param {boolean} first
 */
async function show(body, place, side, first) {
  present?.abort();
  cleanUp?.();
  cleanUp = null;
  const leaving = (present = new AbortController());
  const path = here();
  if (path === "" && who()) return go(home(), { replace: true });
  const found = match(views, path || "rollouts");
  const isNowhere = !found || (found.view.open !== true && who() !== null && !may(found.view.right ?? "read"));
  if (isNowhere || !side.hasChildNodes()) fillSide(side, null, {}, leaving.signal);
  if (!found) return fill(place, empty({ title: t("frame.nothing-here"), text: t("frame.nothing-here-text"), icon: "search", action: homeward() }));
  const { view, params } = found;
  if (!who() && !view.open) {
    const wanted = path + location.search;
    return go(`sign-in?then=${encodeURIComponent(wanted)}`, { replace: true });
  }
  if (!view.open && !may(view.right ?? "read")) {
    // What everybody begins with is not everybody's: each role has a first page of its own.
    if (view.name === "rollouts") return go(home(), { replace: true });
    return fill(place, empty({ title: t("frame.not-yours"), text: t("frame.not-yours-text"), icon: "lock", action: homeward() }));
  }
  if (!matchMedia("(min-width: 900px)").matches) toggleSide(body, false);
  place.setAttribute("aria-busy", "true");
  try {
    const [module, rollout] = await Promise.all([
      view.load(),
      params.rollout ? get(`v1/rollouts/${encodeURIComponent(params.rollout)}/about`) : null,
      view.css ? styled(view.css) : null,
    ]);
    if (leaving.signal.aborted) return;
    fillSide(side, rollout, params, leaving.signal);
    const plan = params.plan ? await planOf(params) : null;
    if (leaving.signal.aborted) return;
    if (params.plan === "latest") {
      if (!plan) return fill(place, noPlanYet(params.rollout));
      return go(path.replace("/plan/latest", `/plan/${plan.id}`) + location.search, { replace: true });
    }
    body.classList.toggle("wide", view.wide ?? false);
    body.dataset.view = view.name;
    const target = h("div", { class: "view" });
    fill(place, target);
    const title = (/** @type {string} */ text) => {
      document.title = [text, rollout?.name, "allocator"].filter((it, at, all) => it && all.indexOf(it) === at).join(" · ");
    };
    const result = await module.show(target, params, {
      view,
      query: new URLSearchParams(location.search),
      signal: leaving.signal,
      rollout,
      plan,
      title,
      setQuery,
    });
    if (typeof result === "function") {
      if (leaving.signal.aborted) result();
      else cleanUp = /** @type {() => void} */ (result);
    }
    if (!first && !leaving.signal.aborted && !target.contains(document.activeElement)) {
      scrollTo(0, 0);
      const heading = target.querySelector("h1");
      heading?.setAttribute("tabindex", "-1");
      (heading ?? place).focus();
    }
  } catch (error) {
    if (!leaving.signal.aborted) fill(place, failed(error, again));
  } finally {
    if (present === leaving) place.removeAttribute("aria-busy");
  }
}

/** Where a reader begins: department heads with their own green lights, who only reads metrics with these. */
const home = () => (!who() || may("read") ? "rollouts" : may("follow") ? "approvals" : "account/metrics");

/** The way on from where there is nothing for the reader. */
const homeward = () => h("a", { class: "button primary", href: home() }, icon("home"), t("frame.homeward"));

/** @param {Record<string, string | null>} changes */
function setQuery(changes) {
  const target = new URL(location.href);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === "") target.searchParams.delete(name);
    else target.searchParams.set(name, value);
  }
  history.replaceState(null, "", target);
}

/** @param {import("./router.js").Params} params */
async function planOf({ rollout, plan }) {
  if (plan !== "latest") return get(`v1/plans/${encodeURIComponent(plan)}`);
  const found = await get(`v1/plans?rollout=${encodeURIComponent(rollout)}&planned=true&limit=1`);
  return found.items[0] ?? null;
}

/** @param {string} rollout */
const noPlanYet = (rollout) =>
  empty({
    title: t("frame.no-plan"),
    text: t("frame.no-plan-text"),
    icon: "plan",
    action: h("a", { class: "button primary", href: `rollouts/${rollout}` }, t("frame.to-overview")),
  });

/** @type {Map<string, Promise<void>>} */
const sheets = new Map();

/** @param {string} name */
function styled(name) {
  const known = sheets.get(name);
  if (known) return known;
  const link = h("link", { rel: "stylesheet", href: `${document.body.dataset.static}/css/views/${name}` });
  const loaded = new Promise((/** @type {(value: void) => void} */ resolve, reject) => {
    link.addEventListener("load", () => resolve());
    link.addEventListener("error", reject);
  });
  sheets.set(name, loaded);
  document.head.append(link);
  return loaded;
}

/**
 * @param {HTMLElement} side
 * @param {any} rollout
 * @param {import("./router.js").Params} params
 * @param {AbortSignal} signal
 */
function fillSide(side, rollout, params, signal) {
  const path = here();
  /** @param {string} href @param {import("./parts/icons.js").IconName} name @param {string} text @param {boolean} now */
  const entry = (href, name, text, now) =>
    h("a", { class: "side-link", href, "aria-current": now ? "page" : null }, icon(name), h("span", null, text));
  const groups = !rollout
    ? []
    : GROUPS.map((group) => {
        const inside = views.filter((it) => it.menu?.group === group && may(it.right ?? "read"));
        if (!inside.length) return null;
        return h(
          "section",
          { class: "side-group" },
          h("h2", null, t(`frame.group-${group}`)),
          inside.map((it) => {
            const href = it.path
              .replace(":rollout", rollout.id)
              .replace(":plan", params.plan ?? "latest")
              .replace(/\/:\w+/g, "");
            const menu = /** @type {NonNullable<typeof it.menu>} */ (it.menu);
            if (menu.keys) shortcut(menu.keys, () => t(menu.key), () => go(href), signal);
            const now = match([it], path) !== null || (group === "data" && path.startsWith(`${href}/`));
            return entry(href, menu.icon, t(menu.key), now);
          }),
        );
      });
  fill(
    side,
    h("a", { class: "brand", href: home() }, mark(), "allocator"),
    may("read") && entry("rollouts", "rollouts", t("rollouts.title"), path === "rollouts"),
    may("follow") && entry("approvals", "approve", t("approve.inbox"), path.startsWith("approvals")),
    may("monitor") && !may("read") && entry("account/metrics", "runs", t("session.metrics"), path === "account/metrics"),
    rollout &&
      h(
        "a",
        { class: "side-rollout", href: `rollouts/${rollout.id}`, title: rollout.name },
        h("strong", null, rollout.name),
        h("small", null, t(rollout.scenario_of ? "frame.what-if" : "frame.revision", { number: rollout.revision })),
      ),
    groups,
    h("div", { class: "side-end" }, readersMenu()),
  );
}

function readersMenu() {
  const me = who();
  const themes = /** @type {const} */ (["system", "light", "dark"]);
  return menuButton({
    label: me && !isLocal() ? me.name : t("frame.settings"),
    content: [icon(me && !isLocal() ? "person" : "settings"), h("span", { class: "grow" }, me && !isLocal() ? me.name : t("frame.settings")), icon("up-down")],
    classes: "quiet side-reader",
    above: true,
    items: () => [
      me && !isLocal() ? { heading: t(`roles.${me.role}`) } : null,
      { heading: t("frame.theme") },
      ...themes.map((it) => ({ text: t(`frame.theme-${it}`), checked: theme() === it, act: () => chooseTheme(it) })),
      { heading: t("frame.language") },
      ...Object.entries(LANGUAGES).map(([code, name]) => ({
        text: name,
        lang: code,
        checked: spoken() === code,
        act: () => chooseLanguage(code),
      })),
      { separator: true },
      me && !isLocal() ? { text: t("session.account"), icon: /** @type {const} */ ("person"), act: () => go("account") } : null,
      { text: t("keys.shortcuts"), icon: /** @type {const} */ ("keyboard"), act: showShortcuts },
      me && !isLocal()
        ? { text: t("session.sign-out"), icon: /** @type {const} */ ("leave"), act: () => void signOut().then(() => go("sign-in")) }
        : null,
    ],
  });
}

function turnTheme() {
  const dark = theme() === "dark" || (theme() === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  chooseTheme(dark ? "light" : "dark");
}

/**
 * @param {HTMLElement} body
 * @param {boolean} [open]
 */
function toggleSide(body, open) {
  const now = body.classList.toggle("side-open", open);
  body.querySelector(".side-toggle")?.setAttribute("aria-expanded", String(now));
  if (now && open === undefined && !matchMedia("(min-width: 900px)").matches) {
    /** @type {HTMLElement | null} */ (body.querySelector(".side a"))?.focus();
  }
}

const mark = () => h("img", { src: `${document.body.dataset.static}/icon.svg`, alt: "", width: 20, height: 20 });

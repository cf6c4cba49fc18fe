// @ts-check
/** Shows the view of the present address, and goes from one to another without loading anew. */

/**
 * @typedef {object} View
 * @property {string} name
 * @property {string} path such as `rollouts/:rollout/plan/:plan`
 * @property {() => Promise<{show: Show}>} load
 * @property {string} [css] a style sheet under `css/views`, loaded before the view is shown
 * @property {string[]} [wants] what it asks the service for at once, so that it is sent with the page
 * @property {string} [right] what the role needs; `read` if it is not said
 * @property {boolean} [wide] fills the window, and scrolls inside
 * @property {{icon: import("./parts/icons.js").IconName, key: string, group: string, keys?: string}} [menu]
 * @property {boolean} [open] for those who have not signed in
 */

/**
 * @typedef {object} Context
 * @property {View} view
 * @property {URLSearchParams} query
 * @property {AbortSignal} signal aborts when the reader leaves the view
 * @property {any} rollout what `v1/rollouts/{rollout}/about` says, if there is `:rollout` in the path
 * @property {any} plan what `v1/plans/{plan}` says, if there is `:plan` in the path
 * @property {(text: string) => void} title names the page, in the window's title too
 * @property {(changes: Record<string, string | null>) => void} setQuery without showing the view anew
 */

/** @typedef {Record<string, string>} Params */
/** @typedef {(place: HTMLElement, params: Params, context: Context) => any} Show */

/**
 * The view of a path and the values in it, or null.
 * @param {View[]} views
 * @param {string} path without the base and without a slash before it
 * @returns {{view: View, params: Params} | null}
 */
export function match(views, path) {
  const steps = path.split("/").filter(Boolean);
  for (const view of views) {
    const wanted = view.path.split("/").filter(Boolean);
    if (wanted.length !== steps.length) continue;
    /** @type {Params} */
    const params = {};
    const fits = wanted.every((step, number) => {
      if (!step.startsWith(":")) return step === steps[number];
      params[step.slice(1)] = decodeURIComponent(steps[number]);
      return true;
    });
    if (fits) return { view, params };
  }
  return null;
}

/** The present path below the base, without a slash before it. */
export const here = () => location.pathname.slice(new URL(document.baseURI).pathname.length);

/** @type {(() => void) | null} */
let change = null;

/** @type {(() => boolean) | null} */
let asks = null;

/**
 * Asks before a view with unsaved work is left, until the signal aborts.
 * @param {() => boolean} mayLeave
 * @param {AbortSignal} signal
 */
export function guard(mayLeave, signal) {
  asks = mayLeave;
  signal.addEventListener("abort", () => (asks = asks === mayLeave ? null : asks));
  addEventListener("beforeunload", (event) => asks?.() === false && event.preventDefault(), { signal });
}

/**
 * Goes to a path such as `rollouts/abc/data`, without a slash before it.
 * @param {string} path
 * @param {{replace?: boolean}} [how]
 */
export function go(path, { replace = false } = {}) {
  const target = new URL(path, document.baseURI);
  history[replace ? "replaceState" : "pushState"](null, "", target);
  change?.();
}

/** Shows the present view anew, after something it shows has changed. */
export const again = () => change?.();

/**
 * Calls a function for the present address and for each one after it.
 * @param {(first: boolean) => void} show
 */
export function start(show) {
  let address = location.href;
  change = () => {
    address = location.href;
    show(false);
  };
  addEventListener("popstate", () => {
    if (asks?.() === false) history.pushState(null, "", address);
    else change?.();
  });
  document.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest("a[href]");
    if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented || event.button !== 0) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link.target || link.hasAttribute("download") || !isOurs(link.href)) return;
    event.preventDefault();
    if (asks?.() === false) return;
    history.pushState(null, "", link.href);
    change?.();
  });
  show(true);
}

/** @param {string} href */
function isOurs(href) {
  return href.startsWith(document.baseURI) && !/^(v1|static)\//.test(href.slice(document.baseURI.length));
}

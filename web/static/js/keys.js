// @ts-check
/** Keyboard shortcuts: single keys such as `/`, two after each other such as `g p`, `Ctrl+S` (or ⌘S). */

/**
 * @typedef {object} Shortcut
 * @property {string} keys
 * @property {() => string} says
 * @property {(event: KeyboardEvent) => void} act
 */

/** @type {Set<Shortcut>} */
const shortcuts = new Set();
let before = "";
let at = 0;

/**
 * Offers a shortcut until the signal aborts; the latest one for the same keys counts.
 * @param {string} keys such as `?`, `Escape`, `g p`, `Shift+ArrowLeft`
 * @param {() => string} says what it does, for the list of shortcuts
 * @param {(event: KeyboardEvent) => void} act
 * @param {AbortSignal} [signal]
 */
export function shortcut(keys, says, act, signal) {
  const made = { keys, says, act };
  shortcuts.add(made);
  signal?.addEventListener("abort", () => shortcuts.delete(made));
}

/** All that can be pressed now, in the order in which they were offered. */
export const offered = () => [...new Map([...shortcuts].map((it) => [it.keys, it])).values()];

const TYPED = "input:not([type=radio], [type=checkbox]), textarea, [contenteditable], dialog, [role=menu]";
/** Where keys are typed. In lists letters choose; with Ctrl they are shortcuts there too. */

/** Listens; keys that somebody types into a field or a dialog are left alone. */
export function listen() {
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.defaultPrevented || event.isComposing) return;
    const target = /** @type {Element} */ (event.target);
    const control = event.ctrlKey || event.metaKey ? "Ctrl+" : "";
    if (target.closest(TYPED) || (!control && target.closest("select"))) return;
    const shift = event.shiftKey && (control || event.key.length > 1) ? "Shift+" : "";
    const pressed = control + shift + (control && event.key.length === 1 ? event.key.toUpperCase() : event.key);
    const pair = event.timeStamp - at < 1200 ? `${before} ${pressed}` : "";
    const all = offered();
    const found = all.find((it) => it.keys === pair) ?? all.find((it) => it.keys === pressed);
    before = pressed;
    at = event.timeStamp;
    if (!found) return;
    event.preventDefault();
    before = "";
    found.act(event);
  });
}

// @ts-check
/** Keys in a list or table: one of its rows has the focus, arrows move it. */

/**
 * @param {HTMLElement} holder
 * @param {string} selector what can have the focus in it
 */
export function roving(holder, selector) {
  const all = () => /** @type {HTMLElement[]} */ ([...holder.querySelectorAll(selector)]);
  const first = all();
  for (const [at, it] of first.entries()) it.tabIndex = at === 0 ? 0 : -1;
  holder.addEventListener("focusin", (event) => {
    const found = /** @type {Element} */ (event.target).closest(selector);
    if (!found) return;
    for (const it of all()) it.tabIndex = it === found ? 0 : -1;
  });
  holder.addEventListener("keydown", (event) => {
    const items = all();
    const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    if (at < 0) return;
    const to = { ArrowDown: at + 1, j: at + 1, ArrowUp: at - 1, k: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    items[Math.max(0, Math.min(items.length - 1, to))].focus();
  });
}

// @ts-check
/** Where the focus goes when what had it is gone: never to nowhere. */

/**
 * Gives the focus back to what had it, or where that is gone to the main part of the page; whoever has it
 * meanwhile keeps it.
 * @param {Element | null} before
 */
export function backTo(before) {
  const now = document.activeElement;
  if (now && now !== document.body && now.isConnected) return;
  if (before instanceof HTMLElement && before.isConnected && before !== document.body) before.focus();
  if (document.activeElement === document.body) document.querySelector("main")?.focus();
}

// @ts-check
/** How the reader likes the pages: language and theme, in cookies that the server reads too. */

const YEAR = 31_536_000;

/** @param {string} language */
export function chooseLanguage(language) {
  keep("allocator_language", language);
  location.reload();
}

/** @returns {"light" | "dark" | "system"} */
export const theme = () => /** @type {any} */ (document.documentElement.dataset.theme ?? "system");

/** @param {"light" | "dark" | "system"} chosen */
export function chooseTheme(chosen) {
  if (chosen === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
  keep("allocator_theme", chosen);
  document.dispatchEvent(new Event("theme"));
}

/** Whether it is dark now, by choice or by the system. */
export const isDark = () =>
  theme() === "dark" || (theme() === "system" && matchMedia("(prefers-color-scheme: dark)").matches);

/**
 * @param {string} name
 * @param {string} value
 */
function keep(name, value) {
  const path = new URL(document.baseURI).pathname;
  document.cookie = `${name}=${value}; path=${path}; max-age=${YEAR}; samesite=strict`;
}

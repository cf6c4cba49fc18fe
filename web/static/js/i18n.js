// @ts-check
/** What is said in the reader's language, and dates, hours and money as that language writes them. */

/** @typedef {string | Record<string, string>} Message */
/** @typedef {Record<string, string | number>} Values */

/** @type {Record<string, Record<string, Message>>} */
let tables = {};
let language = "en";
let plurals = new Intl.PluralRules("en");

/** The languages of the pages, each by its own name. */
export const LANGUAGES = { en: "English", de: "Deutsch", sl: "Slovenščina", hu: "Magyar", hi: "हिन्दी" };

/**
 * Takes the messages of a language, by area.
 * @param {string} chosen
 * @param {typeof tables} messages
 */
export function use(chosen, messages) {
  language = chosen;
  tables = messages;
  plurals = new Intl.PluralRules(chosen);
  formats.clear();
}

/** The language that the pages speak now. */
export const spoken = () => language;

/**
 * What a key says, such as `t("runs.waiting", { count: 3 })`. `{name}` in it is replaced; numbers
 * are written by the language, and where there are plural forms, `count` decides among them.
 * @param {string} key area and name, with a dot between them
 * @param {Values} [values]
 * @returns {string}
 */
export function t(key, values = {}) {
  const dot = key.indexOf(".");
  const found = tables[key.slice(0, dot)]?.[key.slice(dot + 1)];
  if (found === undefined) return key;
  const text = typeof found === "string" ? found : found[plurals.select(Number(values.count))] ?? found.other;
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === "number" ? number(value) : value;
  });
}

/**
 * What a key says, or another text where nothing is said under it (an id of the service, say).
 * @param {string} key
 * @param {string} otherwise
 */
export function said(key, otherwise) {
  const text = t(key);
  return text === key ? otherwise : text;
}

/** @type {Map<string, any>} */
const formats = new Map();

/**
 * @param {"NumberFormat" | "DateTimeFormat" | "RelativeTimeFormat" | "ListFormat"} kind
 * @param {any} options
 * @returns {any}
 */
function format(kind, options) {
  const name = kind + JSON.stringify(options);
  let found = formats.get(name);
  if (!found) {
    // German and Slovene planners write the week from Monday, and all of them 24 hours.
    found = new (/** @type {any} */ (Intl)[kind])(LOCALES[language] ?? language, options);
    formats.set(name, found);
  }
  return found;
}

/** @type {Record<string, string>} */
const LOCALES = { en: "en-GB", hi: "hi-IN" };

/** A number, with `digits` after the point at most. */
export const number = (/** @type {number} */ value, digits = 2) =>
  format("NumberFormat", { maximumFractionDigits: digits }).format(value);

/** A share such as 0.034 as 3.4 %. */
export const percent = (/** @type {number} */ share, digits = 1) =>
  format("NumberFormat", { style: "percent", maximumFractionDigits: digits }).format(share);

/** An amount of money; whole amounts where it is large. */
export const money = (/** @type {number} */ value, /** @type {string} */ currency) =>
  format("NumberFormat", {
    style: "currency",
    currency,
    maximumFractionDigits: Math.abs(value) < 1000 ? 2 : 0,
  }).format(value);

/** Hours, with their unit. */
export const hours = (/** @type {number} */ value) =>
  format("NumberFormat", { style: "unit", unit: "hour", unitDisplay: "short", maximumFractionDigits: 1 }).format(value);

/** Seconds or minutes, with their unit. */
export const duration = (/** @type {number} */ seconds) =>
  seconds < 120
    ? format("NumberFormat", { style: "unit", unit: "second", unitDisplay: "short", maximumFractionDigits: seconds < 10 ? 1 : 0 }).format(seconds)
    : format("NumberFormat", { style: "unit", unit: "minute", unitDisplay: "short", maximumFractionDigits: 0 }).format(seconds / 60);

/**
 * A day of the plan, `YYYY-MM-DD` or a moment on it, without any change of zone.
 * @param {string} text
 * @param {"short" | "long" | "weekday" | "month"} [form]
 */
export function day(text, form = "short") {
  return format("DateTimeFormat", { ...DAYS[form], timeZone: "UTC" }).format(new Date(`${text.slice(0, 10)}T00:00Z`));
}

const DAYS = {
  short: { day: "numeric", month: "short", year: "numeric" },
  long: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  weekday: { weekday: "short", day: "numeric", month: "short" },
  month: { month: "short", year: "numeric" },
};

/** A moment of the plan, `YYYY-MM-DDTHH:MM`, as it is on the clock there. */
export const moment = (/** @type {string} */ text) =>
  format("DateTimeFormat", { ...DAYS.weekday, hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "UTC" }).format(
    new Date(`${text.slice(0, 16)}Z`),
  );

/** The time on the clock of a moment of the plan. */
export const clock = (/** @type {string} */ text) =>
  format("DateTimeFormat", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "UTC" }).format(new Date(`${text.slice(0, 16)}Z`));

/** A moment of the service (UTC) in the reader's own zone. */
export const when = (/** @type {string} */ text) =>
  format("DateTimeFormat", { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" }).format(new Date(text));

/** How long ago a moment of the service was, or how long until it. */
export function ago(/** @type {string} */ text, now = Date.now()) {
  const seconds = (Date.parse(text) - now) / 1000;
  const words = format("RelativeTimeFormat", { numeric: "auto" });
  /** @type {[number, Intl.RelativeTimeFormatUnit][]} */
  const units = [[86_400 * 30, "month"], [86_400, "day"], [3600, "hour"], [60, "minute"]];
  for (const [length, unit] of units) {
    if (Math.abs(seconds) >= length) return words.format(Math.round(seconds / length), unit);
  }
  return words.format(Math.min(0, Math.round(seconds)), "second");
}

/** Names with commas and an "and". */
export const list = (/** @type {string[]} */ names) => format("ListFormat", { type: "conjunction" }).format(names);

/** Sorts texts as the language does. */
export const collator = () => new Intl.Collator(language, { numeric: true, sensitivity: "base" });

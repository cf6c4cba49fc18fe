// @ts-check
/** The head of the timeline: months, weeks or days, hours, and what falls on a day for everybody. */

import { h } from "../../../dom.js";
import { day as written, t } from "../../../i18n.js";
import { DAY } from "../model/axis.js";
import { goLives } from "../model/marks.js";

/** @typedef {import("./row_view.js").Pens} Pens */
/** @typedef {"week" | "day" | "hour"} Zoom */

/** How much of the time there is room to tell. @param {number} day Pixels of a day. @returns {Zoom} */
export function zoomOf(day) {
  if (day > 280) return "hour";
  return day > 38 ? "day" : "week";
}

/**
 * The cells between two units.
 * @param {number} from @param {number} to @param {Pens} pens
 * @returns {HTMLElement[]}
 */
export function ruler(from, to, pens) {
  const { axis, px } = pens;
  const first = Math.max(0, Math.floor(from / axis.weekLength) * axis.perWeek);
  const last = Math.min(
    Math.round(axis.length / axis.dayLength),
    Math.ceil(to / axis.weekLength) * axis.perWeek,
  );
  const zoom = zoomOf(px * axis.dayLength);
  const cells = months(first, last, pens);
  for (let column = first; column < last; column++) {
    const day = axis.dayOf(column);
    if (zoom === "week") {
      if (column % axis.perWeek === 0) cells.push(week(column, day, pens));
      continue;
    }
    cells.push(cell("day", column * axis.dayLength, axis.dayLength, dayText(day, pens)));
    if (zoom === "hour") cells.push(...hours(column, pens));
  }
  return cells;
}

/** The present moment on the clock of the rollout; null outside of it. @param {import("../model/model.js").Model} model */
function nowOf(model) {
  const now = model.now(new Date());
  return now >= 0 && now < model.days * DAY ? now : null;
}

/** What holds for everybody: from when on it was planned, now, frozen until, go-lives, days on which nobody may change anything. @param {Pens} pens */
export function flags(pens) {
  const { axis, model, words } = pens;
  const now = nowOf(model);
  /** @param {string} kind @param {number} minute @param {string} text */
  const flag = (kind, minute, text) =>
    h(
      "div",
      {
        class: ["tl-flag", `flag-${kind}`],
        title: `${text}\n${words.moment(minute)}`,
        style: { "--s": axis.unit(minute) },
      },
      h("span", null, text),
    );
  const frozen = model.freezes
    .filter(([, , , of]) => of === null)
    .map(([from, to, reason]) =>
      h("div", {
        class: "tl-flag flag-closed",
        title: `${reason}\n${words.span(from, to)}`,
        style: { "--s": axis.unit(from), "--e": axis.unit(to) },
      }),
    );
  return [
    ...frozen,
    flag("as-of", model.asOf, t("plan.as-of")),
    now !== null && flag("now", now, t("plan.now")),
    model.frozenUntil !== null && flag("frozen", model.frozenUntil, t("plan.frozen-until")),
    ...goLives(model, () => true).map(([day, names]) => flag("live", day * DAY, names)),
  ].filter((it) => it instanceof HTMLElement);
}

/** The lines that run down through all rows under the flags. @param {Pens} pens */
export function lines({ axis, model }) {
  /** @param {string} kind @param {number} minute */
  const line = (kind, minute) =>
    h("div", { class: ["tl-line", `line-${kind}`], style: { "--s": axis.unit(minute) } });
  const until = model.frozenUntil;
  const now = nowOf(model);
  return [
    until !== null &&
      until > model.asOf &&
      h("div", {
        class: "tl-line line-span",
        style: { "--s": axis.unit(model.asOf), "--e": axis.unit(until) },
      }),
    line("as-of", model.asOf),
    now !== null && line("now", now),
    until !== null && line("frozen", until),
    ...goLives(model, () => true).map(([day]) => line("live", day * DAY)),
  ].filter((it) => it instanceof HTMLElement);
}

/** @param {string} kind @param {number} start @param {number} length @param {string} text */
function cell(kind, start, length, text) {
  return h(
    "div",
    { class: `tl-${kind}`, style: { "--s": start, "--e": start + length } },
    h("span", null, text),
  );
}

/** @param {number} first @param {number} last @param {Pens} pens */
function months(first, last, { axis, model }) {
  const cells = [];
  for (let column = first; column < last; ) {
    const begins = axis.date(axis.dayOf(column) * DAY);
    const next = Date.UTC(begins.getUTCFullYear(), begins.getUTCMonth() + 1, 1);
    const end = Math.min(last * axis.dayLength, axis.unit((next - axis.epoch) / 60_000));
    const length = Math.max(axis.dayLength, end - column * axis.dayLength);
    const name = written(model.moment(axis.dayOf(column) * DAY), "month");
    cells.push(cell("month", column * axis.dayLength, length, name));
    column += Math.max(1, Math.round(length / axis.dayLength));
  }
  return cells;
}

/** @param {number} column @param {number} day @param {Pens} pens */
function week(column, day, { axis, px }) {
  const date = axis.date(day * DAY);
  const wide = axis.weekLength * px > 62;
  const text = wide
    ? `${t("plan.week", { week: String(weekNumber(date)) })} · ${date.getUTCDate()}`
    : String(date.getUTCDate());
  return cell("day", column * axis.dayLength, axis.weekLength, text);
}

/** @param {number} day @param {Pens} pens */
function dayText(day, { axis, words, px }) {
  if (px * axis.dayLength > 84) return words.day(day * DAY);
  const date = axis.date(day * DAY);
  return px * axis.dayLength > 58
    ? `${words.weekday(day)} ${date.getUTCDate()}`
    : String(date.getUTCDate());
}

/** @param {number} column @param {Pens} pens */
function hours(column, { axis, words }) {
  const cells = [];
  for (let minute = axis.fold.from; minute < axis.fold.to; minute += 120) {
    const start = column * axis.dayLength + minute - axis.fold.from;
    cells.push(cell("hour", start, 120, words.clock(minute)));
  }
  return cells;
}

/** The number of a Monday's week (ISO 8601). @param {Date} monday */
export function weekNumber(monday) {
  const thursday = new Date(monday.getTime() + 3 * 86_400_000);
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return Math.floor((thursday.getTime() - first) / 604_800_000) + 1;
}

// @ts-check
/** The events of an agenda by week and day, seen from today. */

/**
 * @typedef {object} Event
 * @property {"task" | "class" | "support"} kind
 * @property {string} title
 * @property {"" | "teaches" | "attends"} part
 * @property {string} start on the clocks of its place
 * @property {string} end
 * @property {string} zone
 * @property {string[]} place
 * @property {string[]} people
 * @property {[number, string][]} groups
 * @property {string} department
 * @property {number | null} hours
 * @property {string} materials
 * @property {string[]} [days] the dates on which it goes on, if they are several
 * @property {boolean} cancelled
 * @property {boolean} moved
 */

/**
 * @typedef {object} Agenda
 * @property {"person" | "room" | "audience" | "department"} kind
 * @property {string} id
 * @property {string} name
 * @property {Event[]} events
 */

/** @typedef {{day: string, events: Event[]}} Day */
/** @typedef {{monday: string, days: Day[]}} Week */

/** The day of an event's start. */
export const dayOf = (/** @type {Event} */ event) => event.start.slice(0, 10);

/** The last day on which an event goes on; one that ends at midnight does not reach the next day. */
export function lastDayOf(/** @type {Event} */ event) {
  const end = event.end.slice(0, 10);
  return event.end.slice(11, 16) === "00:00" && end > dayOf(event) ? shifted(end, -1) : end;
}

/**
 * The date now, in a zone.
 * @param {string} zone
 * @param {Date} now
 */
export const today = (zone, now = new Date()) => new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short" }).format(now);

/**
 * A date some days later.
 * @param {string} day
 * @param {number} days
 */
export const shifted = (day, days) => new Date(Date.parse(`${day}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** The Monday of the week of a date. */
export const mondayOf = (/** @type {string} */ day) => shifted(day, -((new Date(`${day}T00:00Z`).getUTCDay() + 6) % 7));

/** The dates on which an event goes on. @param {Event} event @returns {string[]} */
export function daysOf(event) {
  if (event.days?.length) return event.days;
  const found = [dayOf(event)];
  for (const last = lastDayOf(event); found[found.length - 1] < last;) found.push(shifted(found[found.length - 1], 1));
  return found;
}

/**
 * Events by week and day, each on every day on which it goes on, in order of time.
 * @param {Event[]} events
 * @returns {Week[]}
 */
export function weeks(events) {
  const inOrder = events.toSorted((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
  /** @type {Map<string, Map<string, Event[]>>} */
  const found = new Map();
  for (const event of inOrder) {
    for (const day of daysOf(event)) {
      const week = found.get(mondayOf(day)) ?? new Map();
      week.set(day, [...(week.get(day) ?? []), event]);
      found.set(mondayOf(day), week);
    }
  }
  const inTurn = (/** @type {[string, any]} */ [a], /** @type {[string, any]} */ [b]) => (a < b ? -1 : 1);
  return [...found].sort(inTurn).map(([monday, days]) => ({
    monday,
    days: [...days].sort(inTurn).map(([day, some]) => ({ day, events: some })),
  }));
}

/**
 * What is over, what began before a day and goes on, and what begins on it or later.
 * @param {Event[]} events
 * @param {string} day
 */
export function seenFrom(events, day) {
  return {
    over: events.filter((it) => lastDayOf(it) < day),
    underWay: events.filter((it) => dayOf(it) < day && lastDayOf(it) >= day && !it.cancelled),
    coming: events.filter((it) => dayOf(it) >= day),
  };
}

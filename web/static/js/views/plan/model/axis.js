// @ts-check
/** The folded time axis: minutes of the rollout to units on the page, without the hours nobody works. */

export const DAY = 1440;
const WEEK = 7 * DAY;
const USUAL_DAY = [8 * 60, 17 * 60];

/**
 * What the axis shows of each week.
 * @typedef {object} Fold
 * @property {boolean[]} weekdays Seven, Monday first: whether the day is shown.
 * @property {number} from The first minute of a day that is shown.
 * @property {number} to The end of what is shown of a day.
 */

/** Everything: no night and no weekend is folded away. @type {Fold} */
export const UNFOLDED = { weekdays: Array(7).fill(true), from: 0, to: DAY };

export class Axis {
  /**
   * @param {string} start The rollout's first day, as 2027-02-08.
   * @param {number} days How many days the rollout has.
   * @param {Fold} fold
   */
  constructor(start, days, fold) {
    this.fold = fold;
    this.days = days;
    this.epoch = Date.parse(`${start}T00:00:00Z`);
    /** Weekday of the first day; the axis begins on the Monday before. */
    this.lead = (new Date(this.epoch).getUTCDay() + 6) % 7;
    /** Units of one day: its minutes that are shown. */
    this.dayLength = fold.to - fold.from;
    /** For each weekday, how many days of its week are shown before it. */
    this.before = fold.weekdays.map((_, day) => fold.weekdays.slice(0, day).filter(Boolean).length);
    /** Days shown of a week. */
    this.perWeek = fold.weekdays.filter(Boolean).length;
    this.shown = fold.weekdays.flatMap((is, day) => (is ? [day] : []));
    this.weekLength = this.perWeek * this.dayLength;
    /** Units of the whole axis: whole weeks. */
    this.length = Math.ceil((days + this.lead) / 7) * this.weekLength;
  }

  /** Where a minute is; what is folded away is at the edge beside it. @param {number} minute */
  unit(minute) {
    const since = minute + this.lead * DAY;
    if (since <= 0) return 0;
    const week = Math.floor(since / WEEK);
    const day = Math.floor((since - week * WEEK) / DAY);
    const begins = (week * this.perWeek + this.before[day]) * this.dayLength;
    if (!this.fold.weekdays[day]) return Math.min(begins, this.length);
    const into = since - week * WEEK - day * DAY - this.fold.from;
    return Math.min(this.length, begins + Math.min(this.dayLength, Math.max(0, into)));
  }

  /** The minute at a place; between two days it is the later one's. @param {number} unit */
  minute(unit) {
    const column = Math.floor(unit / this.dayLength);
    return this.dayOf(column) * DAY + this.fold.from + (unit - column * this.dayLength);
  }

  /** The day, counted from the rollout's first, that a column shows. @param {number} column */
  dayOf(column) {
    const week = Math.floor(column / this.perWeek);
    return week * 7 + this.shown[column - week * this.perWeek] - this.lead;
  }

  /** The same time of day on the next or previous day that is shown. @param {number} minute @param {1 | -1} way */
  nextDay(minute, way) {
    for (let days = 1; days <= 7; days++) {
      const at = minute + way * days * DAY;
      if (this.fold.weekdays[(((Math.floor(at / DAY) + this.lead) % 7) + 7) % 7]) return at;
    }
    return minute;
  }

  /** A date for showing; its UTC fields are what the clocks of the place say. @param {number} minute */
  date(minute) {
    return new Date(this.epoch + minute * 60_000);
  }
}

/**
 * What of each week holds work: Monday to Friday, and every weekday and hour at which something begins
 * or ends.
 * @param {ArrayLike<number>} starts @param {ArrayLike<number>} ends Minutes of the rollout.
 * @param {string} start The rollout's first day.
 * @returns {Fold}
 */
export function foldOf(starts, ends, start) {
  const lead = new Axis(start, 1, UNFOLDED).lead;
  const weekdays = [true, true, true, true, true, false, false];
  let [from, to] = USUAL_DAY;
  for (let at = 0; at < starts.length; at++) {
    const last = ends[at] - 1; // an end at midnight belongs to the day before
    weekdays[(((Math.floor(starts[at] / DAY) + lead) % 7) + 7) % 7] = true;
    weekdays[(((Math.floor(last / DAY) + lead) % 7) + 7) % 7] = true;
    from = Math.min(from, starts[at] - Math.floor(starts[at] / DAY) * DAY);
    to = Math.max(to, last - Math.floor(last / DAY) * DAY + 1);
  }
  return { weekdays, from: Math.floor(from / 60) * 60, to: Math.ceil(to / 60) * 60 };
}

// @ts-check
/** A plan as the pages hold it: every piece of work that can be drawn, in columns of numbers. */

import { collator } from "../../../i18n.js";
import { DAY } from "./axis.js";

/** What a piece is. */
export const TASK = 0;
export const CLASS = 1;
export const SHIFT = 2;
export const OPEN = 3;
/** No piece at all: the label of a row. */
export const NONE = -1;

/** Flags of a piece. */
export const CHANGE = 1;
export const PINNED = 2;
export const FINISHED = 4;
export const FROZEN = 8;
export const LATE = 16;

/**
 * @typedef {Record<string, any[]>} Columns
 * @typedef {object} Department
 * @property {string} id @property {string} name @property {number} site @property {number} headcount
 * @property {number | null} release
 * @property {[number, number, string][]} closed
 * @property {[status: "granted" | "pending" | "refused", day: number] | null} light
 * @typedef {object} OpenEntry
 * @property {{ code: string, values?: Record<string, any> }[]} [because] the facts of a proof
 * @property {"task" | "course" | "support"} kind @property {string} id @property {string} reason
 * @property {number} from @property {number} to
 * @property {number} [seat] @property {number} [hours] @property {string} [audience]
 * @property {number} [heads] @property {string} [department] @property {string} [day]
 * @property {number} [people] @property {boolean} [proved] It cannot be done; else it is only not planned.
 */

export class Model {
  /** @param {any} timeline What GET /v1/plans/{plan}/timeline answers. */
  constructor(timeline) {
    /** @type {string} */ this.name = timeline.name;
    /** @type {string} */ this.currency = timeline.currency;
    /** @type {string} */ this.start = timeline.start;
    /** @type {number} */ this.days = timeline.days;
    /** @type {number} */ this.slot = timeline.slot_minutes;
    /** @type {number} */ this.asOf = timeline.as_of;
    /** @type {string} */ this.timezone = timeline.timezone;
    /** @type {number | null} */ this.frozenUntil = timeline.frozen_until;
    this.outcome = timeline.outcome;
    this.score = timeline.score;
    /** @type {Columns} */ this.skills = timeline.skills;
    /** @type {Columns} */ this.sites = timeline.sites;
    /** @type {Columns} */ this.vendors = timeline.vendors;
    /** @type {Department[]} */ this.departments = timeline.departments;
    /** @type {[number, number, string, number[] | null][]} */ this.freezes = timeline.freezes;
    /** @type {Columns} */ this.people = timeline.people;
    /** @type {[number, number, number, string][]} */ this.absences = timeline.absences;
    /** @type {Columns} */ this.rooms = timeline.rooms;
    /** @type {Columns} */ this.projects = timeline.projects;
    /** @type {Columns} */ this.waves = timeline.waves;
    /** @type {Columns} */ this.tasks = timeline.tasks;
    /** @type {Columns} */ this.courses = timeline.courses;
    /** @type {Columns} */ this.audiences = timeline.audiences;
    /** @type {Columns} */ this.supports = timeline.supports;
    /** @type {Columns} */ this.seats = timeline.seats;
    /** @type {Columns} */ this.sessions = timeline.sessions;
    /** @type {Columns} */ this.shifts = timeline.shifts;
    /** @type {OpenEntry[]} */ this.open = timeline.open;
    /** Pins by task. @type {Map<number, { start: number, people: number[] }>} */
    this.pins = new Map(
      (timeline.pins ?? []).map((/** @type {any} */ [task, start, people]) => [
        task,
        { start, people },
      ]),
    );
    /** Late tasks. @type {Map<number, { hours: number, cause: string, working_days: number | null, proved: boolean, proof: any }>} */
    this.late = new Map(
      timeline.late.map((/** @type {any} */ [task, hours, cause, days, proved, proof]) => [
        task,
        { hours, cause, working_days: days, proved: proved === true, proof },
      ]),
    );

    // Pieces: seats of tasks, then classes, then shifts, then what is open.
    const seats = this.seats.day.length;
    const sessions = this.sessions.day.length;
    const shifts = this.shifts.day.length;
    /** The first piece of each kind, and after the last. */
    this.first = [0, seats, seats + sessions, seats + sessions + shifts];
    this.booked = this.first[OPEN];
    this.count = this.booked + this.open.length;
    this.starts = new Int32Array(this.count);
    this.ends = new Int32Array(this.count);
    this.flags = new Uint8Array(this.count);
    /** Task, course or support of each piece. */
    this.works = new Int32Array(this.count);
    /** Piece of a task -> first of the task's pieces. @type {Int32Array} */
    this.firstSeat = new Int32Array(this.tasks.id.length + 1);
    this.#times(0, this.seats);
    this.#times(this.first[CLASS], this.sessions);
    this.#times(this.first[SHIFT], this.shifts);
    this.#works();
    this.#open();
  }

  /** @param {number} piece */
  kind(piece) {
    if (piece < 0) return NONE;
    if (piece < this.first[CLASS]) return TASK;
    if (piece < this.first[SHIFT]) return CLASS;
    return piece < this.first[OPEN] ? SHIFT : OPEN;
  }

  /** The entry of `open` that a piece is. @param {number} piece */
  openEntry(piece) {
    return this.open[piece - this.booked];
  }

  /** The skills that a piece asks for: of a task that of the seat. @param {number} piece @returns {number[]} */
  skillsOf(piece) {
    const [columns, at] = this.work(piece);
    if (columns === this.supports) return columns.skill ? [columns.skill[at]] : [];
    const skills = columns.skills?.[at] ?? [];
    if (this.kind(piece) !== TASK) return skills;
    return [skills[this.seats.line[piece]]].filter((it) => it !== undefined);
  }

  /** What a piece is of: the columns and the place in them. @param {number} piece @returns {[Columns, number]} */
  work(piece) {
    const kind = this.kind(piece) === OPEN ? this.#kindOfOpen(piece) : this.kind(piece);
    return [[this.tasks, this.courses, this.supports][kind], this.works[piece]];
  }

  /** The name of a piece's work. @param {number} piece */
  title(piece) {
    return named(...this.work(piece));
  }

  /** The people booked; for a class those who teach. @param {number} piece @returns {number[]} */
  staff(piece) {
    switch (this.kind(piece)) {
      case TASK:
        return [this.seats.person[piece]];
      case CLASS:
        return this.sessions.trainers[piece - this.first[CLASS]];
      case SHIFT:
        return this.shifts.people[piece - this.first[SHIFT]];
      default:
        return [];
    }
  }

  /** The other pieces of a task's crew, this one too. @param {number} task @returns {number[]} */
  crew(task) {
    const pieces = [];
    for (let it = this.firstSeat[task]; it < this.firstSeat[task + 1]; it++) pieces.push(it);
    return pieces;
  }

  /** Groups of a class: [audience, heads, members]. @param {number} piece @returns {[number, number, number[]?][]} */
  groups(piece) {
    return this.kind(piece) === CLASS ? this.sessions.groups[piece - this.first[CLASS]] : [];
  }

  /** Room of a class; -1 for none. @param {number} piece @returns {number} */
  room(piece) {
    return this.kind(piece) === CLASS ? this.sessions.room[piece - this.first[CLASS]] : -1;
  }

  /** The project of a piece; -1 for none. @param {number} piece @returns {number} */
  project(piece) {
    const [columns, at] = this.work(piece);
    return columns === this.supports ? this.waves.project[columns.wave[at]] : columns.project[at];
  }

  /** The departments that a piece concerns. @param {number} piece @returns {number[]} */
  departmentsOf(piece) {
    switch (this.kind(piece)) {
      case TASK:
        return this.tasks.department[this.works[piece]] < 0
          ? []
          : [this.tasks.department[this.works[piece]]];
      case CLASS:
        return [...new Set(this.groups(piece).map(([it]) => this.audiences.department[it]))];
      case SHIFT:
        return [this.shifts.department[piece - this.first[SHIFT]]];
      default:
        return this.#departmentsOfOpen(this.openEntry(piece));
    }
  }

  /** Minutes of a moment as documents write it. @param {string} text */
  minute(text) {
    return Math.round((Date.parse(`${text}Z`) - Date.parse(`${this.start}T00:00Z`)) / 60_000);
  }

  /** The minute of a moment on the clock of the rollout. @param {Date} moment */
  now(moment) {
    const there = new Intl.DateTimeFormat("sv-SE", { timeZone: this.timezone, dateStyle: "short", timeStyle: "short" });
    return this.minute(there.format(moment).replace(" ", "T"));
  }

  /** A minute as documents write moments. @param {number} minute */
  moment(minute) {
    const at = Date.parse(`${this.start}T00:00Z`) + minute * 60_000;
    return new Date(at).toISOString().slice(0, 16);
  }

  /** @param {number} first @param {Columns} columns */
  #times(first, { day, minute, length }) {
    for (let at = 0; at < day.length; at++) {
      this.starts[first + at] = day[at] * DAY + minute[at];
      this.ends[first + at] = this.starts[first + at] + length[at];
    }
  }

  #works() {
    let piece = 0;
    for (let task = 0; task < this.tasks.id.length; task++) {
      this.firstSeat[task] = piece;
      const late = this.late.has(task) ? LATE : 0;
      for (const end = piece + this.tasks.seats[task]; piece < end; piece++) {
        this.works[piece] = task;
        const frozen = this.seats.flags[piece] ? FROZEN : 0;
        this.flags[piece] = this.tasks.flags[task] | late | frozen;
      }
    }
    this.firstSeat[this.tasks.id.length] = piece;
    this.works.set(this.sessions.course, this.first[CLASS]);
    this.works.set(this.shifts.support, this.first[SHIFT]);
  }

  #open() {
    /** @param {Columns} columns */
    const places = (columns) => new Map(columns.id.map((id, at) => [id, at]));
    const at = {
      task: places(this.tasks),
      course: places(this.courses),
      support: places(this.supports),
    };
    this.audienceAt = places(this.audiences);
    this.departmentAt = new Map(this.departments.map((it, number) => [it.id, number]));
    this.open.forEach((entry, number) => {
      const piece = this.booked + number;
      this.starts[piece] = entry.from;
      this.ends[piece] = entry.to;
      this.works[piece] = at[entry.kind].get(entry.id) ?? -1;
    });
  }

  /** @param {number} piece */
  #kindOfOpen(piece) {
    return { task: TASK, course: CLASS, support: SHIFT }[this.openEntry(piece).kind];
  }

  /** @param {OpenEntry} entry */
  #departmentsOfOpen(entry) {
    const found = {
      task: () => this.tasks.department[this.tasks.id.indexOf(entry.id)],
      course: () => this.audiences.department[this.audienceAt?.get(entry.audience ?? "") ?? -1],
      support: () => this.departmentAt?.get(entry.department ?? ""),
    }[entry.kind]();
    return found === undefined || found < 0 ? [] : [found];
  }
}

/** The name of an entry; its id where it has none. @param {Columns} columns @param {number} at @returns {string} */
export function named(columns, at) {
  return columns.name[at] || columns.id[at];
}

/** Compares places in columns by name; -1, which is none, has an empty one. @param {Columns} columns */
export function byName(columns) {
  const { compare } = collator();
  return (/** @type {number} */ a, /** @type {number} */ b) =>
    compare(a < 0 ? "" : named(columns, a), b < 0 ? "" : named(columns, b));
}

// @ts-check
/** What is said about the pieces of a plan: names, times, and one sentence for those who listen. */

import { clock, hours, list, moment, spoken, day as written, t } from "../../../i18n.js";
import { behind } from "../../../parts/behind.js";
import { DAY } from "./axis.js";
import { ruledOut } from "./because.js";
import { CHANGE, CLASS, FINISHED, FROZEN, LATE, OPEN, PINNED, SHIFT, TASK, named } from "./model.js";

/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("../rows/row.js").Row} Row */

const KINDS = ["plan.kind-task", "plan.kind-class", "plan.kind-shift", "plan.kind-open"];

export class Words {
  /** @param {Model} model */
  constructor(model) {
    this.model = model;
    /** @type {Map<number, string>} */
    this.moments = new Map();
    /** @type {Map<number, string>} */
    this.clocks = new Map();
    /** @type {Map<number, string>} */
    this.days = new Map();
    /** @type {Map<number, string>} */
    this.weekdays = new Map();
    /** @type {Map<string, string> | null} */
    this.names = null;
  }

  /** @param {number} minute */
  moment(minute) {
    return kept(this.moments, minute, () => moment(this.model.moment(minute)));
  }

  /** The day that a minute is on. @param {number} minute */
  day(minute) {
    const day = Math.floor(minute / DAY);
    return kept(this.days, day, () => written(this.model.moment(day * DAY), "weekday"));
  }

  /** The short name of a day of the week. @param {number} day */
  weekday(day) {
    return kept(this.weekdays, ((day % 7) + 7) % 7, () => weekday(this.model.moment(day * DAY)));
  }

  /** @param {number} minute */
  clock(minute) {
    const of = ((minute % DAY) + DAY) % DAY;
    return kept(this.clocks, of, () => clock(this.model.moment(of)));
  }

  /** From a minute to another; days without hours where both are midnights. @param {number} from @param {number} to */
  span(from, to) {
    if (from % DAY === 0 && to % DAY === 0) {
      return to - from <= DAY ? this.day(from) : `${this.day(from)} – ${this.day(to - 1)}`;
    }
    const last = Math.floor((to - 1) / DAY) === Math.floor(from / DAY);
    return `${this.moment(from)} – ${last ? this.clock(to) : this.moment(to)}`;
  }

  /** @param {number} piece */
  when(piece) {
    return this.span(this.model.starts[piece], this.model.ends[piece]);
  }

  /** @param {readonly number[]} people */
  people(people) {
    return list(people.map((it) => named(this.model.people, it)));
  }

  /** What a piece is, in a word or two. @param {number} piece */
  kind(piece) {
    const kind = this.model.kind(piece);
    return t(
      kind === TASK && this.model.flags[piece] & CHANGE ? "plan.kind-change" : KINDS[kind],
    );
  }

  /** How many sit in a class. @param {number} piece */
  heads(piece) {
    return this.model.groups(piece).reduce((sum, [, heads]) => sum + heads, 0);
  }

  /** The text in a bar. @param {number} piece @param {Row} row */
  inBar(piece, row) {
    const { model } = this;
    const title = model.title(piece);
    const kind = model.kind(piece);
    if (row.about === "task" && kind === TASK) return this.people(model.staff(piece));
    if (row.about === "support") return departmentName(model, model.departmentsOf(piece)[0]);
    if (row.about === "course") return `${this.heads(piece)} · ${this.people(model.staff(piece))}`;
    if (kind === CLASS) return `${this.heads(piece)} · ${title}`;
    if (kind === SHIFT && row.about !== "person") return `${model.staff(piece).length} · ${title}`;
    return title;
  }

  /** One sentence with all of it. @param {number} piece */
  describe(piece) {
    const { model } = this;
    const said = [model.title(piece), this.kind(piece)];
    if (model.kind(piece) === OPEN) {
      said.push(this.missing(piece), this.whyOpen(model.openEntry(piece)));
    } else {
      said.push(this.people(model.staff(piece)), this.when(piece));
    }
    if (model.room(piece) >= 0) said.push(named(model.rooms, model.room(piece)));
    if (model.kind(piece) === CLASS) said.push(t("plan.heads", { count: this.heads(piece) }));
    return [...said, ...this.states(piece)].filter(Boolean).join(", ");
  }

  /** Late, pinned and so on. @param {number} piece */
  states(piece) {
    const flags = this.model.flags[piece];
    const late = this.model.late.get(this.model.works[piece]);
    return [
      flags & LATE && late && t("plan.late-by", { hours: behind(late) }),
      flags & PINNED && t("plan.pinned"),
      flags & FROZEN && t("plan.frozen"),
      flags & FINISHED && t("plan.finished"),
    ].filter((it) => typeof it === "string");
  }

  /** What is missing of an open piece. @param {number} piece */
  missing(piece) {
    const entry = this.model.openEntry(piece);
    if (entry.kind === "course") return t("plan.heads", { count: entry.heads ?? 0 });
    if (entry.kind === "support") return t("plan.people", { count: entry.people ?? 0 });
    return hours(entry.hours ?? 0);
  }

  /** The name and the small print of a row. @param {Row} row @returns {{ name: string, note: string }} */
  label(row) {
    const { model } = this;
    const { at } = row;
    switch (row.about) {
      case "open":
        return at < 0
          ? { name: t("plan.open-work"), note: "" }
          : {
              name: model.title(model.booked + at),
              note: `${this.missing(model.booked + at)} · ${this.whyOpen(model.open[at])}`,
            };
      case "site":
        return {
          name: at < 0 ? t("plan.no-site") : named(model.sites, at),
          note: this.#children(row),
        };
      case "vendor":
        return { name: named(model.vendors, at), note: this.#children(row) };
      case "person":
        return { name: named(model.people, at), note: this.#skills(at) };
      case "room":
        return at < 0
          ? { name: t("plan.virtual"), note: "" }
          : { name: named(model.rooms, at), note: t("plan.seats", { count: model.rooms.seats[at] }) };
      case "project":
        return { name: named(model.projects, at), note: this.#goLives(at) };
      case "task":
        return { name: named(model.tasks, at), note: this.#due(at) };
      case "course":
        return {
          name: named(model.courses, at),
          note: t("plan.classes", { count: row.pieces.length }),
        };
      case "support":
        return { name: named(model.supports, at), note: t("plan.kind-shift") };
      case "department":
        return { name: departmentName(model, at), note: this.#department(row) };
      default:
        return {
          name: t(`plan.row-${row.about}`),
          note: t("plan.bookings", { count: row.pieces.length }),
        };
    }
  }

  /** Rooms have no steps of their own; people do. @param {Row} row */
  #children({ key, children }) {
    return t(key.startsWith("site rooms") ? "plan.rooms" : "plan.people", { count: children });
  }

  /** Whether it is proved that it cannot be, or only holds in this plan. @param {boolean} proved @param {"open" | "late"} kind */
  known(proved, kind) {
    return t(`open.${proved ? "proved" : "unproved"}-${kind}`);
  }

  /** Why work is left open: what is proved in the reader's language. @param {any} entry */
  whyOpen(entry) {
    return this.plainly(entry.because?.length ? ruledOut(entry, "open") : entry.reason);
  }

  /** Why a task is late. @param {{ cause: string, proof: any }} late */
  whyLate({ cause, proof }) {
    return this.plainly(proof?.because?.length ? ruledOut(proof, "late") : cause);
  }

  /** A sentence of the service with names instead of ids, and moments as the reader writes them. @param {string} text */
  plainly(text) {
    const names = (this.names ??= namesById(this.model));
    const said = text.replace(TOKEN, (token) => {
      if (MOMENT.test(token)) return this.moment(this.model.minute(token));
      if (DAY_ALONE.test(token)) return written(token, "weekday");
      return names.get(token) ?? token;
    });
    return said.charAt(0).toUpperCase() + said.slice(1);
  }

  /** @param {number} person */
  #skills(person) {
    const { people, skills, vendors } = this.model;
    const vendor = people.vendor[person] < 0 ? "" : named(vendors, people.vendor[person]);
    /** @type {[number, number][]} */
    const has = people.skills[person];
    const names = has.map(([skill, level]) => `${named(skills, skill)} ${level}`);
    return [vendor, ...names].filter(Boolean).join(" · ");
  }

  /** @param {number} project */
  #goLives(project) {
    const { waves } = this.model;
    return waves.id
      .flatMap((_, it) =>
        waves.project[it] === project
          ? [`${named(waves, it)} ${this.day(waves.go_live[it] * DAY)}`]
          : [],
      )
      .join(" · ");
  }

  /** @param {number} task */
  #due(task) {
    const due = this.model.tasks.due[task];
    return due < 0 ? "" : t("plan.due", { day: this.day(due - 1) });
  }

  /** @param {Row} row */
  #department({ at, steps, limit }) {
    const most = steps?.most ?? 0;
    const staff = t("plan.staff", { count: this.model.departments[at].headcount });
    if (limit === null) return `${staff} · ${t("plan.most-in-class", { most })}`;
    return `${staff} · ${t("plan.most-in-class-of", { most, limit })}`;
  }
}

/** @param {Model} model @param {number} at */
export function departmentName(model, at) {
  const { id, name } = model.departments[at];
  return name || id;
}

/** @template K @param {Map<K, string>} found @param {K} key @param {() => string} make */
function kept(found, key, make) {
  let text = found.get(key);
  if (text === undefined) found.set(key, (text = make()));
  return text;
}

const TOKEN = /[\p{L}\p{N}](?:[\p{L}\p{N}._:-]*[\p{L}\p{N}])?/gu;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/;
const DAY_ALONE = /^\d{4}-\d\d-\d\d$/;

/** Names of all that has one. @param {Model} model @returns {Map<string, string>} */
function namesById(model) {
  const { people, tasks, courses, rooms, audiences, supports, waves, skills, vendors } = model;
  const found = new Map();
  for (const of of [skills, vendors, waves, supports, audiences, rooms, courses, tasks, people]) {
    of.id.forEach((id, at) => of.name[at] && found.set(id, of.name[at]));
  }
  for (const { id, name } of model.departments) if (name) found.set(id, name);
  return found;
}

/** @param {string} moment */
function weekday(moment) {
  const format = new Intl.DateTimeFormat(spoken(), { weekday: "short", timeZone: "UTC" });
  return format.format(new Date(`${moment}Z`));
}

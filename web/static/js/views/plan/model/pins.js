// @ts-check
/** What a planner has settled by hand since the plan was made, before it is solved again. */

/** @typedef {import("./model.js").Model} Model */
/** What is settled of a task: when it starts, and who is in its crew. @typedef {{ start: number | null, people: number[] }} Pin */
/** A booking drawn where it would be. @typedef {{ row: string, start: number, end: number, piece: number }} Pending */

export class Pins extends EventTarget {
  /** @param {Model} model @param {import("./words.js").Words} words */
  constructor(model, words) {
    super();
    this.model = model;
    this.words = words;
    /** By task. @type {Map<number, Pin>} */
    this.changed = new Map();
    /** Whether all of them are in a scenario that has been kept. */
    this.areKept = false;
  }

  get count() {
    return this.changed.size;
  }

  /** What is settled of a task, now or in the rollout. @param {number} task @returns {Pin} */
  of(task) {
    const changed = this.changed.get(task);
    if (changed) return changed;
    const pin = this.model.pins.get(task);
    return { start: pin && pin.start >= 0 ? pin.start : null, people: [...(pin?.people ?? [])] };
  }

  /**
   * Settle when the task of a piece starts, or that somebody does this part of it.
   * @param {number} piece @param {{ start?: number | null, person?: number | null }} to
   */
  move(piece, { start = null, person = null }) {
    const task = this.model.works[piece];
    const pin = this.of(task);
    const booked = this.model.seats.person[piece];
    this.changed.set(task, {
      start: start ?? pin.start,
      people:
        person === null
          ? pin.people
          : [...pin.people.filter((it) => it !== booked && it !== person), person],
    });
    this.#tell();
  }

  /** Settle a task as it is planned. @param {number} task */
  hold(task) {
    const crew = this.model.crew(task);
    const start = Math.min(...crew.map((it) => this.model.starts[it]));
    this.changed.set(task, { start, people: crew.map((it) => this.model.seats.person[it]) });
    this.#tell();
  }

  /** Nothing of a task is settled any more. @param {number} task */
  release(task) {
    this.changed.set(task, { start: null, people: [] });
    this.#tell();
  }

  /** As if a task had not been touched. @param {number} task */
  forget(task) {
    this.changed.delete(task);
    this.#tell();
  }

  discard() {
    this.changed.clear();
    this.#tell();
  }

  /** As edits of a scenario. */
  edits() {
    const { model } = this;
    return [...this.changed].map(([task, { start, people }]) => ({
      edit: "pin",
      task: String(model.tasks.id[task]),
      ...(start === null ? {} : { start: model.moment(start) }),
      ...(people.length === 0 ? {} : { people: people.map((it) => String(model.people.id[it])) }),
    }));
  }

  /** Where the bookings of changed tasks would be, by row. @returns {Map<string, Pending[]>} */
  pending() {
    const { model } = this;
    /** @type {Map<string, Pending[]>} */
    const found = new Map();
    for (const [task, pin] of this.changed) {
      const crew = model.crew(task);
      if (crew.length === 0) continue;
      const begins = Math.min(...crew.map((it) => model.starts[it]));
      const shift = pin.start === null ? 0 : pin.start - begins;
      const others = pin.people.filter((it) => !crew.some((seat) => model.seats.person[seat] === it));
      const left = crew.filter((it) => !pin.people.includes(model.seats.person[it]));
      crew.forEach((piece) => {
        const person = left.includes(piece) && others.length > 0 ? others.shift() : model.seats.person[piece];
        const [start, end] = [model.starts[piece] + shift, model.ends[piece] + shift];
        for (const row of [`person ${model.people.id[person]}`, `task ${model.tasks.id[task]}`]) {
          found.set(row, [...(found.get(row) ?? []), { row, start, end, piece }]);
        }
      });
    }
    return found;
  }

  #tell() {
    this.areKept = false;
    this.dispatchEvent(new Event("change"));
  }
}

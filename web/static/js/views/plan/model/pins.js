// @ts-check
/** What a planner has pinned by hand since the plan was made, before it is solved again; all of it can be undone. */

/** @typedef {import("./model.js").Model} Model */
/**
 * What is pinned of a task: when it starts, and who is in its crew. `crew` is everybody on it then, in the
 * order of its pieces: those who are pinned and those who are as planned. `breaks` is how many rules it
 * breaks as all else is booked.
 * @typedef {{ start: number | null, people: number[], crew: number[], breaks?: number }} Pin
 */
/** Where a piece is put, and how many rules that breaks. @typedef {{ start?: number | null, person?: number | null, breaks?: number }} To */
/** A booking drawn where it would be. @typedef {{ row: string, start: number, end: number, piece: number }} Pending */
/** A move as the service is asked about it. @typedef {{ task: string, start?: string, crew: string[] }} Move */

export class Pins extends EventTarget {
  /** @param {Model} model @param {import("./labels.js").Words} words */
  constructor(model, words) {
    super();
    this.model = model;
    this.words = words;
    /** By task. @type {Map<number, Pin>} */
    this.changed = new Map();
    /** What they were before each step, and after those that were undone. @type {Map<number, Pin>[]} */
    this.before = [];
    /** @type {Map<number, Pin>[]} */
    this.after = [];
    /** Whether all of them are in a scenario that has been kept. */
    this.areKept = false;
  }

  get count() {
    return this.changed.size;
  }

  /** What is pinned of a task, now or in the rollout. @param {number} task @returns {Pin} */
  of(task) {
    const changed = this.changed.get(task);
    if (changed) return changed;
    const pin = this.model.pins.get(task);
    return {
      start: pin && pin.start >= 0 ? pin.start : null,
      people: [...(pin?.people ?? [])],
      crew: this.model.crew(task).map((it) => this.model.seats.person[it]),
    };
  }

  /** What a task would be pinned at if a piece of it were put elsewhere. @param {number} piece @param {To} to @returns {Pin} */
  moved(piece, { start = null, person = null, breaks = 0 }) {
    const task = this.model.works[piece];
    const pin = this.of(task);
    if (person === null) return { ...pin, start: start ?? pin.start, breaks };
    const seat = piece - this.model.firstSeat[task];
    const booked = pin.crew[seat];
    return {
      start: start ?? pin.start,
      people: [...pin.people.filter((it) => it !== booked && it !== person), person],
      crew: pin.crew.with(seat, person),
      breaks,
    };
  }

  /** Settle when the task of a piece starts, or that somebody does this part of it. @param {number} piece @param {To} to */
  move(piece, to) {
    const task = this.model.works[piece];
    this.#step((changed) => changed.set(task, this.moved(piece, to)));
  }

  /** Settle a task as it is planned. @param {number} task */
  hold(task) {
    const pieces = this.model.crew(task);
    const start = Math.min(...pieces.map((it) => this.model.starts[it]));
    const crew = pieces.map((it) => this.model.seats.person[it]);
    this.#step((changed) => changed.set(task, { start, people: crew, crew }));
  }

  /** Nothing of a task is pinned any more. @param {number} task */
  release(task) {
    const crew = this.model.crew(task).map((it) => this.model.seats.person[it]);
    this.#step((changed) => changed.set(task, { start: null, people: [], crew }));
  }

  /** As if a task had not been touched. @param {number} task */
  forget(task) {
    this.#step((changed) => changed.delete(task));
  }

  discard() {
    this.#step((changed) => changed.clear());
  }

  undo() {
    const before = this.before.pop();
    if (!before) return;
    this.after.push(this.changed);
    this.#become(before);
  }

  redo() {
    const after = this.after.pop();
    if (!after) return;
    this.before.push(this.changed);
    this.#become(after);
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

  /** As moves, in the order in which they were made, without that of one task. @param {number} [but] @returns {Move[]} */
  moves(but = -1) {
    return [...this.changed].flatMap(([task, pin]) => (task === but ? [] : [this.moveOf(task, pin)]));
  }

  /** @param {number} task @param {Pin} pin @returns {Move} */
  moveOf(task, { start, crew }) {
    const { model } = this;
    return {
      task: String(model.tasks.id[task]),
      ...(start === null ? {} : { start: model.moment(start) }),
      crew: crew.map((it) => String(model.people.id[it])),
    };
  }

  /** Where the bookings of changed tasks would be, by row. @returns {Map<string, Pending[]>} */
  pending() {
    const { model } = this;
    /** @type {Map<string, Pending[]>} */
    const found = new Map();
    for (const [task, pin] of this.changed) {
      const pieces = model.crew(task);
      if (pieces.length === 0) continue;
      const begins = Math.min(...pieces.map((it) => model.starts[it]));
      const shift = pin.start === null ? 0 : pin.start - begins;
      pieces.forEach((piece, seat) => {
        const [start, end] = [model.starts[piece] + shift, model.ends[piece] + shift];
        for (const row of [`person ${model.people.id[pin.crew[seat]]}`, `task ${model.tasks.id[task]}`]) {
          found.set(row, [...(found.get(row) ?? []), { row, start, end, piece }]);
        }
      });
    }
    return found;
  }

  /** @param {(changed: Map<number, Pin>) => void} act */
  #step(act) {
    const changed = new Map(this.changed);
    act(changed);
    this.before.push(this.changed);
    this.after = [];
    this.#become(changed);
  }

  /** @param {Map<number, Pin>} changed */
  #become(changed) {
    this.changed = changed;
    this.areKept = false;
    this.dispatchEvent(new Event("change"));
  }
}

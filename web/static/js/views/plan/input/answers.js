// @ts-check
/** What the service says of a booking while it is taken along: who could from when, what each place costs and breaks. */

import { post } from "../../../api.js";
import { debounced } from "../../../dom.js";
import { messageOf } from "../../../parts/empty.js";

/** @typedef {import("./moving.js").Held} Held */
/** @typedef {"skill" | "time" | "work" | "frozen"} Obstacle */
/** From when somebody could; outside of the stretches of starts a rule is broken. @typedef {{ person: string, obstacle: Obstacle | null, starts: [number, number][] }} Possible */
/**
 * What is known of a place, the latest word of the service.
 * @typedef {object} Answer
 * @property {"where-it-was" | "asking" | "fits" | "breaks" | "failed"} state
 * @property {Obstacle | "then" | null} [obstacle] Known at once: it cannot be, and why; `then` for this start alone.
 * @property {number | null} [difference] In the total; null where prices cannot tell.
 * @property {{ rule: string, message: string }[]} [breaks]
 * @property {string} [message] Why the service could not say.
 */

const RESTS = 150;
/** Milliseconds that a booking is held still before its place is asked about. */

/** Tells `possible` when it is known who could, and `answer` {answer} whenever more is known of where it is held. */
export class Answers extends EventTarget {
  /** @param {import("../model/model.js").Model} model @param {import("../model/pins.js").Pins} pins @param {string} plan */
  constructor(model, pins, plan) {
    super();
    this.model = model;
    this.pins = pins;
    this.plan = plan;
    /** By person. @type {Map<number, Possible>} */
    this.possible = new Map();
    /** By where it was held. @type {Map<string, Promise<Answer>>} */
    this.known = new Map();
    this.asking = new AbortController();
    this.latest = "";
    this.askSoon = debounced(RESTS, (/** @type {Held} */ held) => void this.#answer(held));
  }

  /** A booking has been taken up. @param {number} piece */
  async begin(piece) {
    this.end();
    const { model, pins } = this;
    const { signal } = this.asking;
    const task = model.works[piece];
    const body = {
      task: String(model.tasks.id[task]),
      seat: piece - model.firstSeat[task],
      moves: pins.moves(task),
    };
    const path = `v1/plans/${this.plan}/moves/possible`;
    /** @type {Possible[]} */
    const found = await post(path, body, { signal }).catch(() => []);
    if (signal.aborted) return;
    const at = new Map(model.people.id.map((id, number) => [id, number]));
    this.possible = new Map(found.map((it) => [at.get(it.person) ?? -1, it]));
    this.dispatchEvent(new Event("possible"));
  }

  /** It is held somewhere. @param {Held} held */
  hold(held) {
    this.latest = keyOf(held);
    if (held.start === null && held.person === null) this.#tell({ state: "where-it-was" });
    else {
      this.#tell({ state: "asking", obstacle: this.#obstacle(held) });
      this.askSoon(held);
    }
  }

  /** What the service says of a place, asked once. @param {Held} held @returns {Promise<Answer>} */
  of(held) {
    const key = keyOf(held);
    const known = this.known.get(key);
    if (known) return known;
    const asked = this.#ask(held);
    this.known.set(key, asked);
    return asked;
  }

  /** Nothing is held any more. */
  end() {
    this.asking.abort();
    this.asking = new AbortController();
    this.known.clear();
    this.possible = new Map();
    this.latest = "";
  }

  /** @param {Held} held */
  async #answer(held) {
    const key = keyOf(held);
    if (key !== this.latest) return;
    const answer = await this.of(held);
    if (key === this.latest) this.#tell(answer);
  }

  /** @param {Held} held @returns {Promise<Answer>} */
  async #ask(held) {
    const { pins } = this;
    const task = this.model.works[held.piece];
    const move = pins.moveOf(task, pins.moved(held.piece, held));
    try {
      const { difference, breaks } = await post(
        `v1/plans/${this.plan}/moves`,
        { moves: [...pins.moves(task), move] },
        { signal: this.asking.signal },
      );
      return { state: breaks.length > 0 ? "breaks" : "fits", difference, breaks };
    } catch (error) {
      return { state: "failed", message: messageOf(error) };
    }
  }

  /** What is known at once to be in the way. @param {Held} held @returns {Answer["obstacle"]} */
  #obstacle({ piece, start, person }) {
    const { model, pins } = this;
    const pin = pins.of(model.works[piece]);
    const who = person ?? pin.crew[piece - model.firstSeat[model.works[piece]]];
    const found = this.possible.get(who);
    if (!found) return null;
    if (found.obstacle) return found.obstacle;
    const at = start ?? pin.start ?? model.starts[piece];
    return found.starts.some(([first, last]) => first <= at && at <= last) ? null : "then";
  }

  /** @param {Answer} answer */
  #tell(answer) {
    this.dispatchEvent(new CustomEvent("answer", { detail: answer }));
  }
}

/** @param {Held} held */
const keyOf = ({ piece, start, person }) => `${piece} ${start} ${person}`;

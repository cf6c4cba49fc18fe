// @ts-check
/** The plan as a timeline: rows by person, project, department or room, and a panel beside it. */

import { get } from "../../api.js";
import { fill, h } from "../../dom.js";
import { t } from "../../i18n.js";
import { shortcut } from "../../keys.js";
import { openDialog } from "../../parts/dialog.js";
import { empty } from "../../parts/empty.js";
import { guard } from "../../router.js";
import { may } from "../../session.js";
import { changesBar } from "./panel/solve_again.js";
import { Axis, UNFOLDED, foldOf } from "./model/axis.js";
import { hues, legend, printedLegend, usualColours } from "./chart/legend.js";
import { heading } from "./heading.js";
import { LATE, Model, OPEN, PINNED } from "./model/model.js";
import { Panel } from "./panel/panel.js";
import { Pins } from "./model/pins.js";
import { byDepartment } from "./rows/departments.js";
import { byPerson } from "./rows/people.js";
import { byProject } from "./rows/projects.js";
import { byRoom } from "./rows/rooms.js";
import { Answers } from "./input/answers.js";
import { MoveBar } from "./input/move_bar.js";
import { Search } from "./input/search.js";
import { Timeline } from "./chart/timeline.js";
import { tools } from "./input/tools.js";
import { Words } from "./model/labels.js";

/** @typedef {keyof typeof ROWS} By */

const ROWS = { person: byPerson, project: byProject, department: byDepartment, room: byRoom };

const NARROW = "(max-width: 899px)";

const OPEN_SHOWN = 6;
/** More open work than that is one row at first, so that people are in sight. */

/** @type {import("../../router.js").Show} */
export async function show(place, _params, context) {
  const { plan, query, signal } = context;
  const timeline = get(`v1/plans/${plan.id}/timeline`, { signal });
  context.title(t("plan.title"));
  const model = new Model(await timeline);
  if (model.count === 0) {
    place.append(empty({ title: t("plan.nothing"), text: t("plan.nothing-text"), icon: "plan" }));
    return;
  }
  const view = new PlanView(model, context);
  fill(place, view.elements());
  view.start(query);
}

class PlanView {
  /** @param {Model} model @param {import("../../router.js").Context} context */
  constructor(model, context) {
    const { plan, query, rollout, signal } = context;
    this.model = model;
    this.context = context;
    this.words = new Words(model);
    this.search = new Search(model);
    this.pins = new Pins(model, this.words);
    /** @type {By} */
    this.by = isBy(query.get("by")) ?? "person";
    this.query = query.get("find") ?? "";
    /** @type {Set<import("./input/search.js").State>} */
    this.states = new Set(
      /** @type {import("./input/search.js").State[]} */ (query.get("only")?.split(" ").filter(Boolean) ?? []),
    );
    /** The skill whose people alone are shown; -1 for none. */
    this.skill = model.skills.id.indexOf(query.get("skill"));
    this.colours = usualColours(model);
    this.folded = this.#axis(true);
    const mayTry = may("try");
    this.stage = h("div", { class: "plan-stage" });
    this.timeline = new Timeline(
      this.stage,
      {
        model,
        words: this.words,
        axis: this.folded,
        hue: hues(model, this.colours),
        pending: new Map(),
        possible: new Map(),
      },
      { label: t("plan.timeline-of", { name: model.name }), movable: mayTry, signal },
    );
    this.panel = new Panel(
      {
        model,
        words: this.words,
        pins: this.pins,
        plan: plan.id,
        mayTry,
        reveal: (by, piece, row) => this.reveal(by, piece, row),
        lift: (it) => this.lift(it),
        put: (piece, person) => {
          this.timeline.moving.drop(false);
          void this.#put({ piece, start: null, person });
        },
        signal,
      },
      (place) => this.timeline.pick(place),
      () => this.#back(),
    );
    this.timeline.element.dataset.empty = t("plan.nothing-found");
    this.stage.append(this.panel.element);
    this.answers = new Answers(model, this.pins, plan.id);
    this.moveBar = new MoveBar(this.timeline, this.words);
    this.changes = changesBar({ rollout, plan, pins: this.pins, signal });
    this.tools = this.#tools();
    this.said = h("p", { class: "hidden-text", role: "status" });
    this.printed = h("section", { class: "plan-printed-legend", "aria-hidden": "true" });
    addEventListener("beforeprint", () => fill(this.printed, printedLegend(model, this.colours)), { signal });
    this.#listen(signal);
  }

  elements() {
    return [
      heading(this.model, this.context),
      this.tools.element,
      this.said,
      this.stage,
      this.moveBar.element,
      this.changes,
      this.printed,
    ];
  }

  /** Show the rows, at the place that an address names. @param {URLSearchParams} query */
  start(query) {
    if (this.model.open.length > OPEN_SHOWN) this.timeline.closed.add("open");
    this.#rows();
    this.timeline.start();
    const piece = this.#pieceOf(query);
    if (piece >= 0) this.reveal(this.by, piece, query.get("row") ?? undefined);
    else {
      const day = query.get("day");
      const row = query.get("row");
      if (row && this.timeline.layout.places.has(row)) this.timeline.focus({ row, piece: -1 });
      if (day) this.timeline.near(this.model.minute(`${day}T00:00`));
    }
    performance.mark("plan-shown");
  }

  /** Bring a piece into sight, in rows of another kind where it is there. @param {By} by @param {number} piece @param {string} [row] */
  reveal(by, piece, row) {
    if (by !== this.by || !this.timeline.reveal(piece, row)) {
      this.#by(by);
      if (!this.timeline.reveal(piece, row)) {
        this.#find("", new Set());
        this.timeline.reveal(piece, row) || this.timeline.reveal(piece);
      }
    }
    if (this.timeline.place?.piece === piece) this.panel.piece(this.timeline.place);
  }

  /** Take a booking up by keyboard or finger. @param {import("./chart/timeline.js").Place} place */
  lift(place) {
    // On a phone the panel lies over the rows that it could be put into.
    if (matchMedia(NARROW).matches) this.panel.close();
    this.timeline.focus(place);
    this.timeline.moving.lift(place);
  }

  /** Pin a booking elsewhere; what breaks rules is pinned only after it was said which. @param {import("./input/moving.js").Held} held */
  async #put(held) {
    const { answers, moveBar, pins, timeline, words } = this;
    moveBar.hold(held);
    moveBar.answer({ state: "asking" });
    const answer = await answers.of(held);
    const breaks = answer.breaks ?? [];
    const isMeant = answer.state === "fits" || (await asked(answer, words));
    this.#putBack();
    if (isMeant) pins.move(held.piece, { ...held, start: this.#taskStart(held), breaks: breaks.length });
    timeline.live.textContent = t(isMeant ? "moves.pinned" : "plan.move-given-up");
    if (document.activeElement === document.body) timeline.takeFocus();
  }

  /** Nothing is held any more. */
  #putBack() {
    this.answers.end();
    this.moveBar.hide();
    this.timeline.redraw({ possible: new Map() });
  }

  #tools() {
    const counts = { late: this.model.late.size, open: this.model.open.length, pinned: 0 };
    const pinned = new Set();
    for (let it = 0; it < this.model.first[1]; it++) {
      if (this.model.flags[it] & PINNED) pinned.add(this.model.works[it]);
    }
    counts.pinned = pinned.size;
    return tools(
      { by: this.by, query: this.query, states: this.states, counts },
      {
        rows: (by) => this.#by(by),
        find: (text) => text !== this.query && this.#find(text, this.states),
        enter: () => this.#enter(),
        states: (states) => this.#find(this.query, states),
        zoom: (factor) => this.timeline.zoom(factor),
        fit: () => this.timeline.fit(),
        fold: (folded) => this.timeline.redraw({ axis: this.#axis(folded) }),
        legend: (place) => this.#legend(place),
      },
    );
  }

  /** @param {HTMLElement} place */
  #legend(place) {
    fill(
      place,
      legend(this.model, this.colours, (by) => {
        this.colours = by;
        this.timeline.redraw({ hue: hues(this.model, by) });
        this.#legend(place);
        place.querySelector("select")?.focus();
      }),
    );
  }

  /** @param {AbortSignal} signal */
  #listen(signal) {
    const { answers, moveBar, timeline, panel, pins } = this;
    timeline.addEventListener("pick", (event) => {
      panel.piece(/** @type {CustomEvent} */ (event).detail);
    });
    timeline.addEventListener("pick-row", (event) => {
      const { row } = /** @type {CustomEvent} */ (event).detail;
      panel.row(timeline.rowOf(row), { row, piece: -1 });
    });
    timeline.addEventListener("lift", (event) => {
      void answers.begin(/** @type {CustomEvent} */ (event).detail.piece);
    });
    timeline.addEventListener("hold", (event) => {
      const held = /** @type {CustomEvent} */ (event).detail;
      moveBar.hold(held);
      answers.hold(held);
    });
    timeline.addEventListener("put-back", () => this.#putBack());
    timeline.addEventListener("move", (event) => void this.#put(/** @type {CustomEvent} */ (event).detail));
    answers.addEventListener("possible", () => timeline.redraw({ possible: answers.possible }));
    answers.addEventListener("answer", (event) => moveBar.answer(/** @type {CustomEvent} */ (event).detail));
    pins.addEventListener("change", () => {
      const { place } = timeline;
      timeline.redraw({ pending: pins.pending() });
      if (!panel.element.hidden && place && place.piece >= 0) panel.piece(place);
      if (document.activeElement === document.body) timeline.takeFocus();
    });
    guard(() => pins.count === 0 || pins.areKept || confirm(t("plan.leave")), signal);
    shortcut("/", () => t("plan.find"), () => this.tools.find.focus(), signal);
    shortcut("m", () => t("plan.keys-move"), () => timeline.place && this.lift(timeline.place), signal);
    shortcut("+", () => t("plan.zoom-in"), () => timeline.zoom(1.6), signal);
    shortcut("-", () => t("plan.zoom-out"), () => timeline.zoom(1 / 1.6), signal);
    shortcut("0", () => t("plan.fit-title"), () => timeline.fit(), signal);
    shortcut("n", () => t("plan.keys-next"), () => this.#next(1), signal);
    shortcut("p", () => t("plan.keys-before"), () => this.#next(-1), signal);
    shortcut("Ctrl+Z", () => t("moves.undo"), () => pins.undo(), signal);
    shortcut("Ctrl+Shift+Z", () => t("moves.redo"), () => pins.redo(), signal);
    shortcut("Ctrl+Y", () => t("moves.redo"), () => pins.redo(), signal);
    shortcut(
      "Escape",
      () => t("plan.close"),
      () => (timeline.moving.lifted ? timeline.moving.drop(false) : panel.close()),
      signal,
    );
  }

  /** When the whole task would start if this part of it did. @param {import("./input/moving.js").Held} held */
  #taskStart({ piece, start }) {
    if (start === null) return null;
    const crew = this.model.crew(this.model.works[piece]);
    return Math.min(...crew.map((it) => this.model.starts[it])) + start - this.model.starts[piece];
  }

  /** @param {boolean} folded */
  #axis(folded) {
    const { model } = this;
    const booked = model.starts.subarray(0, model.booked);
    const fold = folded
      ? foldOf(booked, model.ends.subarray(0, model.booked), model.start)
      : UNFOLDED;
    return new Axis(model.start, model.days, fold);
  }

  /** @param {By} by */
  #by(by) {
    if (by === this.by) return;
    this.by = by;
    for (const it of this.tools.rows.querySelectorAll("input")) it.checked = it.value === by;
    this.context.setQuery({ by });
    this.#rows();
  }

  /** @param {string} query @param {Set<import("./input/search.js").State>} states */
  #find(query, states) {
    this.query = query;
    this.states = states;
    this.context.setQuery({ find: query, only: [...states].join(" ") });
    this.#rows();
  }

  #rows() {
    const kept = this.search.pieces(this.query, this.states);
    const rows = ROWS[this.by](this.model, kept);
    this.timeline.show(this.skill < 0 ? rows : withSkill(this.model, rows, this.skill));
    this.said.textContent = kept ? t("plan.found", { count: kept.reduce((a, b) => a + b, 0) }) : "";
    this.timeline.element.classList.toggle("is-empty", this.timeline.rows.length === 0);
  }

  /** Go to the first piece that was found. */
  #enter() {
    const row = this.timeline.rows.find((it) => it.pieces.length > 0);
    if (row) this.timeline.reveal(row.pieces[0], row.key);
  }

  /** Go to the next or previous piece that is late or open. @param {1 | -1} way */
  #next(way) {
    const { model, timeline } = this;
    const places = timeline.rows.flatMap((row) =>
      Array.from(row.pieces).flatMap((piece) =>
        model.flags[piece] & LATE || model.kind(piece) === OPEN ? [{ row: row.key, piece }] : [],
      ),
    );
    if (places.length === 0) return;
    const at = places.findIndex(
      (it) => it.row === timeline.place?.row && it.piece === timeline.place.piece,
    );
    const next = places[(at < 0 && way < 0 ? 0 : at + way + places.length) % places.length];
    this.reveal(this.by, next.piece, next.row);
  }

  /** The piece that an address names by its work. @param {URLSearchParams} query */
  #pieceOf(query) {
    const { model } = this;
    const task = model.tasks.id.indexOf(query.get("task"));
    if (task >= 0) return model.crew(task)[0] ?? -1;
    const session = model.sessions.id.indexOf(query.get("class"));
    if (session >= 0) return model.first[1] + session;
    const open = query.get("open");
    return open === null || !model.open[Number(open)] ? -1 : model.booked + Number(open);
  }

  /** Give the focus back when the panel closes. */
  #back() {
    this.timeline.pick(null);
    if (this.timeline.place) this.timeline.elementOf(this.timeline.place)?.focus();
  }
}

/** Ask whether a booking shall be pinned where it breaks rules, or where nothing could be found out. @param {import("./input/answers.js").Answer} answer @param {Words} words */
function asked({ state, breaks = [], message = "" }, words) {
  return openDialog({
    title: t(state === "failed" ? "moves.unknown" : "moves.breaks", { count: breaks.length }),
    body: [
      state === "failed"
        ? h("p", null, message)
        : h("ul", { class: "bullets" }, breaks.map((it) => h("li", null, words.plainly(it.message)))),
      h("p", { class: "soft" }, t("moves.breaks-text")),
    ],
    choices: [{ text: t("moves.anyway"), kind: "danger" }],
  });
}

/** Those rows of people that have a skill. @param {Model} model @param {import("./rows/row.js").Row[]} rows @param {number} skill */
function withSkill(model, rows, skill) {
  return rows.filter(
    ({ about, at }) =>
      about !== "person" || model.people.skills[at].some((/** @type {number[]} */ [it]) => it === skill),
  );
}

/** @param {string | null} text @returns {By | undefined} */
function isBy(text) {
  return text !== null && text in ROWS ? /** @type {By} */ (text) : undefined;
}

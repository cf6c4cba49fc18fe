// @ts-check
/** Finding pieces of a plan by the names of all that they are about, and by their state. */

import { CLASS, FROZEN, LATE, OPEN, PINNED, SHIFT, TASK } from "../model/model.js";

/** @typedef {import("../model/model.js").Model} Model */
/** @typedef {"late" | "open" | "pinned" | "frozen"} State */

/** Without case and accents, so that "garcia" finds García. @param {string} text */
export function plain(text) {
  return text.normalize("NFD").replace(/\p{M}+/gu, "").toLowerCase();
}

export class Search {
  /** @param {Model} model */
  constructor(model) {
    this.model = model;
    /** @type {Map<string, string[]>} */
    this.names = new Map();
  }

  /**
   * Which pieces fit: each word is in a name of something that the piece is about, and the piece is in
   * one of the states; null where everything does.
   * @param {string} query @param {ReadonlySet<State>} [states]
   * @returns {Uint8Array | null}
   */
  pieces(query, states = new Set()) {
    const words = plain(query).split(/\s+/).filter(Boolean);
    if (words.length === 0 && states.size === 0) return null;
    const kept = new Uint8Array(this.model.count).fill(1);
    if (states.size > 0) {
      for (let it = 0; it < kept.length; it++) kept[it] = Number(this.#isIn(it, states));
    }
    for (const word of words) this.#keep(kept, word);
    return kept;
  }

  /** @param {number} piece @param {ReadonlySet<State>} states */
  #isIn(piece, states) {
    const { flags } = this.model;
    return (
      (states.has("late") && (flags[piece] & LATE) > 0) ||
      (states.has("open") && this.model.kind(piece) === OPEN) ||
      (states.has("pinned") && (flags[piece] & PINNED) > 0) ||
      (states.has("frozen") && (flags[piece] & FROZEN) > 0)
    );
  }

  /** Drop the pieces that have nothing to do with a word. @param {Uint8Array} kept @param {string} word */
  #keep(kept, word) {
    const { model } = this;
    const has = this.#having(word);
    /** @param {number} project */
    const inProject = (project) => project >= 0 && has.projects[project];
    for (let it = 0; it < kept.length; it++) {
      if (!kept[it]) continue;
      const work = model.works[it];
      const kind = model.kind(it);
      const named =
        model.skillsOf(it).some((skill) => has.skills[skill]) ||
        (kind === TASK && has.tasks[work]) ||
        (kind === CLASS && has.courses[work]) ||
        (kind === SHIFT && has.supports[work]) ||
        (kind === OPEN && this.#openHas(it, word));
      kept[it] = Number(
        named ||
          model.staff(it).some((person) => has.people[person]) ||
          has.rooms[model.room(it)] ||
          inProject(model.project(it)) ||
          model.departmentsOf(it).some((department) => has.departments[department]) ||
          model
            .groups(it)
            .some(
              ([audience, , members = []]) =>
                has.audiences[audience] || members.some((person) => has.people[person]),
            ),
      );
    }
  }

  /** @param {number} piece @param {string} word */
  #openHas(piece, word) {
    const entry = this.model.openEntry(piece);
    return plain(`${this.model.title(piece)} ${entry.id} ${entry.reason}`).includes(word);
  }

  /** @param {string} word */
  #having(word) {
    const { model } = this;
    /** @param {string} key @param {import("../model/model.js").Columns} columns */
    const having = (key, columns) => {
      let names = this.names.get(key);
      if (!names) {
        names = columns.id.map((id, at) => plain(`${columns.name[at]} ${id}`));
        this.names.set(key, names);
      }
      return names.map((name) => name.includes(word));
    };
    const departments = {
      id: model.departments.map((it) => it.id),
      name: model.departments.map((it) => it.name),
    };
    return {
      skills: having("skills", model.skills),
      tasks: having("tasks", model.tasks),
      courses: having("courses", model.courses),
      supports: having("supports", model.supports),
      people: having("people", model.people),
      rooms: having("rooms", model.rooms),
      projects: having("projects", model.projects),
      audiences: having("audiences", model.audiences),
      departments: having("departments", departments),
    };
  }
}

// @ts-check
/** A table to edit, however long: only the rows in sight are drawn; arrows move, typing edits. */

import { fill, h } from "../../dom.js";
import { t } from "../../i18n.js";
import { icon } from "../../parts/icons.js";
import { control, read, shown, typed } from "./cells.js";
import { copied, isTable, pasted } from "./clipboard.js";
import { valueOf } from "./tables.js";

/** @typedef {import("./tables.js").Row} Row */
/** @typedef {import("./tables.js").Column} Column */
/** @typedef {Map<string, Map<string | null, {kind: "fault" | "warning", text: string}>>} Marks by row and column */

const HEIGHT = 34;
const MARGIN = 8;

/** Keys of rows: where their entries are. */
export const keyOf = (/** @type {Row} */ row) => row.path.join("/");

export class Grid {
  /**
   * @param {object} wanted
   * @param {string} wanted.label
   * @param {Column[]} wanted.columns
   * @param {boolean} wanted.editable
   * @param {import("./cells.js").NameOf} wanted.nameOf
   * @param {(list: string) => {id: string, name: string}[]} wanted.entriesOf
   * @param {(row: Row, column: Column, value: any, typing: string) => void} wanted.change
   * @param {(pasted: import("./clipboard.js").Pasted) => void} wanted.paste
   * @param {(row: Row, id: string) => void} wanted.rename gives an entry another id, with all that refers to it
   * @param {(row: Row, column: Column) => void} wanted.open opens what is edited in a dialog
   * @param {() => void} wanted.picked
   */
  constructor(wanted) {
    this.wanted = wanted;
    /** @type {Row[]} */
    this.rows = [];
    /** @type {Marks} */
    this.marks = new Map();
    this.row = 0;
    this.column = 0;
    /** @type {{element: HTMLElement, control: HTMLInputElement | HTMLSelectElement, before: any, name: string} | null} */
    this.editing = null;
    this.edits = 0;
    this.body = h("div", { class: "grid-body", role: "rowgroup" });
    this.element = h(
      "div",
      {
        class: "grid",
        role: "grid",
        "aria-label": wanted.label,
        "aria-colcount": wanted.columns.length + 1,
        "aria-readonly": String(!wanted.editable),
        style: { "--columns": `44px ${wanted.columns.map((it) => `${it.width}px`).join(" ")}` },
      },
      this.#head(),
      this.body,
    );
    this.element.addEventListener("scroll", () => requestAnimationFrame(() => this.#draw()), {
      passive: true,
    });
    this.element.addEventListener("keydown", (event) => this.#pressed(event));
    this.element.addEventListener("mousedown", (event) => this.#clicked(event));
    this.element.addEventListener("dblclick", () => this.#begin());
    this.element.addEventListener("copy", (event) => this.#copied(event));
    this.element.addEventListener("paste", (event) => this.#pasted(event));
    this.element.addEventListener("focusin", (event) => {
      this.element.classList.add("focused");
      const cell = /** @type {HTMLElement} */ (event.target).closest("[data-column]");
      if (!(cell instanceof HTMLElement) || this.editing) return;
      // However the focus came to a cell, keys are about that cell.
      this.row = Number(cell.parentElement?.dataset.row);
      this.column = Number(cell.dataset.column);
    });
    this.element.addEventListener("focusout", (event) => {
      if (!this.element.contains(/** @type {Node | null} */ (event.relatedTarget))) {
        this.element.classList.remove("focused");
      }
    });
    this.observer = new ResizeObserver(() => this.#draw());
    this.observer.observe(this.element);
  }

  /** The row that has the focus. */
  get present() {
    return this.rows[this.row];
  }

  /** @param {Row[]} rows */
  show(rows) {
    this.rows = rows;
    this.row = Math.max(0, Math.min(this.row, rows.length - 1));
    this.element.setAttribute("aria-rowcount", String(rows.length + 1));
    // Without a cell that could have the focus, the grid has it: rows can be pasted into it.
    if (rows.length > 0) this.element.removeAttribute("tabindex");
    else this.element.tabIndex = 0;
    this.body.style.setProperty("height", `${rows.length * HEIGHT}px`);
    if (!this.editing) this.#draw();
  }

  /** @param {Marks} marks */
  mark(marks) {
    this.marks = marks;
    if (!this.editing) this.#draw();
    else this.#complain();
  }

  /**
   * @param {string} key
   * @param {string | null} column
   */
  goTo(key, column) {
    const row = this.rows.findIndex((it) => keyOf(it) === key);
    if (row < 0) return;
    const found = this.wanted.columns.findIndex((it) => it.key === column);
    this.#move(row, Math.max(0, found));
  }

  focus() {
    (this.#cell() ?? this.element).focus();
  }

  stop() {
    this.observer.disconnect();
  }

  #head() {
    return h(
      "div",
      { class: "grid-row grid-head", role: "row", "aria-rowindex": 1 },
      h(
        "div",
        { role: "columnheader", class: "grid-number" },
        h("span", { class: "hidden-text" }, t("data.row")),
      ),
      this.wanted.columns.map((it, at) => {
        const name = t(`data.col-${it.key.replaceAll(".", "-")}`);
        return h(
          "div",
          {
            role: "columnheader",
            "aria-colindex": at + 2,
            class: [it.kind === "number" && "number", at === 0 && "grid-first"],
            title: name,
          },
          h("span", { class: "cut" }, name),
          it.needed && h("span", { class: "needed", title: t("data.needed") }, "*"),
        );
      }),
    );
  }

  #draw() {
    if (this.editing) return;
    const hadFocus = this.element.contains(document.activeElement);
    const top = this.element.scrollTop;
    const first = Math.max(0, Math.floor(top / HEIGHT) - MARGIN);
    const last = Math.min(this.rows.length, Math.ceil((top + this.element.clientHeight) / HEIGHT) + MARGIN);
    const numbers = Array.from({ length: Math.max(0, last - first) }, (_, at) => first + at);
    if (this.row < first || this.row >= last) { if (this.rows[this.row]) numbers.push(this.row); }
    fill(this.body, numbers.map((it) => this.#rowOf(it)));
    if (hadFocus) this.#cell()?.focus({ preventScroll: true });
  }

  /** @param {number} number */
  #rowOf(number) {
    const row = this.rows[number];
    const marks = this.marks.get(keyOf(row));
    const own = marks && [...marks.values()].find((it) => it.kind === "fault");
    return h(
      "div",
      {
        class: ["grid-row", number === this.row && "present"],
        role: "row",
        "aria-rowindex": number + 2,
        dataset: { row: String(number) },
        style: { transform: `translateY(${number * HEIGHT}px)` },
      },
      h(
        "div",
        { role: "rowheader", class: "grid-number" },
        marks
          ? h("span", {
            class: own ? "bad" : "warned",
            title: [...marks.values()].map((it) => it.text).join("\n"),
          }, icon("warning"))
          : number + 1,
      ),
      this.wanted.columns.map((column, at) => {
        const mark = marks?.get(column.key);
        return h(
          "div",
          {
            role: "gridcell",
            "aria-colindex": at + 2,
            class: ["grid-cell", column.kind === "number" && "number", at === 0 && "grid-first", mark?.kind],
            tabindex: number === this.row && at === this.column ? "0" : "-1",
            "aria-invalid": mark?.kind === "fault" ? "true" : null,
            title: mark?.text,
            dataset: { column: String(at) },
          },
          h("span", { class: "cut" }, shown(column, valueOf(row, column), this.wanted.nameOf)),
          mark && h("span", { class: "hidden-text" }, mark.text),
        );
      }),
    );
  }

  /** @returns {HTMLElement | null} */
  #cell() {
    return this.body.querySelector(`[data-row="${this.row}"] [data-column="${this.column}"]`);
  }

  /**
   * @param {number} row
   * @param {number} column
   */
  #move(row, column) {
    this.row = Math.max(0, Math.min(this.rows.length - 1, row));
    this.column = Math.max(0, Math.min(this.wanted.columns.length - 1, column));
    const top = this.row * HEIGHT;
    const sight = this.element.clientHeight - HEIGHT;
    if (top < this.element.scrollTop) this.element.scrollTop = top;
    else if (top + HEIGHT > this.element.scrollTop + sight) this.element.scrollTop = top + HEIGHT - sight;
    this.#draw();
    const cell = this.#cell();
    cell?.focus({ preventScroll: true });
    if (cell) this.#intoSight(cell);
    this.wanted.picked();
  }

  /** @param {HTMLElement} cell */
  #intoSight(cell) {
    if (this.column === 0) return;
    const held = 44 + (this.wanted.columns[0].width ?? 0);
    const left = cell.offsetLeft;
    const right = left + cell.offsetWidth;
    if (left < this.element.scrollLeft + held) this.element.scrollLeft = left - held;
    else if (right > this.element.scrollLeft + this.element.clientWidth) {
      this.element.scrollLeft = right - this.element.clientWidth;
    }
  }

  /** @param {ClipboardEvent} event */
  #copied(event) {
    if (this.editing || !this.present) return;
    event.preventDefault();
    const value = valueOf(this.present, this.wanted.columns[this.column]);
    event.clipboardData?.setData("text/plain", copied(this.wanted.columns[this.column], value));
  }

  /** @param {ClipboardEvent} event */
  #pasted(event) {
    const text = event.clipboardData?.getData("text/plain");
    if (!this.wanted.editable || !text || (this.editing && !isTable(text))) return;
    event.preventDefault();
    this.#end(false);
    const [rows, columns] = [this.rows.slice(this.row), this.wanted.columns.slice(this.column)];
    this.wanted.paste(pasted(text, rows, columns, this.wanted.entriesOf));
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const cell = /** @type {HTMLElement} */ (event.target).closest("[data-column]");
    if (!(cell instanceof HTMLElement) || this.editing?.element === cell) return;
    event.preventDefault();
    this.#end(true);
    const row = Number(cell.parentElement?.dataset.row);
    const column = Number(cell.dataset.column);
    const again = row === this.row && column === this.column && this.element.classList.contains("focused");
    this.#move(row, column);
    if (this.wanted.columns[column].kind === "flag" || (again && event.detail === 1)) this.#begin();
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    if (this.editing) return this.#typing(event);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(this.element.clientHeight / HEIGHT) - 2);
    const [row, column] = [this.row, this.column];
    /** @type {Record<string, [number, number]>} */
    const moves = {
      ArrowDown: [row + 1, column],
      ArrowUp: [row - 1, column],
      ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1],
      Home: [row, 0],
      End: [row, this.wanted.columns.length - 1],
      PageDown: [row + page, column],
      PageUp: [row - page, column],
    };
    const to = moves[event.key];
    if (to) {
      event.preventDefault();
      event.stopPropagation();
      this.#move(...to);
    } else if (event.key === "Enter" || event.key === "F2") {
      event.preventDefault();
      this.#begin();
    } else if (!this.wanted.editable) return;
    else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      const now = this.present;
      if (now) this.wanted.change(now, this.wanted.columns[column], undefined, "");
    } else if (event.key === " " && this.wanted.columns[column].kind === "flag") {
      event.preventDefault();
      this.#begin();
    } else if (event.key.length === 1 && event.key !== " ") {
      event.stopPropagation();
      const kind = this.wanted.columns[column].kind;
      if (kind === "lines" || kind === "flag") return;
      if (kind !== "date" && kind !== "choice") event.preventDefault();
      this.#begin(kind === "date" || kind === "choice" ? undefined : event.key);
    }
  }

  /** @param {KeyboardEvent} event */
  #typing(event) {
    event.stopPropagation();
    const isSelect = this.editing?.control.tagName === "SELECT";
    if (event.key === "Escape") {
      event.preventDefault();
      this.#end(false);
    } else if (event.key === "Enter" || event.key === "Tab") {
      event.preventDefault();
      this.#end(true);
      if (event.key === "Tab") this.#move(this.row, this.column + (event.shiftKey ? -1 : 1));
      else this.#move(this.row + (event.shiftKey ? -1 : 1), this.column);
    } else if (
      (event.key === "ArrowDown" || event.key === "ArrowUp") && !isSelect &&
      this.editing?.control.getAttribute("type") !== "date" && !this.editing?.control.hasAttribute("list")
    ) {
      event.preventDefault();
      this.#end(true);
      this.#move(this.row + (event.key === "ArrowDown" ? 1 : -1), this.column);
    }
  }

  /** @param {string} [begun] what was typed to begin with */
  #begin(begun) {
    const row = this.present;
    const column = this.wanted.columns[this.column];
    const cell = this.#cell();
    if (!row || !cell || !this.wanted.editable) return;
    const value = valueOf(row, column);
    if (column.kind === "flag") {
      const now = !(value ?? column.otherwise);
      return this.wanted.change(row, column, now === column.otherwise ? undefined : now, "");
    }
    if (column.kind === "lines" || (column.kind === "words" && column.refs)) {
      return this.wanted.open(row, column);
    }
    const made = control(column, value, this.#entries(column));
    made.setAttribute("aria-label", `${t(`data.col-${column.key.replaceAll(".", "-")}`)}, ${this.row + 1}`);
    if (begun !== undefined) made.value = begun;
    this.edits += 1;
    this.editing = { element: cell, control: made, before: value, name: `cell ${this.edits}` };
    cell.classList.add("editing");
    fill(cell, made);
    made.addEventListener("input", () => this.#changed());
    made.addEventListener("blur", () => this.editing?.control === made && this.#end(true));
    made.focus();
    if (made instanceof HTMLInputElement && made.type === "text" && begun === undefined) made.select();
    if (begun !== undefined) this.#changed();
  }

  #changed() {
    const { editing } = this;
    const row = this.present;
    if (!editing || !row) return;
    const column = this.wanted.columns[this.column];
    // An id is another one once it is typed to its end: all that refers to it goes along.
    if (column.key === "id") return;
    this.wanted.change(row, column, read(column, editing.control.value, this.#entries(column)), editing.name);
  }

  /** @param {Column} column */
  #entries(column) {
    return column.refs ? this.wanted.entriesOf(column.refs) : [];
  }

  /** @param {boolean} keep */
  #end(keep) {
    const { editing } = this;
    if (!editing) return;
    this.editing = null;
    const row = this.present;
    const column = this.wanted.columns[this.column];
    const entries = this.#entries(column);
    const isTyped = editing.control.value !== typed(column, editing.before, entries);
    const value = read(column, editing.control.value, entries);
    if (row && column.key === "id") {
      if (keep && isTyped) this.wanted.rename(row, String(value ?? ""));
    } else if (row && !keep) this.wanted.change(row, column, editing.before, editing.name);
    else if (row && isTyped) this.wanted.change(row, column, value, editing.name);
    this.#draw();
    this.#cell()?.focus({ preventScroll: true });
  }

  /** Says at the control what is wrong with what is being typed. */
  #complain() {
    const row = this.present;
    if (!row || !this.editing) return;
    const mark = this.marks.get(keyOf(row))?.get(this.wanted.columns[this.column].key);
    this.editing.control.setAttribute("aria-invalid", String(mark?.kind === "fault"));
    this.editing.element.querySelector(".cell-note")?.remove();
    if (mark) {
      this.editing.element.append(h("div", { class: ["cell-note", mark.kind], role: "status" }, mark.text));
    }
  }
}

// @ts-check
/** Above the timeline: which rows, find, only late or open work, zoom, folding, legend, print. */

import { debounced, fill, h, newId } from "../../../dom.js";
import { t } from "../../../i18n.js";
import { icon } from "../../../parts/icons.js";
import { segmented } from "../../../parts/segmented.js";

/** @typedef {import("../page.js").By} By */
/** @typedef {import("./search.js").State} State */
/**
 * What the tools do.
 * @typedef {object} Acts
 * @property {(by: By) => void} rows
 * @property {(query: string) => void} find
 * @property {() => void} enter From the search field into the timeline.
 * @property {(states: Set<State>) => void} states
 * @property {(factor: number) => void} zoom
 * @property {() => void} fit
 * @property {(folded: boolean) => void} fold
 * @property {(place: HTMLElement) => void} legend Fills the legend.
 */

/**
 * @param {{ by: By, query: string, states: Set<State>, counts: Record<"late" | "open" | "pinned", number> }} now
 * @param {Acts} acts
 */
export function tools(now, acts) {
  const find = h("input", {
    type: "search",
    class: "plan-find",
    value: now.query,
    placeholder: t("plan.find"),
    "aria-label": t("plan.find"),
    "aria-keyshortcuts": "/",
    autocomplete: "off",
    spellcheck: "false",
  });
  const search = debounced(120, () => acts.find(find.value));
  find.addEventListener("input", search);
  find.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      acts.find(find.value);
      acts.enter();
    }
    if (event.key === "Escape" && find.value) {
      find.value = "";
      acts.find("");
    }
  });
  /** @type {{ value: By, text: string }[]} */
  const options = [
    { value: "person", text: t("plan.rows-person") },
    { value: "project", text: t("plan.rows-project") },
    { value: "department", text: t("plan.rows-department") },
    { value: "room", text: t("plan.rows-room") },
  ];
  const rows = segmented({
    label: t("plan.rows"),
    options,
    value: now.by,
    onchange: (value) => acts.rows(/** @type {By} */ (value)),
  });
  const element = h(
    "div",
    { class: "plan-tools no-print", role: "group", "aria-label": t("plan.tools") },
    rows,
    h("div", { class: "plan-find-holder" }, icon("search"), find, h("kbd", { "aria-hidden": "true" }, "/")),
    filters(now, acts),
    h("span", { class: "grow" }),
    zooms(acts),
    folding(acts),
    legendButton(acts),
    h(
      "button",
      { class: "quiet icon-only", "aria-label": t("plan.print"), title: t("plan.print"), onclick: () => print() },
      icon("print"),
    ),
  );
  return { element, find, rows };
}

/** @param {{ states: Set<State>, counts: Record<"late" | "open" | "pinned", number> }} now @param {Acts} acts */
function filters({ states, counts }, acts) {
  return ["late", "open", "pinned"].map((name) => {
    const state = /** @type {"late" | "open" | "pinned"} */ (name);
    if (counts[state] === 0 && state !== "open") return null;
    const button = h(
      "button",
      {
        class: ["plan-filter", `filter-${state}`],
        "aria-pressed": String(states.has(state)),
        title: t(`plan.only-${state}`),
        onclick: () => {
          if (!states.delete(state)) states.add(state);
          button.setAttribute("aria-pressed", String(states.has(state)));
          acts.states(states);
        },
      },
      h("span", { class: ["tl-badge", `tl-${state}`], "aria-hidden": "true" }),
      t(`plan.filter-${state}`, { count: counts[state] }),
    );
    return button;
  });
}

/** @param {Acts} acts */
function zooms({ zoom, fit }) {
  return h(
    "div",
    { class: "plan-zoom", role: "group", "aria-label": t("plan.zoom") },
    h("button", { class: "quiet icon-only", "aria-label": t("plan.zoom-out"), title: "−", onclick: () => zoom(1 / 1.6) }, icon("minus")),
    h("button", { class: "quiet", title: t("plan.fit-title"), onclick: fit }, t("plan.fit")),
    h("button", { class: "quiet icon-only", "aria-label": t("plan.zoom-in"), title: "+", onclick: () => zoom(1.6) }, icon("plus")),
  );
}

/** @param {Acts} acts */
function folding({ fold }) {
  const button = h(
    "button",
    {
      class: "quiet icon-only",
      "aria-pressed": "false",
      "aria-label": t("plan.unfold"),
      title: t("plan.unfold"),
      onclick: () => {
        const folded = button.getAttribute("aria-pressed") === "true";
        button.setAttribute("aria-pressed", String(!folded));
        fold(folded);
      },
    },
    icon("nights"),
  );
  return button;
}

/** @param {Acts} acts */
function legendButton({ legend }) {
  const id = newId("legend");
  const content = h("div", { id, class: "legend", hidden: true, role: "region", "aria-label": t("plan.legend") });
  /** @param {boolean} open */
  const show = (open) => {
    content.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    if (open) legend(content);
    else fill(content);
  };
  const button = h(
    "button",
    {
      class: "quiet",
      "aria-expanded": "false",
      "aria-controls": id,
      onclick: () => show(content.hidden === true),
    },
    t("plan.legend"),
  );
  const holder = h("div", { class: "menu-holder" }, button, content);
  holder.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || content.hidden) return;
    event.stopPropagation();
    show(false);
    button.focus();
  });
  document.addEventListener(
    "pointerdown",
    (event) => {
      if (!content.hidden && !holder.contains(/** @type {Node} */ (event.target))) show(false);
    },
    { passive: true },
  );
  return holder;
}

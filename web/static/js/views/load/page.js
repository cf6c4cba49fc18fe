// @ts-check
/** The load of skills and people by week, as a grid of numbers; each leads to its place on the timeline. */

import { get } from "../../api.js";
import { fill, h } from "../../dom.js";
import { day, hours, number, percent, t } from "../../i18n.js";
import { head } from "../../parts/head.js";
import { segmented } from "../../parts/segmented.js";
import { linesOf, shade, share } from "../plan/chart/heat.js";
import { weekNumber } from "../plan/chart/ruler.js";

/** @typedef {import("../plan/chart/heat.js").Line} Line */
/** @typedef {"skill" | "person"} By */
/** Where cells lead, and which weeks there are. @typedef {{ by: By, path: string, weeks: string[] }} Grid */

const AT_ONCE = 80;
/** So many rows are made at a time; more as they come into sight. */

/** @type {import("../../router.js").Show} */
export async function show(place, _params, context) {
  const { plan, rollout, query, setQuery, signal } = context;
  context.title(t("load.title"));
  const [load, timeline] = await Promise.all([
    get(`v1/plans/${plan.id}/load`, { signal }),
    get(`v1/plans/${plan.id}/timeline`, { signal }),
  ]);
  const path = `rollouts/${rollout.id}/plan/${plan.id}`;
  /** @type {By} */
  let by = query.get("by") === "person" ? "person" : "skill";
  const grid = h("div", { class: "heat-holder" });
  const note = h("p", { class: "heat-note" });
  const draw = () => {
    const names = by === "skill" ? timeline.skills : timeline.people;
    const entries = by === "skill" ? load.skills : load.people;
    const lines = linesOf(entries, namesOf(names));
    fill(note, by === "skill" && t("load.cell"));
    fill(grid, table(lines, { by, path, weeks: load.weeks }, signal));
  };
  place.append(
    head({
      title: t("load.title"),
      lead: t("load.lead"),
      actions: segmented({
        label: t("load.by"),
        options: [
          { value: "skill", text: t("load.by-skill") },
          { value: "person", text: t("load.by-person") },
        ],
        value: by,
        onchange: (value) => {
          by = /** @type {By} */ (value);
          setQuery({ by });
          draw();
        },
      }),
    }),
    legend(),
    note,
    grid,
  );
  draw();
}

/** @param {{ id: string[], name: string[] }} columns @returns {(id: string) => string} */
function namesOf({ id, name }) {
  const found = new Map(id.map((it, at) => [it, name[at] || it]));
  return (it) => found.get(it) ?? it;
}

/** @param {Line[]} lines @param {Grid} grid @param {AbortSignal} signal */
function table(lines, grid, signal) {
  const { by, weeks } = grid;
  const body = h("tbody", null);
  let made = 0;
  /** @param {number} count */
  const more = (count) => {
    body.append(...lines.slice(made, made + count).map((line) => row(line, grid)));
    made = Math.min(lines.length, made + count);
  };
  more(AT_ONCE);
  const first = body.querySelector("a");
  if (first) first.tabIndex = 0;
  const end = h("div", { class: "heat-end" });
  const watch = new IntersectionObserver((seen) => seen.some((it) => it.isIntersecting) && more(AT_ONCE));
  watch.observe(end);
  signal.addEventListener("abort", () => watch.disconnect());
  addEventListener("beforeprint", () => more(lines.length), { signal });
  const heads = weeks.map((monday) =>
    h(
      "th",
      { scope: "col" },
      t("plan.week", { week: String(weekNumber(new Date(`${monday}T00:00Z`))) }),
      h("small", null, shortDay(monday)),
    ),
  );
  const element = h(
    "table",
    { class: "heat", "aria-label": t(`load.by-${by}`) },
    h(
      "thead",
      null,
      h(
        "tr",
        null,
        h("th", { scope: "col" }, t(`load.${by}`)),
        by === "skill" && h("th", { scope: "col", class: "heat-hours" }, t("load.demand"), h("small", null, t("load.of-it-open"))),
        by === "skill" && h("th", { scope: "col", class: "heat-hours" }, t("load.capacity")),
        h("th", { scope: "col", class: "heat-whole" }, t("load.whole")),
        heads,
      ),
    ),
    body,
  );
  body.addEventListener("keydown", (event) => onKey(body, event, () => more(AT_ONCE)));
  body.addEventListener("focusin", ({ target }) => {
    for (const it of body.querySelectorAll('a[tabindex="0"]')) it.setAttribute("tabindex", "-1");
    /** @type {HTMLElement} */ (target).tabIndex = 0;
  });
  return h("div", { class: "heat-scroll" }, element, end);
}

/** @param {Line} line @param {Grid} grid */
function row(line, { by, path, weeks }) {
  const where = by === "skill" ? `skill=${encodeURIComponent(line.id)}` : `row=${encodeURIComponent(`person ${line.id}`)}`;
  const place = `${path}?by=person&${where}`;
  return h(
    "tr",
    null,
    h(
      "th",
      { scope: "row" },
      h("a", { href: place, tabindex: -1 }, line.name),
      line.people > 0 && h("small", null, t("plan.people", { count: line.people })),
    ),
    by === "skill" && h("td", { class: ["heat-hours", line.asked > (line.sum?.[1] ?? 0) && "is-short"] }, hours(line.asked), line.open > 0 && h("small", null, t("load.open", { hours: hours(line.open) }))),
    by === "skill" && h("td", { class: "heat-hours" }, hours(line.sum?.[1] ?? 0)),
    h("td", { class: `heat-whole heat-${shade(line.whole)}` }, percent(line.whole, 0)),
    line.weeks.map((week, at) => cell(line, week, at, weeks[at], `${place}&day=${weeks[at]}`)),
  );
}

/** @param {Line} line @param {import("../plan/chart/heat.js").Week} week @param {number} at @param {string} monday @param {string} href */
function cell(line, week, at, monday, href) {
  const part = share(week);
  const text = part === null ? "–" : Number.isFinite(part) ? percent(part, 0) : "!";
  const says =
    week === null
      ? t("load.nobody")
      : t("load.hours", { booked: hours(week[0]), available: hours(week[1]) });
  const demand = line.demand[at];
  const asks = demand === undefined ? "" : `; ${t("load.asks", { hours: hours(demand) })}`;
  const said = `${line.name}, ${day(monday, "weekday")}: ${says}${asks}`;
  return h(
    "td",
    { class: `heat-${shade(part)}` },
    h(
      "a",
      { href, tabindex: -1, title: said, "aria-label": `${text}, ${said}` },
      text,
      demand !== undefined && week !== null && h("small", { "aria-hidden": "true" }, `${number(demand, 0)} / ${number(week[1], 0)}`),
    ),
  );
}

/** @param {HTMLElement} body @param {KeyboardEvent} event @param {() => void} more */
function onKey(body, event, more) {
  const from = /** @type {HTMLElement} */ (event.target);
  const inRow = from.closest("tr");
  if (!inRow) return;
  const links = [...inRow.querySelectorAll("a")];
  const at = links.indexOf(/** @type {HTMLAnchorElement} */ (from));
  const rows = [...body.children];
  const number = rows.indexOf(inRow);
  if (event.key === "ArrowDown" && number > rows.length - 4) more();
  const target = {
    ArrowLeft: links[at - 1],
    ArrowRight: links[at + 1],
    Home: links[0],
    End: links.at(-1),
    ArrowUp: rows[number - 1]?.querySelectorAll("a")[at],
    ArrowDown: body.children[number + 1]?.querySelectorAll("a")[at],
  }[event.key];
  if (!target) return;
  event.preventDefault();
  target.focus();
}

function legend() {
  const shades = ["free", "low", "some", "high", "full", "over", "none"];
  return h(
    "ul",
    { class: "heat-legend" },
    shades.map((it) =>
      h("li", null, h("span", { class: `heat-${it}`, "aria-hidden": "true" }), t(`load.shade-${it}`)),
    ),
  );
}

/** @param {string} date */
function shortDay(date) {
  return day(date, "weekday").replace(/^\p{L}+\.?,?\s*/u, "");
}

// @ts-check
/** The terms of both totals: amount, price, and what they make together. */

import { h } from "../../dom.js";
import { number, t } from "../../i18n.js";
import { table } from "../../parts/table.js";
import { difference } from "./difference.js";
import { samePrices, verdictOf } from "./effect.js";

/** @param {import("./comparison.js").Compared} compared */
export function terms(compared) {
  const rows = compared.terms.filter((/** @type {any} */ it) => it.before || it.after || it.price_before !== it.price_after);
  const whole = (/** @type {number | null} */ it) => (it === null ? "–" : number(it, 0));
  return h(
    "section",
    { class: "card" },
    h("h2", null, t("compare.terms")),
    table({
      label: t("compare.terms"),
      rows: samePrices(compared) ? [...rows, { term: "total", total_before: compared.total.before, total_after: compared.total.after }] : rows,
      columns: [
        { text: t("compare.term"), cell: (it) => [t(`terms.${it.term}`), it.term !== "total" && h("small", { class: "soft unit" }, t(`terms.${it.term}-unit`))] },
        { text: t("compare.amount"), cell: (it) => (it.term === "total" ? "" : both(it.before, it.after, (value) => number(value, 1))), number: true },
        { text: t("compare.price"), cell: (it) => (it.term === "total" ? "" : both(it.price_before, it.price_after, price)), number: true },
        { text: t("compare.total-before"), cell: (it) => whole(it.total_before), number: true },
        { text: t("compare.total-after"), cell: (it) => whole(it.total_after), number: true },
        { text: t("compare.change"), cell: (it) => change(it, verdictOf(compared, it.term === "total" ? undefined : it.term)), number: true },
      ],
    }),
  );
}

/** In the total; at different prices in the amount alone. @param {any} it @param {import("./effect.js").Verdict} [verdict] */
const change = (it, verdict) =>
  it.price_before === it.price_after
    ? difference(it.total_before, it.total_after, (value) => number(value, 0), verdict)
    : difference(it.before, it.after, (value) => number(value, 1), verdict);

/** One value where both are the same. @template T @param {T} before @param {T} after @param {(value: T) => string} write */
function both(before, after, write) {
  const [one, other] = [before, after].map((it) => (it === null || it === undefined ? "–" : write(it)));
  return one === other ? one : `${one} → ${other}`;
}

/** @param {any} value */
const price = (value) => (value === "forbidden" ? t("changes.forbidden") : number(value));

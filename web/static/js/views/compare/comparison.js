// @ts-check
/** Two plans side by side on one scroll: figures, terms, money, late and open work, bookings, timelines. */

import { get } from "../../api.js";
import { add, h } from "../../dom.js";
import { t } from "../../i18n.js";
import { icon } from "../../parts/icons.js";
import { Model } from "../plan/model/model.js";
import { bookings } from "./bookings.js";
import { finding } from "./effect.js";
import { figures } from "./figures.js";
import { money } from "./money.js";
import { terms } from "./terms.js";
import { timelines } from "./timelines.js";
import { troubles } from "./troubles.js";

/** What the service tells of two plans. @typedef {any} Compared */
/**
 * @typedef {object} Shown
 * @property {import("../changes/names.js").Names} names
 * @property {AbortSignal} signal
 * @property {[string, string]} titles of the plan before and the one after
 */

/** @param {HTMLElement} place @param {Compared} compared @param {Shown} shown */
export async function comparison(place, compared, shown) {
  add(place, [
    finding(compared),
    figures(compared, shown),
    h("div", { class: "compare-pair terms-and-money" }, terms(compared), money(compared, shown.names)),
    troubles(compared, shown.names),
  ]);
  if (compared.bookings.length === 0) {
    place.append(
      h("div", { class: "notice good" }, icon("check"), h("p", null, h("strong", null, t("compare.same")), " ", t("compare.same-text"))),
    );
    return;
  }
  const both = ["before", "after"].map((it) => get(`v1/plans/${compared[it].plan}/timeline`, { signal: shown.signal }));
  const models = /** @type {[Model, Model]} */ ((await Promise.all(both)).map((it) => new Model(it)));
  const drawn = timelines(models, compared, shown);
  place.append(bookings(compared, shown.names, (booking) => drawn.reveal(booking)), drawn.element);
  drawn.start();
}

// @ts-check
/** What is different in a department's part since its last word. */

import { h } from "../../dom.js";
import { t } from "../../i18n.js";
import { badge } from "../../parts/badge.js";
import { time } from "./part.js";

/** @param {any} found what the service tells of the part */
export function changed({ approval, changes, part }) {
  if (!approval.earlier || !changes) return null;
  return h(
    "section",
    { class: "card" },
    h("h2", null, t("approve.changed")),
    changes.length === 0
      ? h("p", { class: "card-body soft" }, t("approve.changed-nothing"))
      : h(
          "ul",
          { class: "card-body compare-troubles" },
          changes.map((/** @type {any} */ it) => {
            const side = it.after ?? it.before;
            const moved = it.before && it.after && it.before.start !== it.after.start;
            return h(
              "li",
              null,
              it.what.map((/** @type {string} */ one) => badge(t(`compare.what-${one.replace(" ", "-")}`), one === "gone" ? "bad" : "accent")),
              h("strong", null, nameOf(side, part)),
              h("span", { class: "soft" }, moved ? `${time(it.before)} → ${time(it.after)}` : time(side)),
            );
          }),
        ),
  );
}

/** Its name as this part tells it; what is gone has only its id. @param {any} side @param {any} part */
function nameOf({ kind, id }, part) {
  const among = { task: part.tasks, class: part.classes, support: part.support }[/** @type {"task"} */ (kind)];
  const key = { task: "task", class: "course", support: "support" }[/** @type {"task"} */ (kind)];
  const plain = id.split(" in ")[0];
  return among.find((/** @type {any} */ it) => it[key] === plain)?.name ?? plain;
}

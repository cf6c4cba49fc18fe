// @ts-check
/** The rollout has moved on: a what-if is carried over, without the changes that are in the way. */

import { send } from "../../api.js";
import { fill, h } from "../../dom.js";
import { t } from "../../i18n.js";
import { tick } from "../../parts/field.js";
import { icon } from "../../parts/icons.js";
import { complain, toast } from "../../parts/toast.js";
import { again } from "../../router.js";
import { may } from "../../session.js";
import { describe } from "../changes/describe.js";

/**
 * @param {any} found the scenario @param {any} rollout
 * @param {import("../changes/names.js").Names} names
 */
export function rebaseNotice(found, rollout, names) {
  const inside = h("div", { class: "stack grow" });
  const carry = async (/** @type {number[]} */ drop) => {
    try {
      await send("POST", `v1/scenarios/${found.id}/rebase`, { body: { drop } });
      toast(t("whatif.carried"));
      again();
    } catch (error) {
      const { status, faults } = /** @type {any} */ (error);
      if (status === 409 && faults.length) conflicts(faults);
      else complain(error);
    }
  };
  const conflicts = (/** @type {import("../../api.js").Fault[]} */ faults) => {
    const asked = faults.map((fault) => {
      const number = Number(fault.path.match(/\d+/)?.[0]);
      return { number, box: tick(t("whatif.give-up")), says: describe(found.edits[number], names), fault };
    });
    const dropped = () => asked.filter((it) => it.box.querySelector("input")?.checked).map((it) => it.number);
    fill(
      inside,
      h("strong", null, t("whatif.conflicts", { count: faults.length })),
      h(
        "ul",
        { class: "conflicts" },
        asked.map((it) => h("li", null, h("p", null, it.says), h("p", { class: "soft" }, it.fault.message), it.box)),
      ),
      h("div", { class: "row" }, h("button", { class: "primary", onclick: () => void carry(dropped()) }, t("whatif.carry-over"))),
    );
    inside.querySelector("input")?.focus();
  };
  fill(
    inside,
    h("p", null, t("whatif.moved-on", { now: rollout.revision, before: found.revision })),
    may("try") && h("div", { class: "row" }, h("button", { onclick: () => void carry([]) }, icon("redo"), t("whatif.carry-over"))),
  );
  return h("div", { class: "notice warning", role: "status" }, icon("warning"), inside);
}

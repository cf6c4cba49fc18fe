// @ts-check
/** The rollouts that there are. */

import { get } from "../../api.js";
import { ago, t } from "../../i18n.js";
import { h } from "../../dom.js";
import { head } from "../../parts/head.js";
import { table } from "../../parts/table.js";

/** @type {import("../../router.js").Show} */
export async function show(place, _params, context) {
  context.title(t("rollouts.title"));
  const { items } = await get("v1/rollouts", { signal: context.signal });
  place.append(
    head({ title: t("rollouts.title"), lead: t("rollouts.lead") }),
    h(
      "div",
      { class: "card" },
      table({
        label: t("rollouts.title"),
        rows: items,
        href: (it) => `rollouts/${it.id}`,
        columns: [
          { text: t("rollouts.name"), cell: (it) => it.name, sort: (it) => it.name },
          { text: t("rollouts.revision"), cell: (it) => it.revision, sort: (it) => it.revision, number: true },
          { text: t("rollouts.changed"), cell: (it) => ago(it.changed_at), sort: (it) => it.changed_at },
        ],
      }),
    ),
  );
}

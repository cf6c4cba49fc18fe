// @ts-check
/** Who is notified: the messages of each publication, how they are sent, and addresses. */

import { get } from "../../api.js";
import { h } from "../../dom.js";
import { t } from "../../i18n.js";
import { empty } from "../../parts/empty.js";
import { head } from "../../parts/head.js";
import { moreButton } from "../../parts/more.js";
import { Names } from "../changes/names.js";
import { directory } from "./directory.js";
import { mailing } from "./mailings.js";
import { settings } from "./settings.js";

/** @type {import("../../router.js").Show} */
export async function show(place, { rollout: id }, context) {
  const { signal, rollout } = context;
  context.title(t("notices.title"));
  if (rollout.scenario_of) {
    place.append(empty({ title: t("notices.title"), text: t("notices.scenario"), icon: "info" }));
    return;
  }
  const path = `v1/rollouts/${encodeURIComponent(id)}`;
  const pages = `${path}/mailings?limit=20`;
  const [mailings, set, tree, addresses] = await Promise.all([
    get(pages, { signal }),
    get(`${path}/notices`, { signal }),
    get(path, { signal }),
    get("v1/directory?limit=50", { signal }),
  ]);
  const names = new Names(tree);
  const sent = h("div", { class: "sections" });
  const add = (/** @type {any[]} */ items) => sent.append(...items.map((it) => mailing(path, it)));
  add(mailings.items);
  place.append(
    head({ title: t("notices.title"), lead: t("notices.lead") }),
    h(
      "div",
      { class: "sections" },
      mailings.items.length > 0 ? sent : h("p", { class: "soft" }, t("notices.none")),
      moreButton(pages, mailings, add, signal),
      settings(path, set),
      directory(addresses, names, signal),
    ),
  );
}

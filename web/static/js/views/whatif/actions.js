// @ts-check
/** What can be done with a what-if: shared, made the next revision of its rollout, removed. */

import { send } from "../../api.js";
import { h } from "../../dom.js";
import { t } from "../../i18n.js";
import { confirmed } from "../../parts/dialog.js";
import { icon } from "../../parts/icons.js";
import { menuButton } from "../../parts/menu.js";
import { complain, toast } from "../../parts/toast.js";
import { go } from "../../router.js";
import { may } from "../../session.js";
import { promote } from "./promote.js";

/** @param {any} found @param {any} run the latest one, if there is any @param {string} rollout */
export function actions(found, run, rollout) {
  const isPlanned = run !== null && run.best !== null;
  const remove = async () => {
    const sure = await confirmed({
      title: t("whatif.remove-title"),
      text: t("whatif.remove-text", { name: found.name }),
      yes: t("whatif.remove"),
      danger: true,
    });
    if (!sure) return;
    await send("DELETE", `v1/scenarios/${found.id}`);
    go(`rollouts/${rollout}/what-if`);
  };
  return [
    h("button", { onclick: () => void share() }, icon("link"), t("whatif.share")),
    may("edit") &&
      !found.promoted_at &&
      h(
        "button",
        { class: isPlanned ? "primary" : "", onclick: () => void promote(found).catch(complain) },
        icon("check"),
        t("whatif.promote"),
      ),
    may("try") &&
      menuButton({
        label: t("whatif.more-actions"),
        content: icon("more"),
        classes: "quiet icon-only",
        items: () => [
          isPlanned
            ? { text: t("whatif.open-plan"), icon: /** @type {const} */ ("plan"), href: `rollouts/${found.id}/plan/latest` }
            : null,
          {
            text: t("whatif.remove"),
            icon: /** @type {const} */ ("trash"),
            danger: true,
            act: () => void remove().catch(complain),
          },
        ],
      }),
  ];
}

/** Copies the address of this page, for whoever may read the rollout. */
async function share() {
  try {
    await navigator.clipboard.writeText(location.href);
    toast(t("whatif.copied"));
  } catch {
    toast(location.href, { kind: "plain" });
  }
}

// @ts-check
/** All shortcuts that can be pressed now, in a dialog. */

import { h } from "../dom.js";
import { t } from "../i18n.js";
import { offered } from "../keys.js";
import { openDialog } from "./dialog.js";

/** Opens it. */
export function showShortcuts() {
  void openDialog({
    title: t("keys.shortcuts"),
    body: h(
      "dl",
      { class: "keys" },
      offered().map((it) =>
        h("div", null, h("dt", null, it.keys.split(" ").map((key) => [h("kbd", null, NAMES[key] ?? key), " "])), h("dd", null, it.says())),
      ),
    ),
  });
}

/** @type {Record<string, string>} */
const NAMES = { ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", Escape: "Esc", "Shift+ArrowLeft": "⇧ ←", "Shift+ArrowRight": "⇧ →" };

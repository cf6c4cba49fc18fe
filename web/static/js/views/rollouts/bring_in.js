// @ts-check
/** Brings a rollout in: from a file by button or drop, from a demo, or a template to begin with. */

import { download, get, post, XLSX } from "../../api.js";
import { h } from "../../dom.js";
import { t } from "../../i18n.js";
import { openDialog } from "../../parts/dialog.js";
import { faultList } from "../../parts/faults.js";
import { icon } from "../../parts/icons.js";
import { complain, toast } from "../../parts/toast.js";
import { beginBlank } from "./blank.js";
import { go } from "../../router.js";

const ENDINGS = ".yaml,.yml,.json,.xlsx";

/** A button that asks for a file. */
export function uploadButton(kind = "primary") {
  const chooser = fileChooser((file) => void bringIn(file));
  return [
    h("button", { class: kind, onclick: () => chooser.click() }, icon("upload"), t("rollouts.upload")),
    chooser,
  ];
}

/** A field that is not shown, and asks for a file when it is clicked. @param {(file: File) => void} take */
export function fileChooser(take) {
  const chooser = h("input", {
    type: "file",
    accept: ENDINGS,
    hidden: true,
    onchange: () => {
      const file = chooser.files?.[0];
      chooser.value = "";
      if (file) take(file);
    },
  });
  return chooser;
}

/**
 * Takes files that are dropped anywhere on the window.
 * @param {AbortSignal} signal
 */
export function takeDrops(signal) {
  const cover = h(
    "div",
    { class: "drop-cover", hidden: true },
    h(
      "div",
      null,
      icon("upload"),
      h("strong", null, t("rollouts.drop")),
      h("span", null, t("rollouts.forms")),
    ),
  );
  document.body.append(cover);
  signal.addEventListener("abort", () => cover.remove());
  const hasFiles = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("Files") ?? false;
  addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    cover.hidden = false;
  }, { signal });
  addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) cover.hidden = true;
  }, { signal });
  addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    cover.hidden = true;
    const file = event.dataTransfer?.files[0];
    if (file) void bringIn(file);
  }, { signal });
}

/** @param {File} file */
async function bringIn(file) {
  const waiting = toast(t("rollouts.reading", { file: file.name }), { kind: "plain" });
  try {
    const kept = await post("v1/rollouts", file, { once: true });
    toast(t("rollouts.kept", { name: kept.name }));
    go(`rollouts/${kept.id}`);
  } catch (error) {
    waiting.remove();
    const { faults } = /** @type {import("../../api.js").Problem} */ (error);
    if (faults?.length) await showFaults(file.name, faults, fileChooser((other) => void bringIn(other)));
    else complain(error);
  } finally {
    waiting.remove();
  }
}

/**
 * @param {string} name
 * @param {import("../../api.js").Fault[]} faults
 * @param {HTMLInputElement} chooser for another file
 */
export async function showFaults(name, faults, chooser) {
  await openDialog({
    title: t("rollouts.faults", { count: faults.length }),
    classes: "large",
    body: [
      h("p", { class: "soft" }, t("rollouts.faults-text", { file: name })),
      h("div", {
        class: "fault-scroll",
        tabindex: "0",
        role: "region",
        "aria-label": t("rollouts.faults", { count: faults.length }),
      }, faultList(faults, { most: 1000 })),
      chooser,
    ],
    choices: [
      { text: t("rollouts.copy-faults"), kind: "quiet", act: () => (void copy(faults), false) },
      {
        text: t("rollouts.other-file"),
        kind: "primary",
        act: () => (chooser.click(),
          new Promise((resolve) =>
            chooser.addEventListener("change", () => resolve(true))
          )),
      },
    ],
  });
}

/** @param {import("../../api.js").Fault[]} faults */
async function copy(faults) {
  const lines = faults.map((it) =>
    [it.cell ? `${it.cell.sheet} ${it.cell.column}${it.cell.row}` : (it.line ?? ""), it.path, it.message]
      .join("\t")
  );
  await navigator.clipboard?.writeText(lines.join("\n"));
  toast(t("rollouts.copied"));
}

/** What a rollout can begin with: demos and templates, as items of a menu. */
export async function beginnings() {
  const demos = await get("v1/demo");
  return [
    { text: t("replace.blank"), icon: /** @type {const} */ ("plus"), act: () => void beginBlank().catch(complain) },
    { heading: t("rollouts.templates") },
    {
      text: t("rollouts.template-workbook"),
      icon: /** @type {const} */ ("file"),
      act: () => void template(XLSX, "rollout.xlsx"),
    },
    {
      text: t("rollouts.template-yaml"),
      icon: /** @type {const} */ ("file"),
      act: () => void template("application/yaml", "rollout.yaml"),
    },
    { heading: t("rollouts.demos") },
    ...demos.map((/** @type {any} */ it) => ({
      text: it.title,
      icon: /** @type {const} */ ("star"),
      act: () => void keepDemo(it.name),
    })),
  ];
}

/**
 * @param {string} accept
 * @param {string} name
 */
export const template = (accept, name) => download("v1/template", { accept, name }).catch(complain);

/** @param {string} name */
export async function keepDemo(name) {
  try {
    const kept = await post(`v1/demo/${name}`, undefined, { once: true });
    go(`rollouts/${kept.id}`);
  } catch (error) {
    complain(error);
  }
}

// @ts-check
/** After publishing: what has happened is written down, and the rest is planned again. */

import { all, get, post, send } from "../../api.js";
import { fill, h } from "../../dom.js";
import { ago, moment, t } from "../../i18n.js";
import { empty } from "../../parts/empty.js";
import { head } from "../../parts/head.js";
import { icon } from "../../parts/icons.js";
import { toast } from "../../parts/toast.js";
import { again, guard } from "../../router.js";
import { may } from "../../session.js";
import { Editor } from "../changes/editor.js";
import { form } from "../changes/form.js";
import { HAPPENED } from "../changes/edit_forms.js";
import { Names } from "../changes/names.js";
import { describe } from "../changes/describe.js";
import { replan } from "./replan.js";

/** @type {import("../../router.js").Show} */
export async function show(place, { rollout }, context) {
  const { signal } = context;
  context.title(t("progress.title"));
  if (context.rollout.scenario_of) {
    place.append(empty({ title: t("progress.title"), text: t("progress.scenario"), icon: "info" }));
    return;
  }
  const [tree, reported, runs] = await Promise.all([
    get(`v1/rollouts/${encodeURIComponent(rollout)}`, { signal }),
    all(`v1/rollouts/${encodeURIComponent(rollout)}/actuals`, { signal }),
    get(`v1/plans?rollout=${encodeURIComponent(rollout)}&limit=1`, { signal }),
  ]);
  const names = new Names(tree);
  const checked = may("edit") ? await send("PUT", "v1/validate", { body: tree }) : null;
  place.append(
    head({ title: t("progress.title"), lead: t("progress.lead") }),
    h("div", { class: "sections" }, may("edit") && record(names, unreported(tree, checked?.value.warnings ?? []), context), replan(tree, reported, runs.items[0] ?? null, context), log(reported, names)),
  );
}

/**
 * Tasks and classes whose time has passed and of which nothing is reported.
 * @param {any} tree @param {any[]} warnings what the service says of the rollout
 * @returns {{ kind: "task" | "class", id: string, end: string }[]}
 */
function unreported(tree, warnings) {
  const plan = tree.published?.plan ?? {};
  return warnings.filter((it) => it.code === "nothing_reported").map(({ path }) => {
    const at = Number(path.match(/\d+/)?.[0]);
    if (path.includes("sessions")) return { kind: "class", id: plan.sessions[at].course, end: plan.sessions[at].end };
    const { id } = tree.tasks[at];
    return { kind: "task", id, end: plan.tasks.find((/** @type {any} */ it) => it.task === id).end };
  });
}

/** What nobody has reported, with a way to say it. @param {ReturnType<typeof unreported>} left @param {Names} names @param {Editor} editor */
function asked(left, names, editor) {
  const tell = (/** @type {string} */ key, /** @type {import("../changes/describe.js").Edit} */ edit) =>
    h("button", { type: "button", class: "small", onclick: () => editor.add(edit, true) }, t(key));
  return h(
    "div",
    { class: "notice", role: "status" },
    h("strong", null, t("nights.unreported")),
    h(
      "ul",
      { class: "bullets" },
      left.map(({ kind, id, end }) => {
        const name = names.of(kind === "task" ? "tasks" : "courses", id);
        return h(
          "li",
          null,
          t(`nights.unreported-${kind}`, { task: name, course: name, end: moment(end) }),
          " ",
          kind === "task" && tell("progress.is-finished", { edit: "finished", task: id, on: end.slice(0, 10) }),
          kind === "task" && tell("progress.plan-anew", { edit: "progress", task: id, done_hours: 0 }),
          kind === "class" && tell("changes.kind-attended", { edit: "attended", course: id, on: end.slice(0, 10) }),
          kind === "class" && tell("changes.kind-not_held", { edit: "not_held", course: id, on: end.slice(0, 10) }),
        );
      }),
    ),
  );
}

/** @param {Names} names @param {ReturnType<typeof unreported>} left @param {import("../../router.js").Context} context */
function record(names, left, { rollout, signal }) {
  const editor = new Editor(HAPPENED, names);
  guard(() => editor.cards.length === 0 || confirm(t("whatif.unsaved")), signal);
  const save = h("button", { type: "submit", class: "primary" }, icon("check"), t("progress.record"));
  const submit = async () => {
    const actuals = editor.edits();
    if (actuals.length === 0) return void toast(t("progress.none"), { kind: "plain" });
    await post(`v1/rollouts/${rollout.id}/actuals`, { actuals });
    toast(t("progress.recorded"));
    editor.cards.length = 0;
    again();
  };
  return h("section", { class: "card" }, h("h2", null, t("progress.happened")), left.length > 0 && asked(left, names, editor), form(editor, save, submit));
}

/** What was reported so far. @param {any[]} reported @param {Names} names */
function log(reported, names) {
  if (reported.length === 0) return null;
  const list = h("ol", { class: "card-body happened" });
  fill(
    list,
    reported.map((it) =>
      h(
        "li",
        null,
        h("div", { class: "soft" }, t("progress.reported-by", { name: it.who, ago: ago(it.at), revision: it.revision })),
        h("ul", { class: "bullets" }, it.actuals.map((/** @type {any} */ one) => h("li", null, describe(one, names)))),
      ),
    ),
  );
  return h("section", { class: "card" }, h("h2", null, t("progress.log")), list);
}

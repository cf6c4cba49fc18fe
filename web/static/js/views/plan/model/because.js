// @ts-check
/** Why work cannot be done, in the reader's language: the facts of a proof, each in a sentence. */

import { list, t } from "../../../i18n.js";

/** @typedef {{ code: string, values?: Record<string, any> }} Fact */
/** @typedef {{ because?: Fact[], minimal?: boolean, also?: Conflict[] }} Conflict */

const WORK = ["work", "in_time"];

/**
 * What rules a piece of work out (`open`), or rules out that it is in time (`late`): ids and moments as
 * the service has them.
 * @param {Conflict} proof @param {"open" | "late" | "all"} of
 */
export function ruledOut(proof, of) {
  return [proof, ...(proof.also ?? [])].map((it) => conflict(it, of)).join(". ");
}

/** @param {Conflict} it @param {"open" | "late" | "all"} of */
function conflict({ because = [], minimal = true }, of) {
  const works = because.filter((it) => WORK.includes(it.code));
  const rivals = because.filter((it) => it.code === "rival");
  const rest = because.filter((it) => !WORK.includes(it.code) && it.code !== "rival");
  const said = [...rest, ...rivals].map(fact).join("; ");
  const counted = because[0]?.code.startsWith("seats_");
  const facts = minimal || counted ? said : `${said} ${t("facts.not-minimal")}`;
  if (works.length === 0) return t(`facts.cannot-${of === "all" ? "open" : of}`, { facts });
  const work = list(works.map((it) => workName(it.values ?? {})));
  return t(of === "all" ? "facts.cannot-all" : `facts.beside-${of}`, { work, facts });
}

/** A fact in words. @param {Fact} fact */
export function fact({ code, values = {} }) {
  const shown = written(values);
  switch (code) {
    case "skill": {
      const said = t(`facts.skill-${several(values.people)}`, shown);
      return values.lower?.length ? `${said} ${t("facts.lower", { people: list(values.lower) })}` : said;
    }
    case "rooms":
      return t(`facts.rooms-${several(values.rooms)}`, shown);
    case "green_light":
      return t(`facts.green_light-${values.status}${values.day && values.status !== "refused" ? "-day" : ""}`, shown);
    case "work":
    case "rival":
    case "in_time":
      return t(`facts.${code}`, { work: workName(values) });
    case "forbidden":
      return t("facts.forbidden", { term: t(`terms.${values.term}`) });
    default:
      return t(`facts.${code}`, shown);
  }
}

/** @param {Record<string, any>} values */
function workName(values) {
  return values.kind === "task" ? values.id : t(`facts.work-${values.kind}`, written(values));
}

/** @param {string[]} names */
const several = (names) => (names.length === 0 ? "none" : names.length === 1 ? "one" : "several");

/** @param {Record<string, any>} values @returns {Record<string, string | number>} */
const written = (values) =>
  Object.fromEntries(Object.entries(values).map(([name, it]) => [name, Array.isArray(it) ? list(it) : it]));

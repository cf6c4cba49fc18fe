// @ts-check
/** How late something is: hours on the clock, and the working days in them. */

import { hours, t } from "../i18n.js";

/**
 * "88 h (2 working days)"; plans of earlier versions know the hours only.
 * @param {{ hours: number, working_days?: number | null }} late
 */
export const behind = ({ hours: clock, working_days: days }) =>
  days === undefined || days === null ? hours(clock) : t("terms.behind", { hours: hours(clock), days: t("terms.working-days", { count: days }) });

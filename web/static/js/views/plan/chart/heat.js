// @ts-check
/** How busy skills and people are, as rows of weeks: shares, what is scarce first. */

/** @typedef {[booked: number, available: number] | null} Week */
/**
 * @typedef {object} Line
 * @property {string} id @property {string} name @property {Week[]} weeks
 * @property {number} whole Booked of available over all weeks.
 * @property {[number, number]} sum
 * @property {number[]} demand Hours that ask for just this skill, by week; nothing for a person.
 * @property {number} open Hours of it that nobody is booked for.
 * @property {number} asked All of both.
 * @property {number} people How many people a skill has; 0 for a person.
 */

/** How much of a week is booked; null where nobody is on duty. @param {Week} week */
export function share(week) {
  if (!week) return null;
  const [booked, available] = week;
  if (available > 0) return booked / available;
  return booked > 0 ? Infinity : null;
}

/** In which of six shades a share is drawn. @param {number | null} share */
export function shade(share) {
  if (share === null) return "none";
  if (share > 1) return "over";
  if (share >= 0.9) return "full";
  if (share >= 0.7) return "high";
  if (share >= 0.4) return "some";
  return share > 0 ? "low" : "free";
}

/**
 * Lines of the skills or people, the busiest first.
 * @param {{ id: string, people?: number, weeks: Week[], demand?: number[], open?: number }[]} entries @param {(id: string) => string} name
 * @returns {Line[]}
 */
export function linesOf(entries, name) {
  return entries
    .map(({ id, people = 0, weeks, demand = [], open = 0 }) => {
      /** @type {[number, number]} */
      const sum = [0, 0];
      for (const week of weeks) {
        sum[0] += week?.[0] ?? 0;
        sum[1] += week?.[1] ?? 0;
      }
      const asked = demand.reduce((all, it) => all + it, open);
      return { id, name: name(id), weeks, sum, whole: share(sum) ?? 0, people, demand, open, asked };
    })
    .sort((a, b) => peak(b) - peak(a) || b.whole - a.whole);
}

/** The busiest week counts first, for that is where work is late or stays open. @param {Line} line */
function peak({ weeks }) {
  return weeks.reduce((most, it) => Math.max(most, Math.min(9, share(it) ?? 0)), 0);
}

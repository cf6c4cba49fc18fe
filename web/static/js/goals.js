// @ts-check
/** What goals are made of: the names of the presets, and of the terms in the order of plans. */

export const PRESETS = ["balanced", "on-time", "cheapest", "calm", "fair"];
export const TERMS = ["open_work", "lateness", "change", "cost", "wishes", "unfairness", "finish"];

// @ts-check
/** Small line drawings of 16 x 16; they go with words and say nothing by themselves. */

import { s } from "../dom.js";

const SHAPES = {
  menu: "M2 4h12M2 8h12M2 12h12",
  rollouts: "M2.5 3.5h7M5.5 8h8M4 12.5h6",
  home: "M2.5 7.5 8 2.5l5.5 5M4 6.5v7h8v-7M6.7 13.5v-3.5h2.6v3.5",
  plan: "M2 3h6M5 6.5h7M4 10h5M8 13.5h6M2 1v14",
  load: "M2 2h3v3H2zM6.5 2h3v3h-3zM11 2h3v3h-3zM2 6.5h3v3H2zM6.5 6.5h3v3h-3zM11 6.5h3v3h-3zM2 11h3v3H2zM6.5 11h3v3h-3z",
  open: "M8 1.8 14.5 13.5h-13zM8 6v3.5M8 11.4v.6",
  "what-if": "M3 13.5V9.5c0-3 2-3.5 5-3.5h4.5M10 3l3 3-3 3M3 5V2.5",
  compare: "M2 3h4.5v10H2zM9.5 3H14v10H9.5zM3.5 6H5M11 6h1.5M11 8.5h1.5",
  approve: "M8 1.5 13.5 4v4c0 3.5-2.5 5.5-5.5 6.5C5 13.5 2.5 11.5 2.5 8V4zM5.5 8l1.8 1.8L10.8 6.2",
  publish: "M2 6.5v3h2.5l6 3.5V3l-6 3.5zM13 6.5v3",
  mail: "M2 3.5h12v9H2zM2 4.5 8 9l6-4.5",
  data: "M2 3h12v10H2zM2 6.3h12M2 9.7h12M6 3v10",
  runs: "M8 2a6 6 0 1 1-5.5 3.6M2 2.5v3.3h3.3M8 5v3.3l2.2 1.4",
  nights: "M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7z",
  calendar: "M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v3M10.5 2v3",
  print: "M4.5 6V2h7v4M4.5 11.5h-2.5V6h12v5.5h-2.5M4.5 9.5h7V14h-7z",
  agenda: "M3 2h10v12H3zM5.5 5h5M5.5 8h5M5.5 11h3",
  person: "M8 8a2.8 2.8 0 1 0 0-5.6A2.8 2.8 0 0 0 8 8zM2.5 14c.5-2.8 2.7-4.3 5.5-4.3s5 1.5 5.5 4.3",
  people: "M6 7.5a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8zM1.5 13c.4-2.5 2.2-3.8 4.5-3.8s4.1 1.3 4.5 3.8M10.5 3a2.3 2.3 0 0 1 0 4.4M12 9.5c1.5.6 2.3 1.8 2.5 3.5",
  settings: "M2 4.5h7M12.5 4.5H14M2 11.5h1.5M7 11.5h7M10.8 6.2a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4zM5.2 13.2a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4z",
  search: "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.7 10.7 14 14",
  lock: "M4 7.5h8v6H4zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5",
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  check: "M3 8.5 6.3 12 13 4.5",
  cross: "M3.5 3.5l9 9M12.5 3.5l-9 9",
  more: "M3.5 8h.01M8 8h.01M12.5 8h.01",
  up: "M4 10l4-4 4 4",
  down: "M4 6l4 4 4-4",
  left: "M10 4 6 8l4 4",
  right: "M6 4l4 4-4 4",
  "up-down": "M5 6l3-3 3 3M5 10l3 3 3-3",
  upload: "M8 11V2.5M4.5 6 8 2.5 11.5 6M2.5 10.5v3h11v-3",
  download: "M8 2.5V11M4.5 7.5 8 11l3.5-3.5M2.5 10.5v3h11v-3",
  file: "M4 1.5h5.5L12.5 4.5v10H4zM9.5 1.5v3h3",
  play: "M5 3l8 5-8 5z",
  stop: "M4 4h8v8H4z",
  undo: "M3 6.5h6.5a3.5 3.5 0 0 1 0 7H6M5.5 3.5l-3 3 3 3",
  redo: "M13 6.5H6.5a3.5 3.5 0 0 0 0 7H10M10.5 3.5l3 3-3 3",
  trash: "M3 4.5h10M6 4.5V2.5h4v2M4.5 4.5l.5 9h6l.5-9",
  edit: "M3 13l.600-2.8L11 2.8l2.2 2.2-7.4 7.4z",
  clock: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.5V8l2.5 1.5",
  warning: "M8 1.8 14.5 13.5h-13zM8 6v3.5M8 11.4v.6",
  info: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 7.3v3.7M8 4.8v.6",
  keyboard: "M1.5 4h13v8h-13zM4 6.7h.01M6.7 6.7h.01M9.3 6.7h.01M12 6.7h.01M5 9.5h6",
  leave: "M9.5 2.5H3v11h6.5M7 8h7M11.5 5.5 14 8l-2.5 2.5",
  pin: "M5.5 2h5M6.5 2v4.5L4 9h8L9.5 6.5V2M8 9v5",
  link: "M6.7 9.3a2.7 2.7 0 0 0 3.8 0l2.5-2.5a2.7 2.7 0 0 0-3.8-3.8l-.8.8M9.3 6.7a2.7 2.7 0 0 0-3.8 0L3 9.2A2.7 2.7 0 0 0 6.8 13l.8-.8",
  star: "M8 2l1.8 3.8 4.2.5-3.1 2.9.8 4.1L8 11.3l-3.7 2 .8-4.1L2 6.3l4.2-.5z",
};

/** @typedef {keyof typeof SHAPES} IconName */

/**
 * @param {IconName} name
 * @returns {SVGSVGElement}
 */
export const icon = (name) =>
  s("svg", { class: "icon", viewBox: "0 0 16 16", "aria-hidden": "true", focusable: "false" }, s("path", { d: SHAPES[name] }));

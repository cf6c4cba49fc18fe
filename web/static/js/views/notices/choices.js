// @ts-check
/** What recipients can be, and how they can be notified. */

import { t } from "../../i18n.js";

/** Languages of messages, each by its own name. */
export const LANGUAGES = [
  { value: "en", text: "English" },
  { value: "de", text: "Deutsch" },
  { value: "sl", text: "Slovenščina" },
  { value: "hu", text: "Magyar" },
  { value: "hi", text: "हिन्दी" },
];

export const FORMS = () => ["link", "invitation"].map((it) => ({ value: it, text: t(`notices.form-${it}`) }));

/** Kinds of recipients with the part of the document that lists them. @type {Record<string, import("../changes/names.js").Part>} */
export const LISTS = { person: "people", audience: "audiences", department: "departments", room: "rooms", vendor: "vendors" };

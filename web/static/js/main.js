// @ts-check
/** Begins: messages and the reader first, then the frame, then the view of the address. */

import { address, get, signedOut } from "./api.js";
import { fill } from "./dom.js";
import { use } from "./i18n.js";
import { listen } from "./keys.js";
import { failed } from "./parts/empty.js";
import { frame } from "./frame.js";
import { recognise } from "./session.js";

const language = document.documentElement.lang;

try {
  const [messages] = await Promise.all([
    get(`${document.body.dataset.static}/messages/${language}.json`),
    recognise(),
  ]);
  use(language, messages);
  listen();
  frame(document.body);
  signedOut.addEventListener("signed-out", () => {
    if (!location.href.startsWith(address("sign-in"))) location.assign(address("sign-in"));
  });
} catch (error) {
  fill(document.body, failed(error));
}

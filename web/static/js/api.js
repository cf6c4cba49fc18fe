// @ts-check
/** Talks to the service: documents with their ETags, problems with all faults, events. */

/**
 * @typedef {object} Fault
 * @property {string} path
 * @property {string} code
 * @property {string} message
 * @property {number} [line]
 * @property {{sheet: string, row: number, column: string}} [cell]
 */

/**
 * @typedef {object} Asked
 * @property {any} [body] an object is sent as JSON, a Blob or text as it is
 * @property {string} [type] the media type of a body that is not JSON
 * @property {string} [match] the ETag that is to be replaced
 * @property {string} [accept]
 * @property {boolean} [once] with a key, so that asking again does nothing new
 * @property {AbortSignal} [signal]
 */

/**
 * @typedef {object} Answer
 * @property {any} value
 * @property {string | null} etag
 * @property {Response} response
 */

export const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** What the service says went wrong (RFC 9457), with all faults of a document. */
export class Problem extends Error {
  /**
   * @param {number} status 0 if nobody answered
   * @param {string} detail
   * @param {Fault[]} [faults]
   * @param {string | null} [current] the state that is there instead
   */
  constructor(status, detail, faults = [], current = null) {
    super(detail);
    this.name = "Problem";
    this.status = status;
    this.faults = faults;
    this.current = current;
  }
}

/** Called for every answer that somebody has to sign in first. */
export const signedOut = new EventTarget();

/** The address of a path of the service, below whatever prefix the pages are shown. */
export const address = (/** @type {string} */ path) => new URL(path, document.baseURI).href;

/**
 * A request; a Problem is thrown for every answer that is one.
 * @param {string} method
 * @param {string} path such as `v1/rollouts`, without a slash before it
 * @param {Asked} [asked]
 * @returns {Promise<Answer>}
 */
export async function send(method, path, asked = {}) {
  const response = await answered(method, path, asked);
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json");
  return {
    value: text && isJson ? JSON.parse(text) : text,
    etag: response.headers.get("etag"),
    response,
  };
}

/**
 * What is found at a path.
 * @param {string} path
 * @param {{signal?: AbortSignal}} [asked]
 * @returns {Promise<any>}
 */
export async function get(path, asked) {
  return (await send("GET", path, asked)).value;
}

/**
 * All entries of a long list, page by page.
 * @param {string} path
 * @param {{signal?: AbortSignal}} [asked]
 * @returns {Promise<any[]>}
 */
export async function all(path, asked) {
  const first = `${path}${path.includes("?") ? "&" : "?"}limit=200`;
  let page = await get(first, asked);
  const { items } = page;
  while (page.next !== null) {
    page = await get(`${first}&after=${encodeURIComponent(page.next)}`, asked);
    items.push(...page.items);
  }
  return items;
}

/**
 * What a request that creates something is answered with.
 * @param {string} path
 * @param {any} [body]
 * @param {Asked} [asked]
 * @returns {Promise<any>}
 */
export async function post(path, body, asked) {
  return (await send("POST", path, { body, ...asked })).value;
}

/**
 * Saves what is at a path as a file.
 * @param {string} path
 * @param {{accept?: string, name: string}} asked the name counts where the answer has none
 */
export async function download(path, { accept, name }) {
  const response = await answered("GET", path, { accept });
  save(await response.blob(), named(response.headers.get("content-disposition")) ?? name);
}

/**
 * Saves bytes or text as a file.
 * @param {Blob} blob
 * @param {string} name
 */
export function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/**
 * Follows server-sent events until `ended` comes or the signal aborts; the browser goes on by
 * itself where it was cut off.
 * @param {string} path
 * @param {Record<string, (body: any) => void>} listeners by the kind of event
 * @param {AbortSignal} signal
 */
export function follow(path, listeners, signal) {
  if (signal.aborted) return;
  let source = new EventSource(address(path));
  let seen = 0;
  let timer = 0;
  const kinds = new Set([...Object.keys(listeners), "ended"]);
  const listen = () => {
    for (const kind of kinds) {
      source.addEventListener(kind, (event) => {
        const number = Number(event.lastEventId);
        if (number <= seen) return;
        seen = number;
        if (kind === "ended") source.close();
        listeners[kind]?.(JSON.parse(event.data));
      });
    }
    source.addEventListener("error", () => {
      if (source.readyState !== EventSource.CLOSED || signal.aborted) return;
      timer = setTimeout(() => {
        source = new EventSource(address(path));
        listen();
      }, 3000);
    });
  };
  listen();
  signal.addEventListener("abort", () => {
    clearTimeout(timer);
    source.close();
  });
}

/**
 * @param {string} method
 * @param {string} path
 * @param {Asked} asked
 * @returns {Promise<Response>}
 */
async function answered(method, path, { body, type, match, accept, once, signal }) {
  const headers = new Headers();
  if (accept) headers.set("Accept", accept);
  if (match) headers.set("If-Match", match);
  if (once) headers.set("Idempotency-Key", key());
  const isRaw = typeof body === "string" || body instanceof Blob;
  if (body !== undefined) headers.set("Content-Type", type ?? (isRaw ? "application/octet-stream" : "application/json"));
  let response;
  try {
    response = await fetch(address(path), {
      method,
      headers,
      body: body === undefined || isRaw ? body : JSON.stringify(body),
      signal,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem(0, "");
  }
  if (response.ok || response.status === 304) return response;
  const problem = await response.json().catch(() => ({}));
  if (response.status === 401 && !path.startsWith("v1/session")) signedOut.dispatchEvent(new Event("signed-out"));
  throw new Problem(response.status, problem.detail ?? response.statusText, problem.faults ?? [], problem.current ?? null);
}

function key() {
  const numbers = crypto.getRandomValues(new Uint32Array(4));
  return [...numbers].map((it) => it.toString(16).padStart(8, "0")).join("");
}

/** @param {string | null} disposition */
function named(disposition) {
  const found = disposition?.match(/filename\*=UTF-8''([^;]+)/);
  return found ? decodeURIComponent(found[1]) : null;
}

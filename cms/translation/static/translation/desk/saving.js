/*
 * Saving at the desk. Requests are sent one by one, and again if the server is unreachable.
 * The messages for the user are data attributes of the form.
 */

// The delay in milliseconds before a failed request is sent again.
const RETRY_DELAY_MS = 5000;

export const form = document.querySelector("[data-desk]");
export const messages = form.dataset;
const status = form.querySelector("[data-desk-status]");

/** Show the status of saving. Screen readers announce it if it has changed. */
export function showStatus(text, isTrouble = false) {
  status.classList.toggle("is-trouble", isTrouble);
  if (status.textContent !== text) status.textContent = text;
}

/** Return whether this is the current status. */
export function isStatus(text) {
  return status.textContent === text;
}

/**
 * Send a form to one of the desk's URLs; resolve to the response's status and content.
 *
 * Rejects with a TypeError if the server is unreachable or responds with a status of 500 or more.
 */
export async function send(url, fields, keepalive = false) {
  const body = new URLSearchParams(fields);
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  const response = await fetch(url, {
    method: "POST",
    body,
    keepalive,
    redirect: "manual",
    headers: { "X-Requested-With": "XMLHttpRequest" },
  });
  if (response.status >= 500) throw new TypeError(`The server answered ${response.status}`);
  const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
  return { status: response.status, ok: response.ok && isJson, content: isJson ? await response.json() : null };
}

/** Return a message that says why a response is not a success. */
export function errorMessage({ status: code, content }) {
  if (content?.error) return content.error;
  if (code === 404) return messages.gone;
  if (code === 413 || code === 400) return messages.tooLong;
  return messages.signedOut;
}

// Requests run one after the other, because each starts from the result of the previous one.
export let queue = Promise.resolve();
let retry = null;
// The functions that send failed requests again.
const waiting = new Set();
// The parts of the page that can be unsaved.
const parts = [];

/** Add a part. `isUnsaved()` returns whether it has unsaved data, and `save()` saves them. */
export function addPart(part) {
  parts.push(part);
}

/** Add a request. If the server is unreachable, call `saveAll` and `again` after a delay. */
export function enqueue(request, again) {
  queue = queue.then(request).catch((error) => {
    if (!(error instanceof TypeError)) throw error;
    showStatus(messages.offline, true);
    if (again) waiting.add(again);
    clearTimeout(retry);
    retry = setTimeout(saveAll, RETRY_DELAY_MS);
  });
  return queue;
}

/** Save all changes and send failed requests again; resolve when all have responses. */
export function saveAll() {
  const requests = [...waiting];
  waiting.clear();
  for (const request of requests) request();
  for (const part of parts) part.save();
  return queue;
}

/** Show `trouble`, else whether the server has all texts and choices. */
export function showSavedStatus(trouble) {
  const isUnsaved = parts.some((part) => part.isUnsaved());
  showStatus(trouble || (isUnsaved ? messages.unsaved : messages.saved), Boolean(trouble));
}

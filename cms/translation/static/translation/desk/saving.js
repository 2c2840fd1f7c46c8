/*
 * Saving at the desk: one request after the other, sent again where the server is out of reach, and
 * how it goes, told in the words that come with the page as data attributes of the form.
 */

const RETRY_DELAY_MS = 5000; // Until what could not be sent is sent again.

export const form = document.querySelector("[data-desk]");
export const messages = form.dataset;
const status = form.querySelector("[data-desk-status]");

/** Tell how saving goes, aloud as well where it is news. */
export function showStatus(text, isTrouble = false) {
  status.classList.toggle("is-trouble", isTrouble);
  if (status.textContent !== text) status.textContent = text;
}

/** Whether this is what was told last. */
export function isStatus(text) {
  return status.textContent === text;
}

/**
 * Send a form to one of the desk's addresses; resolves to status and content.
 *
 * A server that cannot answer now is like one out of reach: both are told by a TypeError.
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

/** Say in words why an answer is no success. */
export function errorMessage({ status: code, content }) {
  if (content?.error) return content.error;
  if (code === 404) return messages.gone;
  if (code === 413 || code === 400) return messages.tooLong;
  return messages.signedOut;
}

// One request after the other: each begins with what the one before has left.
export let queue = Promise.resolve();
let retry = null;
const waiting = new Set(); // What is sent again.
const parts = []; // What of the page can be unsaved.

/** Add a part: `isUnsaved()` says whether the server lacks some of it, `save()` sends that. */
export function addPart(part) {
  parts.push(part);
}

/** Add a request; where the server cannot be reached, all is saved later, by `again` as well. */
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

/** Save all that was changed, and what is waiting; resolves when all is answered. */
export function saveAll() {
  const requests = [...waiting];
  waiting.clear();
  for (const request of requests) request();
  for (const part of parts) part.save();
  return queue;
}

/** Tell of trouble, else whether the server has all texts and choices. */
export function showSavedStatus(trouble) {
  const isUnsaved = parts.some((part) => part.isUnsaved());
  showStatus(trouble || (isUnsaved ? messages.unsaved : messages.saved), Boolean(trouble));
}

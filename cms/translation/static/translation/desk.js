/*
 * The translators' desk: what is typed is saved as it is typed.
 *
 * The page is a form that works without this script. Here each segment saves itself a moment after
 * typing, when its field is left, and before the page is; one request at a time, in the order of
 * typing. The words that are shown come with the page, as data attributes of the form.
 */

const PAUSE = 1000; // Milliseconds after the last key until a text is saved.
const RETRY = 5000; // Milliseconds until what could not be sent is sent again.

const form = document.querySelector("[data-desk]");
const status = form.querySelector("[data-desk-status]");
const words = form.dataset;

/** Tell how saving goes, aloud as well where it is news. */
function say(text, isTrouble = false) {
  status.classList.toggle("is-trouble", isTrouble);
  if (status.textContent !== text) status.textContent = text;
}

/**
 * Send a form to one of the desk's addresses; resolves to status and content.
 *
 * A server that cannot answer now is like one out of reach: both are told by a TypeError.
 */
async function send(url, fields, keepalive = false) {
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
function reason({ status: code, content }) {
  if (content?.error) return content.error;
  if (code === 404) return words.gone;
  if (code === 413 || code === 400) return words.tooLong;
  return words.signedOut;
}

/** One segment: its field, and what the server is known to have of it. */
class Segment {
  constructor(row) {
    this.row = row;
    this.field = row.querySelector("[data-desk-field]");
    this.seen = row.querySelector("[data-desk-seen]");
    this.error = row.querySelector("[data-desk-error]");
    this.conflict = row.querySelector("[data-desk-conflict]");
    this.confirmButton = row.querySelector("[data-desk-confirm]");
    this.known = this.field.defaultValue;
    this.refused = null;
    this.isUnanswered = false; // Whether the server may have got a text that it did not answer.
    this.timer = null;
    this.field.addEventListener("input", () => this.typed());
    this.field.addEventListener("blur", () => this.save());
    this.confirmButton?.addEventListener("click", (event) => {
      event.preventDefault();
      this.save(true);
      this.field.focus();
    });
    row.querySelector("[data-desk-tags]")?.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) this.insert(button.dataset.opening, button.dataset.closing);
    });
    row.addEventListener("click", (event) => {
      const offer = event.target.closest("[data-insert]");
      if (offer && !this.field.readOnly) this.insert(offer.dataset.insert, "");
    });
    for (const element of row.querySelectorAll("[data-desk-tags], [data-desk-keep], [data-desk-take]")) {
      element.hidden = false;
    }
    row.querySelector("[data-desk-keep]").addEventListener("click", () => this.keep());
    row.querySelector("[data-desk-take]").addEventListener("click", () => this.take());
    if (!this.conflict.hidden) this.theirs = { text: row.querySelector("[data-desk-theirs]").textContent };
  }

  get isTodo() {
    return this.row.dataset.condition !== "done";
  }

  /** Whether the field holds what the server does not have. */
  get isDirty() {
    return this.isUnanswered || this.field.value.trim() !== this.known.trim();
  }

  typed() {
    this.grow();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
    if (this.isDirty) say(words.unsaved);
    else if (status.textContent === words.unsaved) sayWhetherSaved();
  }

  /** Make the field as high as its text, where the browser does not. */
  grow() {
    if (CSS.supports("field-sizing", "content")) return;
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight + 2}px`;
  }

  /** Put a tag around what is selected, so that the browser can undo it. */
  insert(opening, closing) {
    const { selectionStart: start, selectionEnd: end, value } = this.field;
    this.field.focus();
    const text = opening + value.slice(start, end) + closing;
    if (!document.execCommand("insertText", false, text)) {
      this.field.setRangeText(text, start, end, "end");
      this.typed();
    }
    const cursor = start === end ? start + opening.length : start + text.length;
    this.field.setSelectionRange(cursor, cursor);
  }

  /** Save the field, or confirm it as it is; resolves when the server has answered. */
  save(isConfirmed = false) {
    clearTimeout(this.timer);
    if (this.field.readOnly || (!this.conflict.hidden && !isConfirmed)) return queue;
    const text = this.field.value;
    if (!isConfirmed && (!this.isDirty || text === this.refused)) return queue;
    if (isConfirmed && (!text.trim() || (!this.isDirty && !this.isTodo))) return queue;
    say(words.saving);
    return enqueue(async () => {
      const fields = { text, seen: this.seen.value };
      if (isConfirmed) fields.confirm = "1";
      this.isUnanswered = true;
      const answer = await send(this.row.dataset.url, fields);
      this.isUnanswered = false;
      this.answered(text, answer);
    }, isConfirmed && (() => this.save(true)));
  }

  /** Take in what the server answered to `text`. */
  answered(text, answer) {
    if (answer.ok) {
      this.kept(text, answer.content);
      return;
    }
    if (answer.status === 409) {
      this.showConflict(answer.content);
      return;
    }
    this.refused = text;
    this.show(reason(answer));
    say(reason(answer), true);
  }

  kept(text, content) {
    this.refused = null;
    for (const twin of segments.filter((each) => each.row.dataset.key === this.row.dataset.key)) {
      const isUntouched = twin === this ? twin.field.value === text : !twin.isDirty;
      if (isUntouched && twin.field.value.trim() !== content.text.trim()) twin.field.value = content.text;
      twin.known = content.text;
      twin.seen.value = content.seen;
      twin.row.dataset.condition = content.condition;
      twin.row.querySelector("[data-desk-condition]").textContent = content.condition_label;
      if (twin.confirmButton) twin.confirmButton.hidden = content.condition === "done";
      twin.warn(content.warnings);
      twin.grow();
    }
    for (const segment of segments) segment.show(content.errors[segment.row.id.replace("segment-", "")] ?? "");
    showProgress(content);
    sayWhetherSaved(content.trouble);
    refreshPreview();
  }

  /** Show what is wrong with the segment. */
  show(error) {
    // What was refused and is still in the field stays refused.
    if (!error && this.refused !== null && this.field.value === this.refused) return;
    this.error.textContent = error;
    if (error) this.field.setAttribute("aria-invalid", "true");
    else this.field.removeAttribute("aria-invalid");
  }

  /** Show which official names the text lacks; it is kept all the same. */
  warn(warnings) {
    const list = this.row.querySelector("[data-desk-warnings]");
    list.replaceChildren(...warnings.map((warning) => Object.assign(document.createElement("li"), { textContent: warning })));
  }

  showConflict(theirs) {
    this.theirs = theirs;
    this.row.querySelector("[data-desk-theirs]").textContent = theirs.text;
    this.conflict.hidden = false;
    this.show(theirs.error);
    say(theirs.error, true);
  }

  /** Overwrite what somebody else wrote, having seen it. */
  keep() {
    this.conflict.hidden = true;
    this.seen.value = this.theirs.seen ?? this.seen.value;
    this.known = this.theirs.text;
    this.show("");
    this.save(true);
    this.field.focus();
  }

  /** Have what somebody else wrote. */
  take() {
    this.conflict.hidden = true;
    this.seen.value = this.theirs.seen ?? this.seen.value;
    this.known = this.field.value = this.theirs.text;
    this.show("");
    say("");
    this.grow();
    this.field.focus();
  }
}

// One request after the other: each begins with what the one before has left.
let queue = Promise.resolve();
let retry = null;
const waiting = new Set(); // What is sent again.

/** Add a request; where the server cannot be reached, all is saved later, by `again` as well. */
function enqueue(request, again) {
  queue = queue.then(request).catch((error) => {
    if (!(error instanceof TypeError)) throw error;
    say(words.offline, true);
    if (again) waiting.add(again);
    clearTimeout(retry);
    retry = setTimeout(saveAll, RETRY);
  });
  return queue;
}

/** Save all that was changed, and what is waiting; resolves when all is answered. */
function saveAll() {
  const requests = [...waiting];
  waiting.clear();
  for (const request of requests) request();
  for (const segment of segments) segment.save();
  return queue;
}

/** Tell of trouble, else whether the server has all texts and choices. */
function sayWhetherSaved(trouble) {
  const isSaved = !unsaved.size && !segments.some((segment) => segment.isDirty);
  say(trouble || (isSaved ? words.saved : words.unsaved), Boolean(trouble));
}

const segments = [...form.querySelectorAll("[data-desk-row]")].map((row) => new Segment(row));
for (const segment of segments) segment.grow();

/** Show how far the translation is. */
function showProgress({ counts, told }) {
  form.querySelector("#desk-progress").value = counts.percentage;
  form.querySelector("[data-desk-progress-told]").textContent = told.progress;
  form.querySelector("[data-desk-gaps]").textContent = told.gaps;
  for (const count of form.querySelectorAll("[data-desk-count]")) {
    count.textContent = counts[count.dataset.deskCount];
  }
  for (const step of form.querySelectorAll("[data-desk-step]")) {
    if (counts.todo) step.setAttribute("aria-disabled", "true");
    else step.removeAttribute("aria-disabled");
  }
}

/* Moving about. */

/** Put the cursor into a segment. */
function goTo(segment) {
  segment.row.closest("[data-desk-group]").hidden = segment.row.hidden = false;
  segment.field.focus({ preventScroll: true });
  segment.row.scrollIntoView({ block: "nearest" });
}

function current() {
  return segments.findIndex((segment) => segment.row.contains(document.activeElement));
}

/** Go to the next segment that is to do, from the top again after the last. */
function goToNext() {
  const start = current() + 1;
  const next = [...segments.slice(start), ...segments.slice(0, start)].find((each) => each.isTodo);
  if (next) goTo(next);
  else say(words.allDone);
}

function step(by) {
  const shown = segments.filter((segment) => !segment.row.hidden);
  const at = shown.indexOf(segments[current()]);
  const target = at < 0 ? shown[0] : shown[at + by];
  if (target) goTo(target);
}

form.addEventListener("keydown", async (event) => {
  const segment = segments[current()];
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && segment) {
    event.preventDefault();
    await segment.save(true);
    if (document.activeElement === segment.field && !segment.error.textContent) goToNext();
  } else if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    event.preventDefault();
    step(event.key === "ArrowUp" ? -1 : 1);
  }
});

form.querySelector("[data-desk-bar]").hidden = false;
form.querySelector("[data-desk-next]").addEventListener("click", goToNext);

const FILTERS = {
  all: () => true,
  todo: (segment) => segment.isTodo,
  changed: (segment) => segment.row.dataset.condition === "changed",
  machine: (segment) => segment.row.dataset.condition === "machine",
};

/** Show what a filter lets through as it is now; work that is done under it stays in sight. */
function filter(name) {
  for (const button of form.querySelectorAll("[data-desk-filter]")) {
    button.setAttribute("aria-pressed", String(button.dataset.deskFilter === name));
  }
  for (const segment of segments) segment.row.hidden = !FILTERS[name](segment);
  for (const row of form.querySelectorAll("[data-desk-replacement]")) row.hidden = name !== "all";
  for (const group of form.querySelectorAll("[data-desk-group]")) {
    group.hidden = !group.querySelector("li[data-desk-row]:not([hidden]), li[data-desk-replacement]:not([hidden])");
  }
}

for (const button of form.querySelectorAll("[data-desk-filter]")) {
  button.addEventListener("click", () => filter(button.dataset.deskFilter));
}

/* Pictures, files and addresses. */

const unsaved = new Map(); // Rows whose choice the server does not have, with the field of it.

/** Save the choice of a row, as it is when its turn comes. */
function saveChoice(row) {
  if (!unsaved.has(row)) return queue;
  const error = row.querySelector("[data-desk-error]");
  say(words.saving);
  return enqueue(async () => {
    const field = unsaved.get(row);
    if (!field) return; // A request before took it along.
    const { value } = field;
    const answer = await send(row.dataset.url, { value });
    error.textContent = answer.ok ? answer.content.trouble : reason(answer);
    if (answer.ok && field.value === value) unsaved.delete(row);
    sayWhetherSaved(error.textContent);
    if (!answer.ok) return;
    field.defaultValue = value;
    refreshPreview();
  }, () => saveChoice(row));
}

for (const row of form.querySelectorAll("[data-desk-replacement]")) {
  row.addEventListener("change", ({ target }) => {
    if (!target.name?.startsWith("replacement-")) return;
    unsaved.set(row, target);
    saveChoice(row);
  });
}

/* Leaving: with the buttons below, or by closing the page. */

form.querySelector("[data-desk-save]")?.remove();

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = event.submitter;
  await saveAll();
  const trouble = segments.find((segment) => segment.isDirty || !segment.conflict.hidden || segment.error.textContent);
  const gap = button?.hasAttribute("data-desk-step") && (trouble ?? segments.find((segment) => segment.isTodo));
  if (gap) {
    goTo(gap);
    say(gap.error.textContent || form.querySelector("[data-desk-gaps]").textContent, true);
    return;
  }
  const [row] = unsaved.keys();
  if (row && button?.hasAttribute("data-desk-step")) {
    row.closest("[data-desk-group]").hidden = row.hidden = false;
    // On a phone the bar at the foot would hide a row that is only just in sight.
    row.scrollIntoView({ block: "center" });
    row.querySelector("input:not([type=hidden]), button")?.focus({ preventScroll: true });
    say(row.querySelector("[data-desk-error]").textContent || words.offline, true);
    return;
  }
  if (!button?.formAction || !button.hasAttribute("formaction")) return;
  // Everything is saved: the step needs none of it again.
  for (const element of form.querySelectorAll("textarea, li input")) element.disabled = true;
  form.action = button.formAction;
  form.submit();
});

window.addEventListener("pagehide", () => {
  for (const segment of segments.filter((each) => each.isDirty && each.conflict.hidden)) {
    send(segment.row.dataset.url, { text: segment.field.value, seen: segment.seen.value }, true).catch(() => {});
  }
});

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") saveAll();
});

window.addEventListener("beforeunload", (event) => {
  const fields = segments.filter((segment) => segment.isDirty).map((segment) => segment.field);
  if ([...fields, ...unsaved.values()].some((field) => !field.disabled)) {
    saveAll();
    event.preventDefault();
  }
});

/* The preview, which is drawn only while somebody looks at it. */

const preview = document.querySelector("[data-desk-preview]");
const panel = preview.closest("[data-side-panel]");

/** Draw the preview anew, where the reader of the one before was. */
function refreshPreview() {
  if (panel.hidden) return;
  const place = preview.querySelector("[data-desk-frame]");
  const [before] = place.children;
  const frame = document.createElement("iframe");
  frame.title = preview.dataset.title;
  frame.src = preview.dataset.url;
  frame.style.visibility = before ? "hidden" : "visible";
  frame.addEventListener("load", () => {
    if (before) frame.contentWindow.scrollTo(0, before.contentWindow?.scrollY ?? 0);
    frame.style.visibility = "visible";
    for (const other of [...place.children]) if (other !== frame) other.remove();
  });
  place.append(frame);
}

panel.addEventListener("show", refreshPreview);
new MutationObserver(() => {
  if (!panel.hidden && !preview.querySelector("iframe")) refreshPreview();
}).observe(panel, { attributeFilter: ["hidden"] });
refreshPreview();

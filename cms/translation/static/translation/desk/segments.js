/*
 * The segments of the desk. Each saves itself shortly after typing, and when its field loses focus.
 */

import { refreshPreview } from "./preview.js";
import { addPart, enqueue, errorMessage, form, isStatus, messages, queue, send, showSavedStatus, showStatus } from "./saving.js";

// The delay in milliseconds between the last key and the saving of a text.
const SAVE_DELAY_MS = 1000;

/** One segment: its field, and the text that the server is known to have. */
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
    // Whether the server may have a text for which no response arrived.
    this.isUnanswered = false;
    this.timer = null;
    this.field.addEventListener("input", () => this.onInput());
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
      const suggestion = event.target.closest("[data-insert]");
      if (suggestion && !this.field.readOnly) this.insert(suggestion.dataset.insert, "");
    });
    for (const element of row.querySelectorAll("[data-desk-tags], [data-desk-keep], [data-desk-take]")) {
      element.hidden = false;
    }
    row.querySelector("[data-desk-keep]").addEventListener("click", () => this.keepMine());
    row.querySelector("[data-desk-take]").addEventListener("click", () => this.takeTheirs());
    if (!this.conflict.hidden) this.theirs = { text: row.querySelector("[data-desk-theirs]").textContent };
  }

  get isTodo() {
    return this.row.dataset.condition !== "done";
  }

  /** Whether the field has a text that the server does not have. */
  get isDirty() {
    return this.isUnanswered || this.field.value.trim() !== this.known.trim();
  }

  onInput() {
    this.grow();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), SAVE_DELAY_MS);
    if (this.isDirty) showStatus(messages.unsaved);
    else if (isStatus(messages.unsaved)) showSavedStatus();
  }

  /** Make the field as high as its text, if the browser cannot do it with CSS. */
  grow() {
    if (CSS.supports("field-sizing", "content")) return;
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight + 2}px`;
  }

  /** Put a tag around the selection, in a way that the browser can undo. */
  insert(opening, closing) {
    const { selectionStart: start, selectionEnd: end, value } = this.field;
    this.field.focus();
    const text = opening + value.slice(start, end) + closing;
    if (!document.execCommand("insertText", false, text)) {
      this.field.setRangeText(text, start, end, "end");
      this.onInput();
    }
    const cursor = start === end ? start + opening.length : start + text.length;
    this.field.setSelectionRange(cursor, cursor);
  }

  /** Save or confirm the text of the field; resolve when the server has responded. */
  save(isConfirmed = false) {
    clearTimeout(this.timer);
    if (this.field.readOnly || (!this.conflict.hidden && !isConfirmed)) return queue;
    const text = this.field.value;
    if (!isConfirmed && (!this.isDirty || text === this.refused)) return queue;
    if (isConfirmed && (!text.trim() || (!this.isDirty && !this.isTodo))) return queue;
    showStatus(messages.saving);
    return enqueue(async () => {
      const fields = { text, seen: this.seen.value };
      if (isConfirmed) fields.confirm = "1";
      this.isUnanswered = true;
      const answer = await send(this.row.dataset.url, fields);
      this.isUnanswered = false;
      this.onAnswer(text, answer);
    }, isConfirmed && (() => this.save(true)));
  }

  /** Handle the server's response to `text`. */
  onAnswer(text, answer) {
    if (answer.ok) {
      this.onSaved(text, answer.content);
      return;
    }
    if (answer.status === 409) {
      this.showConflict(answer.content);
      return;
    }
    this.refused = text;
    this.show(errorMessage(answer));
    showStatus(errorMessage(answer), true);
  }

  onSaved(text, content) {
    this.refused = null;
    for (const duplicate of segments.filter((each) => each.row.dataset.key === this.row.dataset.key)) {
      const isUntouched = duplicate === this ? duplicate.field.value === text : !duplicate.isDirty;
      if (isUntouched && duplicate.field.value.trim() !== content.text.trim()) duplicate.field.value = content.text;
      duplicate.known = content.text;
      duplicate.seen.value = content.seen;
      duplicate.row.dataset.condition = content.condition;
      duplicate.row.querySelector("[data-desk-condition]").textContent = content.condition_label;
      if (duplicate.confirmButton) duplicate.confirmButton.hidden = content.condition === "done";
      duplicate.warn(content.warnings);
      duplicate.grow();
    }
    for (const segment of segments) segment.show(content.errors[segment.row.id.replace("segment-", "")] ?? "");
    showProgress(content);
    showSavedStatus(content.trouble);
    refreshPreview();
  }

  /** Show the error of the segment. */
  show(error) {
    // A refused text that is still in the field keeps its error.
    if (!error && this.refused !== null && this.field.value === this.refused) return;
    this.error.textContent = error;
    if (error) this.field.setAttribute("aria-invalid", "true");
    else this.field.removeAttribute("aria-invalid");
  }

  /** Show which official names the text lacks. The text is saved all the same. */
  warn(warnings) {
    const list = this.row.querySelector("[data-desk-warnings]");
    list.replaceChildren(...warnings.map((warning) => Object.assign(document.createElement("li"), { textContent: warning })));
  }

  showConflict(theirs) {
    this.theirs = theirs;
    this.row.querySelector("[data-desk-theirs]").textContent = theirs.text;
    this.conflict.hidden = false;
    this.show(theirs.error);
    showStatus(theirs.error, true);
  }

  /** Overwrite the text of somebody else, which the user has now seen. */
  keepMine() {
    this.conflict.hidden = true;
    this.seen.value = this.theirs.seen ?? this.seen.value;
    this.known = this.theirs.text;
    this.show("");
    this.save(true);
    this.field.focus();
  }

  /** Use the text of somebody else. */
  takeTheirs() {
    this.conflict.hidden = true;
    this.seen.value = this.theirs.seen ?? this.seen.value;
    this.known = this.field.value = this.theirs.text;
    this.show("");
    showStatus("");
    this.grow();
    this.field.focus();
  }
}

/** Show the progress of the translation. */
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

export const segments = [...form.querySelectorAll("[data-desk-row]")].map((row) => new Segment(row));
for (const segment of segments) segment.grow();

addPart({
  isUnsaved: () => segments.some((segment) => segment.isDirty),
  save: () => segments.forEach((segment) => segment.save()),
});

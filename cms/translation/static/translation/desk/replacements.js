/*
 * Pictures, files and addresses of a translation. Each choice is saved at once.
 */

import { refreshPreview } from "./preview.js";
import { addPart, enqueue, errorMessage, form, messages, queue, send, showSavedStatus, showStatus } from "./saving.js";

// The rows whose choice the server does not have, each with its field.
export const unsaved = new Map();

/** Save the choice of a row, with its value at the time of the request. */
function saveReplacement(row) {
  if (!unsaved.has(row)) return queue;
  const error = row.querySelector("[data-desk-error]");
  showStatus(messages.saving);
  return enqueue(async () => {
    const field = unsaved.get(row);
    // An earlier request has saved the choice already.
    if (!field) return;
    const { value } = field;
    const answer = await send(row.dataset.url, { value });
    error.textContent = answer.ok ? answer.content.trouble : errorMessage(answer);
    if (answer.ok && field.value === value) unsaved.delete(row);
    showSavedStatus(error.textContent);
    if (!answer.ok) return;
    field.defaultValue = value;
    refreshPreview();
  }, () => saveReplacement(row));
}

addPart({
  isUnsaved: () => unsaved.size > 0,
  // saving.js sends a choice again that could not be sent.
  save: () => {},
});

for (const row of form.querySelectorAll("[data-desk-replacement]")) {
  row.addEventListener("change", ({ target }) => {
    if (!target.name?.startsWith("replacement-")) return;
    unsaved.set(row, target);
    saveReplacement(row);
  });
}

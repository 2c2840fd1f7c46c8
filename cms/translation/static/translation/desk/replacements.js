/*
 * Pictures, files and addresses of a translation: each choice is saved as it is made.
 */

import { refreshPreview } from "./preview.js";
import { addPart, enqueue, errorMessage, form, messages, queue, send, showSavedStatus, showStatus } from "./saving.js";

export const unsaved = new Map(); // Rows whose choice the server does not have, with the field of it.

/** Save the choice of a row, as it is when its turn comes. */
function saveReplacement(row) {
  if (!unsaved.has(row)) return queue;
  const error = row.querySelector("[data-desk-error]");
  showStatus(messages.saving);
  return enqueue(async () => {
    const field = unsaved.get(row);
    if (!field) return; // A request before took it along.
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
  save: () => {}, // What could not be sent waits to be sent again.
});

for (const row of form.querySelectorAll("[data-desk-replacement]")) {
  row.addEventListener("change", ({ target }) => {
    if (!target.name?.startsWith("replacement-")) return;
    unsaved.set(row, target);
    saveReplacement(row);
  });
}

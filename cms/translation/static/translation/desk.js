/*
 * The translators' desk, which saves texts while the translator types.
 *
 * The page is a form that works without this script. With the script, each segment and each choice
 * saves itself. Everything that is not saved yet is saved when the user leaves the page, with the
 * buttons at the bottom or by closing it.
 */

import { unsaved } from "./desk/replacements.js";
import { goTo } from "./desk/navigation.js";
import { form, messages, saveAll, send, showStatus } from "./desk/saving.js";
import { segments } from "./desk/segments.js";

form.querySelector("[data-desk-save]")?.remove();

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = event.submitter;
  await saveAll();
  const trouble = segments.find((segment) => segment.isDirty || !segment.conflict.hidden || segment.error.textContent);
  const gap = button?.hasAttribute("data-desk-step") && (trouble ?? segments.find((segment) => segment.isTodo));
  if (gap) {
    goTo(gap);
    showStatus(gap.error.textContent || form.querySelector("[data-desk-gaps]").textContent, true);
    return;
  }
  const [row] = unsaved.keys();
  if (row && button?.hasAttribute("data-desk-step")) {
    row.closest("[data-desk-group]").hidden = row.hidden = false;
    // On a phone, the bar at the bottom would hide a row that is barely visible.
    row.scrollIntoView({ block: "center" });
    row.querySelector("input:not([type=hidden]), button")?.focus({ preventScroll: true });
    showStatus(row.querySelector("[data-desk-error]").textContent || messages.offline, true);
    return;
  }
  if (!button?.formAction || !button.hasAttribute("formaction")) return;
  // Everything is saved already, so the step's request need not send it again.
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

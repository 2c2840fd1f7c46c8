/*
 * Navigation at the desk: to the next unfinished segment, with the keyboard, and with filters.
 */

import { form, messages, showStatus } from "./saving.js";
import { segments } from "./segments.js";

/** Move the focus to a segment. */
export function goTo(segment) {
  segment.row.closest("[data-desk-group]").hidden = segment.row.hidden = false;
  segment.field.focus({ preventScroll: true });
  segment.row.scrollIntoView({ block: "nearest" });
}

function current() {
  return segments.findIndex((segment) => segment.row.contains(document.activeElement));
}

/** Go to the next unfinished segment, and from the last segment to the top. */
function goToNext() {
  const start = current() + 1;
  const next = [...segments.slice(start), ...segments.slice(0, start)].find((each) => each.isTodo);
  if (next) goTo(next);
  else showStatus(messages.allDone);
}

function goBy(by) {
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
    goBy(event.key === "ArrowUp" ? -1 : 1);
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

/** Show the segments that match a filter now. A segment that is finished later stays visible. */
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

/*
 * The text-size control of articles: 80% to 200% in steps, remembered in this browser.
 *
 * A classic script in the head, so that a remembered size holds before anything is drawn. Without
 * it the control stays hidden and text has its normal size.
 */
(() => {
  const SMALLEST = 80;
  const LARGEST = 200;
  const KEY = "text-size";

  let size = 100;
  try {
    const kept = Number(localStorage.getItem(KEY));
    if (kept >= SMALLEST && kept <= LARGEST) size = kept;
  } catch {
    // The browser refuses storage: the size holds for this page.
  }

  function apply() {
    document.documentElement.style.setProperty("--text-size", size / 100);
    for (const output of document.querySelectorAll("[data-text-size-value]")) {
      output.textContent = `${size}%`;
    }
  }

  function change(to) {
    size = Math.min(LARGEST, Math.max(SMALLEST, to));
    apply();
    try {
      localStorage.setItem(KEY, size);
    } catch {
      // See above.
    }
  }

  apply();

  document.addEventListener("DOMContentLoaded", () => {
    apply();
    for (const control of document.querySelectorAll("[data-text-size]")) {
      control.hidden = false;
      control.addEventListener("click", (event) => {
        const button = event.target.closest("button");
        if (!button) return;
        if ("textSizeReset" in button.dataset) change(100);
        else change(size + Number(button.dataset.textSizeStep));
      });
    }
  });
})();

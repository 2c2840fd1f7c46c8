/*
 * Remembers the reader's text size and colours, and loads the modules after the first paint.
 * A returning reader has this file in the cache, so the choice applies from the first paint.
 */
(() => {
  const root = document.documentElement;
  root.dataset.scripts = ""; // shows elements that need scripts
  const NAMES = ["text", "theme"];

  // Earlier, they would take bandwidth from the page itself.
  const { modules = "" } = document.currentScript.dataset;
  new PerformanceObserver((_paints, observer) => {
    observer.disconnect();
    for (const address of modules.match(/\S+/g) ?? []) import(address);
  }).observe({ type: "paint", buffered: true });

  /** Set a choice for the style sheet: <html data-theme="dark">. */
  function apply(name, value) {
    if (value) root.dataset[name] = value;
    else delete root.dataset[name];
  }

  function recall(name) {
    try {
      return localStorage.getItem(`display-${name}`);
    } catch {
      return null; // the browser refuses storage
    }
  }

  for (const name of NAMES) apply(name, recall(name));

  /** Check the radio button of a choice. Return whether it exists. */
  function check(name, value) {
    const radios = [...document.querySelectorAll(`#display [name="${name}"]`)];
    const radio = radios.find((each) => each.value === value);
    if (radio) radio.checked = true;
    return Boolean(radio);
  }

  function follow() {
    const panel = document.querySelector("#display");
    if (!panel) return;
    for (const name of NAMES) {
      if (!check(name, root.dataset[name])) apply(name, null);
    }
    panel.addEventListener("change", ({ target }) => {
      apply(target.name, target.value);
      try {
        localStorage.setItem(`display-${target.name}`, target.value);
      } catch {
        // It applies only to this page.
      }
    });
  }

  if (document.readyState === "loading") addEventListener("DOMContentLoaded", follow);
  else follow();

  // A choice in another tab applies to this tab too.
  addEventListener("storage", ({ key, newValue }) => {
    const name = NAMES.find((each) => key === `display-${each}`);
    if (name && check(name, newValue)) apply(name, newValue);
  });
})();

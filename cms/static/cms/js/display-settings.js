/*
 * Remembers the size of the text and the colours that the reader chose, and fetches the modules once
 * there is something to read. Who chose has this file in the cache: it holds from the first sight.
 */
(() => {
  const root = document.documentElement;
  root.dataset.scripts = ""; // shows what does nothing without scripts
  const NAMES = ["text", "theme"];

  // Before, they would take bandwidth from what the reader waits for.
  const { modules = "" } = document.currentScript.dataset;
  new PerformanceObserver((_paints, observer) => {
    observer.disconnect();
    for (const address of modules.match(/\S+/g) ?? []) import(address);
  }).observe({ type: "paint", buffered: true });

  /** Tell the style sheet what was chosen: <html data-theme="dark">. */
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

  /** Check the radio button of a choice; say whether there is one. */
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
        // It holds for this page.
      }
    });
  }

  if (document.readyState === "loading") addEventListener("DOMContentLoaded", follow);
  else follow();

  // What is chosen in another tab holds in this one too.
  addEventListener("storage", ({ key, newValue }) => {
    const name = NAMES.find((each) => key === `display-${each}`);
    if (name && check(name, newValue)) apply(name, newValue);
  });
})();

/*
 * In the page editor: what is submitted waits for the autosave that is under way.
 *
 * Wagtail creates a new page by its first autosave and learns the page's own address from the
 * answer. A form sent in between would create a second page beside the draft.
 */
(() => {
  let saving = false;
  let waiting = null; // the button whose submission waits
  let sent = false;

  document.addEventListener("w-autosave:save", (event) => {
    if (sent) event.preventDefault();
    else saving = true;
  });

  for (const name of ["success", "error"]) {
    document.addEventListener(`w-autosave:${name}`, () => {
      saving = false;
      if (!waiting) return;
      const { form, name, value } = waiting;
      waiting = null;
      // The button shows its progress by now and would not be sent itself.
      const action = document.createElement("input");
      Object.assign(action, { type: "hidden", name, value });
      if (name) form.append(action);
      form.requestSubmit();
    });
  }

  document.addEventListener(
    "submit",
    (event) => {
      if (!event.target.matches("[data-edit-form]")) return;
      if (saving && event.submitter) {
        event.preventDefault();
        event.stopImmediatePropagation();
        waiting = event.submitter;
      } else {
        sent = true;
      }
    },
    true,
  );
})();

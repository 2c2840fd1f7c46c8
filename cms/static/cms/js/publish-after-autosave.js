/*
 * In the page editor, a submission waits for a running autosave.
 *
 * Wagtail creates a new page with its first autosave and gets the page's URL from the response.
 * A form sent before that response would create a second page beside the draft.
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
      // The button now shows its progress, so the form would not send it.
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

/*
 * Hide the engine in the editor of wagtail-localize, in which snippets are translated. The guards
 * refuse the engine (cms/translation/middleware.py). This script removes it from the editor's data
 * before the editor's own script reads them.
 */
document.addEventListener("DOMContentLoaded", () => {
  for (const editor of document.querySelectorAll(".js-translation-editor")) {
    const props = JSON.parse(editor.dataset.props);
    props.machineTranslator = null;
    editor.dataset.props = JSON.stringify(props);
  }
});

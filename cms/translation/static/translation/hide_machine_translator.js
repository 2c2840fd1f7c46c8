/*
 * The editor of wagtail-localize, in which snippets are translated, offers an engine that the guards
 * refuse (cms/translation/middleware.py): take it out of what it is told, before its own script
 * reads it.
 */
document.addEventListener("DOMContentLoaded", () => {
  for (const editor of document.querySelectorAll(".js-translation-editor")) {
    const props = JSON.parse(editor.dataset.props);
    props.machineTranslator = null;
    editor.dataset.props = JSON.stringify(props);
  }
});

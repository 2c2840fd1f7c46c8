/*
 * The editor of wagtail-localize offers what the guards refuse (cms/translation/middleware.py):
 * take those actions out of what it is told, before its own script reads it.
 */
document.addEventListener("DOMContentLoaded", () => {
  for (const editor of document.querySelectorAll(".js-translation-editor")) {
    const props = JSON.parse(editor.dataset.props);
    props.links.convertToAliasUrl = null;
    editor.dataset.props = JSON.stringify(props);
    // Stopping a translation takes the right to publish; the style sheet beside this hides it.
    editor.classList.toggle("may-only-translate", !props.perms.canPublish);
  }
});

/*
 * The preview of a translation, which is rendered only while its panel is open.
 */

const preview = document.querySelector("[data-desk-preview]");
const panel = preview.closest("[data-side-panel]");

/** Render the preview again, at the scroll position of the previous one. */
export function refreshPreview() {
  if (panel.hidden) return;
  const place = preview.querySelector("[data-desk-frame]");
  const [before] = place.children;
  const frame = document.createElement("iframe");
  frame.title = preview.dataset.title;
  frame.src = preview.dataset.url;
  frame.style.visibility = before ? "hidden" : "visible";
  frame.addEventListener("load", () => {
    if (before) frame.contentWindow.scrollTo(0, before.contentWindow?.scrollY ?? 0);
    frame.style.visibility = "visible";
    for (const other of [...place.children]) if (other !== frame) other.remove();
  });
  place.append(frame);
}

panel.addEventListener("show", refreshPreview);
new MutationObserver(() => {
  if (!panel.hidden && !preview.querySelector("iframe")) refreshPreview();
}).observe(panel, { attributeFilter: ["hidden"] });
refreshPreview();

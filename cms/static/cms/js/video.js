/*
 * Plays a linked video in its place. Nothing is requested from the other site before the click.
 * Without this script, the link opens it.
 */

for (const link of document.querySelectorAll("a[data-player]:not([data-ready])")) {
  link.dataset.ready = "";
  link.addEventListener("click", (event) => {
    // The browser handles a click that opens a tab or a window.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const player = document.createElement("iframe");
    player.src = link.dataset.player;
    player.title = link.dataset.title;
    player.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
    player.allowFullscreen = true;
    link.replaceWith(player);
    player.focus();
  });
}

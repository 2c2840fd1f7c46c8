/*
 * Plays a linked video in its place. Before the click nothing is asked of the other site; without
 * this script the link leads there.
 */

for (const link of document.querySelectorAll("a[data-player]:not([data-ready])")) {
  link.dataset.ready = "";
  link.addEventListener("click", (event) => {
    // A click that opens another tab or window is left to the browser.
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

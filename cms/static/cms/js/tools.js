/*
 * The tools of an article: share it (by mail if there is no dialogue), copy its URL, print it, hear
 * it (once a voice is found).
 */

const tools = document.querySelector("[data-tools]");
const article = document.querySelector("[data-article]");
const address = document.querySelector("link[rel=canonical]")?.href ?? location.href;

function onClick(name, act) {
  const button = tools.querySelector(`[data-${name}]`);
  button.addEventListener("click", (event) => act(button, event));
  return button;
}

/** Show a result, also to screen readers. */
function say(text) {
  tools.querySelector("[data-tools-said]").textContent = text;
}

async function share(link, event) {
  if (!navigator.share) return;
  event.preventDefault();
  try {
    await navigator.share({ title: document.querySelector("h1").textContent, url: address });
  } catch {
    // The reader cancelled.
  }
}

async function copy() {
  const { copied, refused } = tools.querySelector("[data-tools-said]").dataset;
  try {
    await navigator.clipboard.writeText(address); // absent without HTTPS
    say(copied);
  } catch {
    say(`${refused} ${address}`);
  }
}

/** Return whether the device itself can speak the page's language. */
function hasVoice() {
  const language = document.documentElement.lang;
  return speechSynthesis
    .getVoices()
    .some((voice) => voice.localService && voice.lang.toLowerCase().startsWith(language));
}

async function listen(button) {
  const { read } = await import(button.dataset.listen);
  read(article, button);
}

function offerListening() {
  if (hasVoice()) tools.querySelector("[data-listen]").hidden = false;
}

if (tools) {
  onClick("share", share);
  onClick("copy", copy);
  onClick("print", () => print());
  if ("speechSynthesis" in window) {
    onClick("listen", listen);
    offerListening();
    // Browsers load voices when a page asks for them.
    speechSynthesis.addEventListener("voiceschanged", offerListening);
  }
}

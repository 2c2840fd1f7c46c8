/*
 * Reads an article aloud with the voices of the device, and marks the paragraph being read.
 *
 * Loaded when "Listen" is pressed. Voices that send the text to a server are not used. A pause is
 * a stop that remembers the position: on many phones the browser's own pause does nothing.
 */

const PARTS = "h1, .lead, .body :is(h2, p, li, blockquote, figcaption, dt, dd, caption, th, td)";
const LEFT_OUT = "[data-visitor-counter], .visually-hidden, .gallery-thumbs, .video, [hidden]";
const SENTENCE = /[^.!?…]+[.!?…]*\s*/g;

const still = matchMedia("(prefers-reduced-motion: reduce)");

/** Return the texts of a paragraph, each in one language: [["Sở Nội vụ", "vi"], …]. */
function runs(part) {
  const found = [];
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    if (parentElement.closest(LEFT_OUT)) continue;
    const language = parentElement.closest("[lang]").lang;
    if (found.at(-1)?.[1] === language) found.at(-1)[0] += data;
    else found.push([data, language]);
  }
  return found;
}

/** Return the text sentence by sentence: browsers fail on long texts. */
function sentences(article) {
  const parts = [...article.querySelectorAll(PARTS)].filter(
    (part) => !part.querySelector(PARTS) && !part.closest(LEFT_OUT),
  );
  return parts.flatMap((part) =>
    runs(part).flatMap(([text, language]) =>
      (text.match(SENTENCE) ?? [])
        .filter((sentence) => /\p{L}|\p{N}/u.test(sentence))
        .map((sentence) => ({ part, text: sentence.trim(), language })),
    ),
  );
}

/** Return the device's own voice for a language, if it has one. */
function voiceFor(language) {
  return speechSynthesis
    .getVoices()
    .find((voice) => voice.localService && voice.lang.toLowerCase().startsWith(language));
}

/** Scroll a paragraph into view if needed. */
function follow(part) {
  const { top, bottom } = part.getBoundingClientRect();
  if (top >= 0 && bottom <= innerHeight * 0.8) return;
  part.scrollIntoView({ block: "center", behavior: still.matches ? "auto" : "smooth" });
}

class Reading {
  constructor(article, opener) {
    this.opener = opener;
    this.bar = article.querySelector("[data-read-aloud]");
    this.toggle = this.bar.querySelector("[data-read-aloud-toggle]");
    this.rate = this.bar.querySelector("[data-read-aloud-rate]");
    this.queue = sentences(article);
    this.place = 0;
    this.ending = new AbortController();
    this.listen();
  }

  listen() {
    const { signal } = this.ending;
    this.toggle.addEventListener("click", () => (this.speaking ? this.pause() : this.speak()), { signal });
    this.bar.querySelector("[data-read-aloud-stop]").addEventListener("click", () => this.stop(), { signal });
    this.rate.addEventListener("change", () => this.speaking && this.speak(), { signal });
    addEventListener("keydown", ({ key }) => key === "Escape" && this.stop(), { signal });
    addEventListener("pagehide", () => this.stop(), { signal });
  }

  start() {
    this.bar.hidden = false;
    this.opener.hidden = true;
    this.toggle.focus();
    this.speak();
  }

  /** Speak the current sentence, then the next one. */
  speak() {
    speechSynthesis.cancel();
    const sentence = this.queue[this.place];
    if (!sentence) {
      this.stop();
      return;
    }
    this.mark(sentence.part);
    const said = new SpeechSynthesisUtterance(sentence.text);
    said.lang = sentence.language;
    said.voice = voiceFor(sentence.language) ?? voiceFor(document.documentElement.lang);
    said.rate = Number(this.rate.value);
    said.onend = () => {
      if (this.speaking !== said) return; // paused, stopped or restarted
      this.place += 1;
      this.speak();
    };
    said.onerror = () => this.speaking === said && this.stop();
    this.speaking = said; // also prevents garbage collection
    this.label();
    speechSynthesis.speak(said);
  }

  pause() {
    this.speaking = null;
    this.label();
    speechSynthesis.cancel();
  }

  stop() {
    this.pause();
    this.mark(null);
    this.ending.abort();
    this.opener.hidden = false;
    if (this.bar.contains(document.activeElement)) this.opener.focus();
    this.bar.hidden = true;
  }

  label() {
    const { pause, resume } = this.toggle.dataset;
    this.toggle.textContent = this.speaking ? pause : resume;
  }

  mark(part) {
    if (part === this.marked) return;
    this.marked?.classList.remove("being-read");
    part?.classList.add("being-read");
    this.marked = part;
    if (part) follow(part);
  }
}

/** Read `article` aloud. `opener` is the pressed button, which gets the focus back. */
export function read(article, opener) {
  new Reading(article, opener).start();
}

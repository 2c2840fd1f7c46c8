/*
 * The live count.
 *
 * While a tab of this browser is visible, it sends a beat every few seconds; the answer is the
 * number of people online, which replaces the one that came with the page. All tabs share one
 * random token, made here, kept in this browser and forgotten within a day. When the last visible
 * tab is hidden or closed, the browser signs off.
 */

const page = document.documentElement.dataset;
const url = page.visitorsUrl;
const interval = Number(page.visitorsInterval) * 1000;

const TOKEN_LIFE = 20 * 3600 * 1000; // less than a day
const TAB_LIFE = 2 * interval; // after which a tab that crashed no longer counts as visible
const tab = randomToken();

let timer = null;
let memory = {}; // stands in where the browser refuses storage

function randomToken() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Read what the tabs share: {token, born, sequence, tabs: {id: time of its last beat}}. */
function load() {
  let state = memory;
  try {
    state = JSON.parse(localStorage.getItem("visitor")) || {};
  } catch {
    // No storage, or something else's data in it: this tab speaks for itself.
  }
  const now = Date.now();
  if (!/^[0-9a-f]{32}$/.test(state.token) || !(now - state.born < TOKEN_LIFE && state.born <= now)) {
    state = { token: randomToken(), born: now, sequence: 0, tabs: {} };
  }
  state.tabs = Object.fromEntries(
    Object.entries(state.tabs || {}).filter(([, seen]) => Math.abs(now - seen) < TAB_LIFE),
  );
  state.sequence = Math.max(now, (state.sequence || 0) + 1);
  return state;
}

function save(state) {
  memory = state;
  try {
    localStorage.setItem("visitor", JSON.stringify(state));
  } catch {
    // See load().
  }
}

function message(state, extra = {}) {
  return new URLSearchParams({ token: state.token, sequence: state.sequence, ...extra });
}

async function beat() {
  const state = load();
  state.tabs[tab] = Date.now();
  save(state);
  try {
    const response = await fetch(url, { method: "POST", body: message(state), credentials: "omit" });
    const reading = await response.json(); // a browser too many for its address gets it too
    show("online" in reading ? reading : null);
  } catch {
    show(null);
  }
}

/** Put the number into the page; without one, show none rather than an old one. */
function show(reading) {
  for (const counter of document.querySelectorAll("[data-visitor-counter]")) {
    counter.hidden = reading === null;
    if (reading === null) continue;
    const { wording, wordingOne } = counter.dataset;
    const words = reading.online === 1 && wordingOne ? wordingOne : wording;
    const [before, after] = words.split("{count}");
    const number = counter.querySelector("[data-visitor-count]");
    number.textContent = reading.online.toLocaleString(document.documentElement.lang);
    counter.querySelector("[data-visitor-words]").replaceChildren(before, number, after);
    counter.querySelector("[data-visitor-time]").hidden = true;
  }
}

function start() {
  if (timer !== null) return;
  beat();
  timer = setInterval(beat, interval);
}

function stop() {
  if (timer === null) return;
  clearInterval(timer);
  timer = null;
  const state = load();
  delete state.tabs[tab];
  save(state);
  if (Object.keys(state.tabs).length === 0) {
    navigator.sendBeacon(url, message(state, { leaving: "1" }));
  }
}

function follow() {
  if (document.visibilityState === "visible") start();
  else stop();
}

if (url) {
  document.addEventListener("visibilitychange", follow);
  addEventListener("pageshow", follow);
  addEventListener("pagehide", stop);
  follow();
}

/*
 * The live count: a visible tab beats; the answer is the number online. Tabs share a random token,
 * forgotten within a day; the last to go signs off. Of many a sample beats, the others ask.
 */

const root = document.documentElement;
const { visitorsUrl: url, visitorsInterval, visitorsOneIn = 1 } = root.dataset;

const MINUTE = 60000;
const TOKEN_LIFE = 1200 * MINUTE;
const SILENCE = 30 * MINUTE; // before another visit
const LONGEST = 5 * MINUTE; // a pace holds, and failures

const tab = Math.random();
let interval = visitorsInterval * 1000;
let oneIn = +visitorsOneIn;
let memory = {}; // without storage
let turn = 0; // earlier answers are late
let failures = 0;
let timer, asked, pause, told, toldAt, walked;

function randomToken() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, 0)).join("");
}

/** Say whether `moment` is past, less than `life` ago. */
function isRecent(moment, life) {
  return moment <= Date.now() && Date.now() - moment < life;
}

function load() {
  let state = memory;
  try {
    state = JSON.parse(localStorage.visitor) || memory;
  } catch {}
  if (!/^[0-9a-f]{32}$/.test(state.token) || !isRecent(state.born, TOKEN_LIFE)) {
    state = { ...state, tabs: {}, token: randomToken(), born: Date.now() };
  }
  return { ...state, sequence: Math.max(Date.now(), (state.sequence || 0) + 1) };
}

function save(state) {
  memory = state;
  try {
    localStorage.visitor = JSON.stringify(state);
  } catch {}
}

function isInSample({ token }) {
  return parseInt(token.slice(0, 8), 16) < 2 ** 32 / oneIn;
}

function message({ token, sequence }, extra) {
  return new URLSearchParams({ token, sequence, ...extra });
}

/** Beat, or ask without. */
async function ask() {
  const state = load();
  const { here } = state; // when last counted
  const beats = isInSample(state);
  const now = (asked = state.tabs[tab] = Date.now());
  const mine = ++turn;
  pause = 2 * interval; // till it is answered
  // At once: walking on is no visit.
  if (beats) state.here = now;
  save(state);
  let reading, pace, counted;
  try {
    const visit = !isRecent(here, SILENCE) && { visit: 1 };
    const response = await fetch(url, {
      ...(beats && { method: "POST", body: message(state, visit) }),
      credentials: "omit",
      signal: AbortSignal.timeout?.(interval),
    });
    const answer = await response.json();
    if (answer.interval) interval = answer.interval * 1000;
    if (answer.one_in) pace = { oneIn: (oneIn = answer.one_in), paced: now };
    if (answer.at) reading = answer;
    // The sample counts for the others.
    counted = response.ok && (beats || !isInSample(state));
  } catch {}
  save({ ...load(), ...pace, here: counted ? now : here });
  if (mine !== turn) return;
  failures = reading ? 0 : failures + 1;
  pause = isInSample(state) ? interval : Math.max(interval, MINUTE / 4);
  // Chance only shortens, lest all wait.
  if (failures) {
    pause = Math.min(pause * 2 ** Math.max(0, failures - 5), LONGEST) * (1 - Math.random() / 2);
  }
  show(reading);
}

/** Show the number, if any. */
function show(reading) {
  for (const counter of document.querySelectorAll("[data-visitor-counter]")) {
    counter.hidden = !reading;
    if (!reading) continue;
    const part = (name) => counter.querySelector(`[data-visitor-${name}]`);
    const { wording, wordingOne } = counter.dataset;
    const words = reading.online === 1 && wordingOne ? wordingOne : wording;
    const [before, after] = words.split("{count}");
    part("count").textContent = reading.online.toLocaleString(root.lang);
    part("words").replaceChildren(before, part("count"), after);
    part("time").hidden = true;
    part("estimate").hidden = oneIn === 1;
    const time = new Date(reading.at);
    part("refreshed").dateTime = reading.at;
    part("refreshed").textContent = time.toLocaleTimeString("vi", { timeZone: "Asia/Ho_Chi_Minh" });
    tell(reading.online);
  }
}

/** Say aloud a change by a tenth and by five, once a minute. */
function tell(online) {
  if (Math.abs(online - told) <= Math.max(4, told / 10) || isRecent(toldAt, MINUTE)) return;
  const [words, region] = document.querySelectorAll("[data-visitor-words], [data-visitor-live]");
  if (told >= 0) region.textContent = words.textContent;
  told = online;
  toldAt = Date.now();
}

function start() {
  if (timer) return;
  const { oneIn: known, paced } = load();
  if (isRecent(paced, LONGEST) && known > oneIn) oneIn = known;
  // A long timer oversleeps.
  timer = setInterval(() => isRecent(asked, pause - 500) || ask(), 1000);
  ask();
}

function stop() {
  if (!timer) return;
  clearInterval(timer);
  timer = 0;
  turn++;
  const state = load();
  delete state.tabs[tab];
  save(state);
  // A crashed one is not recent.
  const others = Object.values(state.tabs).some((seen) => isRecent(seen, 2 * interval));
  if (navigator.onLine && isInSample(state) && !others && !isRecent(walked, 2000)) {
    navigator.sendBeacon(url, message(state, { leaving: 1 }));
  }
}

function follow() {
  if (document.visibilityState === "visible" && navigator.onLine) start();
  else stop();
}

if (url) {
  // The next page of the site goes on beating.
  addEventListener("click", ({ target }) => {
    if (target.closest("a")?.origin === location.origin) walked = Date.now();
  });
  for (const name of ["visibilitychange", "pageshow", "online"]) addEventListener(name, follow);
  addEventListener("pagehide", stop);
  addEventListener("offline", () => {
    stop();
    show();
  });
  follow();
}

/*
 * The live count: a visible tab sends beats; the answer is the number online. Tabs share a
 * random token, valid for 20 hours; the last tab signs off. In a crowd a sample beats, others ask.
 */

const root = document.documentElement;
const { visitorsUrl: url, visitorsInterval, visitorsOneIn = 1 } = root.dataset;

const MINUTE_MS = 60000;
const TOKEN_LIFE_MS = 1200 * MINUTE_MS;
const VISIT_GAP_MS = 30 * MINUTE_MS;
const MAX_PAUSE_MS = 5 * MINUTE_MS;

const tab = Math.random();
let interval = visitorsInterval * 1000;
let oneIn = +visitorsOneIn;
let memory = {}; // without storage
let requests = 0; // only the last answer counts
let failures = 0;
let timer, askedAt, pause, announced, announcedAt, walkedAt;

function randomToken() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, 0)).join("");
}

/** Whether `moment` is past, less than `life` ago. */
function isRecent(moment, life) {
  return moment <= Date.now() && Date.now() - moment < life;
}

function load() {
  let state = memory;
  try {
    state = JSON.parse(localStorage.visitor) || memory;
  } catch {}
  if (!/^[0-9a-f]{32}$/.test(state.token) || !isRecent(state.born, TOKEN_LIFE_MS)) {
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

/** Beat, or only read. */
async function ask() {
  const state = load();
  const { here: countedAt } = state;
  const sampled = isInSample(state);
  const now = (askedAt = state.tabs[tab] = Date.now());
  const request = ++requests;
  pause = 2 * interval; // until the answer
  // Now, or the next page is a visit.
  if (sampled) state.here = now;
  save(state);
  let count, sample, counted;
  try {
    const visit = !isRecent(countedAt, VISIT_GAP_MS) && { visit: 1 };
    const response = await fetch(url, {
      ...(sampled && { method: "POST", body: message(state, visit) }),
      credentials: "omit",
      signal: AbortSignal.timeout?.(interval),
    });
    const answer = await response.json();
    if (answer.interval) interval = answer.interval * 1000;
    if (answer.one_in) sample = { oneIn: (oneIn = answer.one_in), paced: now };
    if (answer.at) count = answer;
    // The sample represents the others.
    counted = response.ok && (sampled || !isInSample(state));
  } catch {}
  save({ ...load(), ...sample, here: counted ? now : countedAt });
  if (request !== requests) return;
  failures = count ? 0 : failures + 1;
  pause = isInSample(state) ? interval : Math.max(interval, MINUTE_MS / 4);
  // Chance only shortens the pause.
  if (failures) {
    pause = Math.min(pause * 2 ** Math.max(0, failures - 5), MAX_PAUSE_MS);
    pause *= 1 - Math.random() / 2;
  }
  show(count);
}

/** Show the number, if any. */
function show(count) {
  for (const counter of document.querySelectorAll("[data-visitor-counter]")) {
    counter.hidden = !count;
    if (!count) continue;
    const part = (name) => counter.querySelector(`[data-visitor-${name}]`);
    const { wording, wordingOne } = counter.dataset;
    const words = count.online === 1 && wordingOne ? wordingOne : wording;
    const [before, after] = words.split("{count}");
    part("count").textContent = count.online.toLocaleString(root.lang);
    part("words").replaceChildren(before, part("count"), after);
    part("time").hidden = true;
    part("estimate").hidden = oneIn === 1;
    const time = new Date(count.at);
    part("refreshed").dateTime = count.at;
    part("refreshed").textContent = time.toLocaleTimeString("vi", { timeZone: "Asia/Ho_Chi_Minh" });
    announce(count.online);
  }
}

/** Announce a change of 5 or more and over a tenth, once a minute. */
function announce(online) {
  if (isRecent(announcedAt, MINUTE_MS)) return;
  if (Math.abs(online - announced) <= Math.max(4, announced / 10)) return;
  const [words, region] = document.querySelectorAll("[data-visitor-words], [data-visitor-live]");
  if (announced >= 0) region.textContent = words.textContent;
  announced = online;
  announcedAt = Date.now();
}

function start() {
  if (timer) return;
  const { oneIn: known, paced } = load();
  if (isRecent(paced, MAX_PAUSE_MS) && known > oneIn) oneIn = known;
  // A long timer fires late.
  timer = setInterval(() => isRecent(askedAt, pause - 500) || ask(), 1000);
  ask();
}

function stop() {
  if (!timer) return;
  clearInterval(timer);
  timer = 0;
  requests++;
  const state = load();
  delete state.tabs[tab];
  save(state);
  // A crashed tab is not recent.
  const others = Object.values(state.tabs).some((seen) => isRecent(seen, 2 * interval));
  if (navigator.onLine && isInSample(state) && !others && !isRecent(walkedAt, 2000)) {
    navigator.sendBeacon(url, message(state, { leaving: 1 }));
  }
}

function follow() {
  if (document.visibilityState === "visible" && navigator.onLine) start();
  else stop();
}

if (url) {
  // The next page sends the beats.
  addEventListener("click", ({ target }) => {
    if (target.closest("a")?.origin === location.origin) walkedAt = Date.now();
  });
  for (const name of ["visibilitychange", "pageshow", "online"]) addEventListener(name, follow);
  addEventListener("pagehide", stop);
  addEventListener("offline", () => {
    stop();
    show();
  });
  follow();
}

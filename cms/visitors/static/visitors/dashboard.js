/*
 * The number of people online on the home page of the admin, updated every 15 seconds while the
 * page is visible. This script only reads; users of the admin send no beats.
 */

const REFRESH_MS = 15 * 1000;
const panel = document.querySelector("[data-visits-online]");
const language = document.documentElement.lang;

async function refresh() {
  try {
    const response = await fetch(panel.dataset.url, { credentials: "omit" });
    const { online, at } = await response.json();
    show(Number.isInteger(online) ? { online, at: new Date(at) } : null);
  } catch {
    show(null);
  }
}

/** Show a count in the panel. Without a count, say so instead of showing an old number. */
function show(count) {
  const number = panel.querySelector("[data-visits-number]");
  const time = panel.querySelector("[data-visits-time]");
  time.hidden = count === null;
  if (count === null) {
    number.textContent = panel.dataset.unavailable;
    return;
  }
  number.textContent = count.online.toLocaleString(language);
  time.dateTime = count.at.toISOString();
  time.textContent = count.at.toLocaleTimeString(language, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: panel.dataset.timeZone,
  });
}

function refreshIfSeen() {
  if (document.visibilityState === "visible") refresh();
}

if (panel) {
  document.addEventListener("visibilitychange", refreshIfSeen);
  setInterval(refreshIfSeen, REFRESH_MS);
}

/*
 * The number of people online on the first page of the admin: asked for again every quarter of a
 * minute while somebody looks. It only reads; who works in the admin sends no beat.
 */

const INTERVAL = 15 * 1000;
const place = document.querySelector("[data-visits-online]");
const language = document.documentElement.lang;

async function refresh() {
  try {
    const response = await fetch(place.dataset.url, { credentials: "omit" });
    const { online, at } = await response.json();
    show(Number.isInteger(online) ? { online, at: new Date(at) } : null);
  } catch {
    show(null);
  }
}

/** Put a reading into the panel; without one, say so rather than show an old number. */
function show(reading) {
  const number = place.querySelector("[data-visits-number]");
  const time = place.querySelector("[data-visits-time]");
  time.hidden = reading === null;
  if (reading === null) {
    number.textContent = place.dataset.unavailable;
    return;
  }
  number.textContent = reading.online.toLocaleString(language);
  time.dateTime = reading.at.toISOString();
  time.textContent = reading.at.toLocaleTimeString(language, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: place.dataset.timeZone,
  });
}

function refreshIfSeen() {
  if (document.visibilityState === "visible") refresh();
}

if (place) {
  document.addEventListener("visibilitychange", refreshIfSeen);
  setInterval(refreshIfSeen, INTERVAL);
}

"""Redis goes away and comes back empty: pages go on, and the number is right again soon."""

import json
import time
from contextlib import ExitStack

from django.conf import settings

from scripts.bench.traffic.browsers import Browsers
from scripts.bench.traffic.report import Row
from scripts.bench.traffic.servers import redis_server, serve
from tests.redis_server import free_port
from tests.visitor_number import shows_number

ONLINE = 50
WARM, AWAY, PATIENCE = 12, 15, 30


def measure(folder):
    """Return the rows of an outage."""
    folder.mkdir()
    port = free_port()
    with ExitStack() as stack:
        stored = stack.enter_context(ExitStack())
        redis_url = stored.enter_context(redis_server(port))
        portal = Audience(
            stack.enter_context(serve(folder, f"sqlite:///{folder}/outage", redis_url))
        )
        portal.beat_for(WARM)
        before, shown_before = portal.online(), portal.page()[1]
        stored.close()
        pages = [portal.page() for _look in portal.looks(AWAY)]
        stack.enter_context(redis_server(port))
        began = time.monotonic()
        for _look in portal.looks(PATIENCE):
            if portal.online() == ONLINE:
                break
        took = time.monotonic() - began
    answered = sum(status == 200 for status, *_ in pages)
    shown = sum(has_number for _status, has_number, _took in pages)
    slowest = max(seconds for *_, seconds in pages)
    return [
        Row(f"Number told while all {ONLINE} are online", f"{before}", f"{ONLINE}"),
        Row("The page shows it", "yes" if shown_before else "no", "yes"),
        Row("Pages answered while Redis was away", f"{answered} of {len(pages)}", f"{len(pages)}"),
        Row("… that showed a number", f"{shown}"),
        Row("Slowest of them", f"{slowest * 1000:.0f} ms"),
        Row(
            "Number right again after Redis came back",
            f"{took:.1f} s",
            f"≤ {settings.VISITOR_BEAT_INTERVAL} s",
        ),
    ]


class Audience:
    """People online, each of whom beats once an interval, evenly spread over it."""

    def __init__(self, url):
        self.browsers = Browsers(url)
        self.step = settings.VISITOR_BEAT_INTERVAL / ONLINE
        self.next, self.turn = time.monotonic(), 0

    def beat_for(self, seconds):
        """Let them beat for so long."""
        until = time.monotonic() + seconds
        while (now := time.monotonic()) < until:
            if now < self.next:
                time.sleep(min(self.next, until) - now)
                continue
            self.browsers.beat(f"{self.turn % ONLINE:032x}", int(time.time() * 1000))
            self.turn, self.next = self.turn + 1, self.next + self.step

    def looks(self, seconds):
        """Yield five times a second for so long, while they beat."""
        for look in range(seconds * 5):
            self.beat_for(0.2)
            yield look

    def online(self):
        """Return the number that is told, none where there is none."""
        return json.loads(self.browsers.ask("GET", "/visitors/")[1]).get("online")

    def page(self):
        """Return the status of the home page, whether it shows a number, and the time it took."""
        began = time.monotonic()
        status, html = self.browsers.ask("GET", "/")
        return status, shows_number(html), time.monotonic() - began

"""An outage of Redis, which comes back empty.

Pages must still work, and the number must soon be right again.
"""

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from django.conf import settings

from scripts.bench.traffic.browsers import BeatClient
from scripts.bench.traffic.report import Row
from scripts.bench.traffic.servers import serve
from tests.redis_server import free_port, run_redis_server
from tests.visitor_number import shows_number

ONLINE = 50
WARM_UP_SECONDS, OUTAGE_SECONDS, TIMEOUT_SECONDS = 12, 15, 30


def measure(folder: Path) -> list[Row]:
    """Return the rows of an outage."""
    folder.mkdir()
    port = free_port()
    with ExitStack() as stack:
        stored = stack.enter_context(ExitStack())
        redis_url = stored.enter_context(run_redis_server(port)).url
        portal = HttpAudience(
            stack.enter_context(serve(folder, f"sqlite:///{folder}/outage", redis_url))
        )
        portal.beat_for(WARM_UP_SECONDS)
        before, shown_before = portal.online(), portal.page()[1]
        stored.close()
        pages = [portal.page() for _look in portal.sample_pages(OUTAGE_SECONDS)]
        stack.enter_context(run_redis_server(port))
        began = time.monotonic()
        for _look in portal.sample_pages(TIMEOUT_SECONDS):
            if portal.online() == ONLINE:
                break
        took = time.monotonic() - began
    answered = sum(status == 200 for status, *_ in pages)
    shown = sum(has_number for _status, has_number, _took in pages)
    slowest = max(seconds for *_, seconds in pages)
    return [
        Row(f"Number shown while all {ONLINE} are online", f"{before}", f"{ONLINE}"),
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


class HttpAudience:
    """Visitors online, each of whom sends one beat per interval. The beats are spread evenly."""

    def __init__(self, url: str) -> None:
        self.client = BeatClient(url)
        self.step = settings.VISITOR_BEAT_INTERVAL / ONLINE
        self.next, self.turn = time.monotonic(), 0

    def beat_for(self, seconds: float) -> None:
        """Let the visitors send beats for that many seconds."""
        until = time.monotonic() + seconds
        while (now := time.monotonic()) < until:
            if now < self.next:
                time.sleep(min(self.next, until) - now)
                continue
            self.client.beat(f"{self.turn % ONLINE:032x}", int(time.time() * 1000))
            self.turn, self.next = self.turn + 1, self.next + self.step

    def sample_pages(self, seconds: int) -> Iterator[int]:
        """Yield five times a second for that many seconds, while the visitors send beats."""
        for look in range(seconds * 5):
            self.beat_for(0.2)
            yield look

    def online(self) -> int | None:
        """Return the number online in the response, or `None` if there is none."""
        return json.loads(self.client.ask("GET", "/visitors/")[1]).get("online")

    def page(self) -> tuple[int, bool, float]:
        """Return the home page's status, whether it shows a number, and the seconds it took."""
        began = time.monotonic()
        status, html = self.client.ask("GET", "/")
        return status, shows_number(html), time.monotonic() - began

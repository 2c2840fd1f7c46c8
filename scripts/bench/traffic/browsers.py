"""A client for beats of as many browsers as one thread can simulate one after the other."""

from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

from scripts.bench.traffic.rates import BROWSER

HEADERS = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": BROWSER}
TIMEOUT_SECONDS = 10


class BeatClient:
    """A client that sends browsers' requests to the portal at `url` over one open connection."""

    def __init__(self, url: str) -> None:
        self.connection = HTTPConnection(urlsplit(url).netloc, timeout=TIMEOUT_SECONDS)

    def beat(self, token: str, sequence: int, **extra: int) -> int:
        """Send a beat and return the status of the response."""
        form = urlencode({"token": token, "sequence": sequence, **extra})
        return self.ask("POST", "/visitors/", form)[0]

    def ask(self, method: str, path: str, body: str | None = None) -> tuple[int, bytes]:
        """Return the status and the body of a response. Reopen the connection if it was closed."""
        try:
            return self._ask(method, path, body)
        except (ConnectionError, OSError):
            self.connection.close()
            return self._ask(method, path, body)

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, bytes]:
        self.connection.request(method, path, body, HEADERS)
        response = self.connection.getresponse()
        return response.status, response.read()

"""Browsers that beat, as many as a thread can play one after the other."""

from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

from scripts.bench.traffic.rates import BROWSER

HEADERS = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": BROWSER}
TIMEOUT_SECONDS = 10


class BeatClient:
    """Sends what browsers send to the portal at `url`, over one connection that is kept."""

    def __init__(self, url):
        self.connection = HTTPConnection(urlsplit(url).netloc, timeout=TIMEOUT_SECONDS)

    def beat(self, token, sequence, **extra):
        """Send a beat, return the status of its answer."""
        form = urlencode({"token": token, "sequence": sequence, **extra})
        return self.ask("POST", "/visitors/", form)[0]

    def ask(self, method, path, body=None):
        """Return the status and the body of an answer; a connection that was closed is renewed."""
        try:
            return self._ask(method, path, body)
        except (ConnectionError, OSError):
            self.connection.close()
            return self._ask(method, path, body)

    def _ask(self, method, path, body):
        self.connection.request(method, path, body, HEADERS)
        response = self.connection.getresponse()
        return response.status, response.read()

"""Tests of `/visitors/` before Django's handler: the same responses at a lower cost."""

import io
import ipaddress
from types import SimpleNamespace

import pytest

from cms.operations import database
from cms.visitors.middleware import VISITORS_PATH, before_django
from cms.visitors.models import Presence
from tests.cms.visitors.conftest import token

pytestmark = pytest.mark.django_db

BEAT = f"token={token(1)}&sequence=1".encode()


@pytest.fixture
def ask(clock):
    """A function that sends a request to the wrapped application.

    Requests that reach Django's handler get the status 418.
    """
    passed_on = []

    def application(environ, start_response):
        passed_on.append(environ)
        start_response("418 I'm a teapot", [])
        return [b""]

    guarded, answers = before_django(application), []

    def ask(method="POST", body=b"", **environ):
        told = {
            "REQUEST_METHOD": method,
            "PATH_INFO": VISITORS_PATH,
            "HTTP_HOST": "testserver",
            "REMOTE_ADDR": "203.0.113.7",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
            "wsgi.url_scheme": "http",
            **environ,
        }
        content = b"".join(guarded(told, lambda *answer: answers.append(answer)))
        status, headers = answers.pop()
        return int(status.split()[0]), dict(headers), content

    ask.passed_on = passed_on
    return ask


def test_the_answers_are_those_of_djangos_handler(ask, send, client):
    status, headers, content = ask(body=BEAT)
    through_django = send(token=token(1), sequence=2)
    assert (status, content) == (200, through_django.content)
    assert headers == dict(through_django.items())
    status, headers, content = ask("GET")
    through_django = client.get(VISITORS_PATH)
    assert (status, headers, content) == (
        200,
        dict(through_django.items()),
        through_django.content,
    )
    assert not ask.passed_on


@pytest.mark.parametrize(
    ("status", "asked"),
    [
        (400, {"body": b"token=x"}),
        (403, {"body": BEAT, "HTTP_SEC_FETCH_SITE": "cross-site"}),
        (403, {"body": BEAT, "HTTP_ORIGIN": "https://elsewhere.example"}),
        (405, {"method": "PUT"}),
        (413, {"body": BEAT + b"x" * 600}),
        (400, {"method": "GET", "HTTP_HOST": "elsewhere.example"}),
    ],
)
def test_what_is_refused_there_is_refused_here(ask, status, asked):
    assert ask(**asked)[0] == status
    assert not Presence.objects.exists()


def test_a_broken_body_is_no_end_of_the_server(ask):
    class Broken(io.BytesIO):
        def read(self, *_size):
            raise OSError("gone")

    assert ask(body=BEAT, **{"wsgi.input": Broken()})[0] == 500


def test_forwarded_headers_are_believed_from_proxies_alone(ask, settings):
    settings.TRUSTED_PROXIES = [ipaddress.ip_network("10.0.0.0/8")]
    settings.VISITOR_TOKENS_PER_ADDRESS = 1
    beats = [f"token={token(number)}&sequence=1".encode() for number in range(4)]
    proxy = {"REMOTE_ADDR": "10.0.0.1"}
    assert ask(body=beats[0], HTTP_X_FORWARDED_FOR="198.51.100.1", **proxy)[0] == 200
    assert ask(body=beats[1], HTTP_X_FORWARDED_FOR="198.51.100.2", **proxy)[0] == 200
    assert ask(body=beats[2], HTTP_X_FORWARDED_FOR="198.51.100.3")[0] == 200
    assert ask(body=beats[3], HTTP_X_FORWARDED_FOR="198.51.100.4")[0] == 429


def test_every_other_address_is_djangos(ask):
    assert ask("GET", PATH_INFO="/")[0] == 418
    assert ask("GET", PATH_INFO="/visitors")[0] == 418


def test_while_closed_the_request_goes_on_as_it_came(ask, settings, tmp_path):
    settings.MAINTENANCE_FILE = tmp_path / "closed"
    settings.MAINTENANCE_FILE.touch()
    settings.TRUSTED_PROXIES = [ipaddress.ip_network("10.0.0.0/8")]
    headers = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "198.51.100.1"}
    assert ask(body=BEAT, **headers)[0] == 418
    assert ask.passed_on[0].items() >= headers.items()


def test_what_a_turn_notes_is_noted_over_a_connection_that_is_looked_after(ask, monkeypatch):
    """The upkeep cleans up the connection before and after it writes, as Django does."""
    done = []
    outside = SimpleNamespace(in_atomic_block=False)
    monkeypatch.setattr(database, "get_connection", lambda: outside)
    monkeypatch.setattr(database, "close_old_connections", lambda: done.append("look after"))
    monkeypatch.setattr("cms.visitors.statistics.record", lambda *_: done.append("note"))
    ask(body=BEAT)
    assert done == ["look after", "note", "look after"]


def test_within_a_transaction_the_connection_is_left_alone(ask, monkeypatch):
    monkeypatch.setattr(database, "close_old_connections", None)
    assert ask(body=BEAT)[0] == 200

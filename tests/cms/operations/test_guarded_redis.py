"""Tests that a Redis that fails in any way costs a page at most one timeout."""

import shutil
import socketserver
import threading
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import pytest
import redis
from django.core.cache import cache
from wagtail.models import Site

from cms.operations.guarded_redis import (
    CONNECTION,
    OPEN_SECONDS,
    TIMEOUT_SECONDS,
    CircuitBreaker,
    CircuitOpenError,
    GuardedRedis,
    breaker_of,
    redis_wait,
)
from cms.visitors.live_count import live_count, read_count
from tests.clock import Clock
from tests.redis_server import run_redis_server
from tests.visitor_number import shows_number

pytestmark = pytest.mark.skipif(
    not shutil.which("redis-server"), reason="redis-server absent: a frozen one was left out"
)


@pytest.fixture
def server():
    """A Redis server for one test."""
    with run_redis_server() as server:
        yield server


@contextmanager
def fake_redis(serve):
    """Run a server that only calls `serve(socket)`, and yield its address."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self):
            with suppress(OSError):
                serve(self.request)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"redis://127.0.0.1:{server.server_address[1]}/0"
        server.shutdown()


@pytest.fixture
def use(settings, monkeypatch):
    """A function that makes the site use a Redis as in production, but with a long open time."""
    monkeypatch.setattr("cms.operations.guarded_redis.OPEN_SECONDS", 3600)

    def use(url):
        settings.REDIS_URL = url
        settings.CACHES = {"default": {**production_cache(), "LOCATION": url}}
        live_count.reset()
        breaker_of.cache_clear()

    yield use
    live_count.reset()
    breaker_of.cache_clear()


def production_cache():
    """Return the cache settings of production without the address."""
    return {
        "BACKEND": "django_redis.cache.RedisCache",
        "OPTIONS": {
            "IGNORE_EXCEPTIONS": True,
            "CONNECTION_FACTORY": "cms.operations.guarded_redis.GuardedConnectionFactory",
            "SERIALIZER": "cms.operations.guarded_redis.ForgivingSerializer",
        },
    }


@pytest.fixture
def redis_commands(monkeypatch):
    """The commands that were sent to a Redis, each as the id of the thread that sent it."""
    redis_commands = []
    send = redis.connection.Connection.send_packed_command

    def counted(self, command, *arguments, **options):
        redis_commands.append(threading.get_ident())
        return send(self, command, *arguments, **options)

    monkeypatch.setattr(redis.connection.Connection, "send_packed_command", counted)
    return redis_commands


def test_the_first_page_of_a_frozen_redis_asks_it_once_and_the_next_ones_never(
    client, home, server, use, redis_commands
):
    use(server.url)
    assert shows_number(client.get(home.url).content)
    assert len(redis_commands) > 2
    server.freeze()
    live_count.reset()
    redis_commands.clear()
    page = client.get(home.url)
    assert page.status_code == 200
    assert not shows_number(page.content)
    assert len(redis_commands) == 1
    for _page in range(3):
        assert client.get(home.url).status_code == 200
    assert client.post("/visitors/", {"token": "0" * 32}).status_code in (400, 503)
    assert client.get("/visitors/").status_code == 503
    assert len(redis_commands) == 1


def test_at_the_moment_of_the_freeze_each_of_many_threads_asks_once_at_most(
    server, use, redis_commands
):
    use(server.url)
    cache.set("key", "value")
    server.freeze()
    redis_commands.clear()
    start = threading.Barrier(20)

    def request(_number):
        start.wait()
        for _call in range(10):
            assert cache.get("key", "absent") == "absent"
            cache.set("key", "other")
            cache.get_many(["key", "other"])
            cache.set_many({"key": "other"})
        return read_count()[0]

    with ThreadPoolExecutor(20) as threads:
        assert list(threads.map(request, range(20))) == [None] * 20
    assert len(redis_commands) <= 20
    assert len(redis_commands) == len(set(redis_commands))


def end_open_time(url):
    """End the open time, so that Redis gets commands again."""
    breaker = GuardedRedis.from_url(url, **CONNECTION).breaker
    assert breaker._open_until
    breaker._open_until = 0


def test_when_it_answers_again_cache_and_count_are_back_and_nothing_deleted_returns(
    client, home, server, use
):
    use(server.url)
    client.get(home.url)
    cache.set("stale", "value")
    cache.set("stale, too", "value")
    server.freeze()
    Site.clear_site_root_paths_cache()
    cache.delete("stale")
    cache.delete_many(["stale, too", "other"])
    server.thaw()
    end_open_time(server.url)
    live_count.reset()
    assert shows_number(client.get(home.url).content)
    cache.set("key", "value")
    assert cache.get("key") == "value"
    assert cache.get("stale") is cache.get("stale, too") is None


def silence(connection):
    """Never answer."""
    while connection.recv(4096):
        pass


def another_language(connection):
    """Answer as a web server does."""
    connection.recv(4096)
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\n\r\n<html>")


def odd_bytes(connection):
    """Answer with bytes that are not a message of the protocol."""
    while connection.recv(4096):
        connection.sendall(b"$not a number\r\n")


def half_an_answer(connection):
    """Begin an answer and do not continue it."""
    while connection.recv(4096):
        connection.sendall(b"$1000\r\nxin")


def hanging_up(connection):
    """Close the connection at once."""


def an_error(error):
    """Answer every command with an error."""

    def serve(connection):
        while connection.recv(4096):
            connection.sendall(f"-{error}\r\n".encode())

    return serve


@pytest.mark.parametrize(
    "serve", [silence, another_language, odd_bytes, half_an_answer, hanging_up]
)
def test_whatever_is_no_answer_costs_a_page_one_question(client, home, use, redis_commands, serve):
    with fake_redis(serve) as url:
        use(url)
        for _page in range(2):
            page = client.get(home.url)
            assert page.status_code == 200
            assert not shows_number(page.content)
        assert len(redis_commands) <= 1


def nothing(connection):
    """Answer every command with a null value."""
    while connection.recv(4096):
        connection.sendall(b"$-1\r\n")


def nothing_slowly(connection):
    """Answer each command just before the timeout."""
    while connection.recv(4096):
        time.sleep(TIMEOUT_SECONDS * 0.6)
        connection.sendall(b"$-1\r\n")


@pytest.mark.parametrize(("serve", "most"), [(nothing, 100), (nothing_slowly, 2)])
def test_slow_answers_cost_a_page_two_questions(client, home, use, redis_commands, serve, most):
    address = home.url
    with fake_redis(serve) as url:
        use(url)
        for _page in range(2):
            live_count.reset()
            redis_commands.clear()
            assert client.get(address).status_code == 200
            assert len(redis_commands) <= most


def in_steps(answer):
    """Answer every command byte by byte, each byte within the timeout."""

    def serve(connection):
        while connection.recv(4096):
            for byte in answer:
                time.sleep(TIMEOUT_SECONDS * 0.6)
                connection.sendall(bytes([byte]))

    return serve


@pytest.mark.parametrize("answer", [b"$-1\r\n", b"$1\r\n1\r\n", b":1\r\n", b"*0\r\n"])
def test_an_answer_that_trickles_is_none(client, home, use, redis_commands, answer):
    with fake_redis(in_steps(answer)) as url:
        use(url)
        assert cache.get("key", "absent") == "absent"
        end_open_time(url)
        breaker_of.cache_clear()
        redis_commands.clear()
        assert client.get(home.url).status_code == 200
        assert len(redis_commands) == 1


def ok_slowly(connection):
    """Accept the password, the database and every command just before the timeout."""
    while connection.recv(4096):
        time.sleep(TIMEOUT_SECONDS * 0.6)
        connection.sendall(b"+OK\r\n")


def test_password_and_database_count_as_part_of_the_first_question(
    client, home, use, redis_commands
):
    with fake_redis(ok_slowly) as url:
        use(url.replace("//", "//:secret@").removesuffix("0") + "1")
        assert client.get(home.url).status_code == 200
        # The password and the database. The command itself is not sent any more.
        assert len(redis_commands) == 2


def test_an_answer_that_is_there_is_taken_however_late_this_process_looks(server):
    with redis.Redis.from_url(server.url, **CONNECTION) as client:
        client.set("key", "value")
        connection = client.connection_pool.get_connection()
        connection.send_command("GET", "key")
        assert connection.can_read(timeout=10)
        with redis_wait.at_most(-1):
            assert connection.read_response() == b"value"
        client.connection_pool.release(connection)


def test_two_threads_that_make_up_for_the_same_deletion_do_not_stumble(server, use):
    use(server.url)

    class Faster(deque):
        """A queue that looks full while another thread takes its last item."""

        def __bool__(self):
            return True

    GuardedRedis.from_url(server.url, **CONNECTION).breaker.lost_deletions = Faster()
    cache.set("key", "value")
    assert cache.get("key") == "value"


@pytest.mark.parametrize(
    "error",
    [
        "OOM command not allowed when used memory > 'maxmemory'.",
        "READONLY You can't write against a read only replica.",
        "LOADING Redis is loading the dataset in memory",
        "NOAUTH Authentication required.",
        "NOPERM this user has no permissions",
        "MISCONF Redis is configured to save RDB snapshots",
        "ERR unknown command",
    ],
)
def test_a_redis_that_refuses_everything_is_no_broken_page(client, home, use, error):
    with fake_redis(an_error(error)) as url:
        use(url)
        assert client.get(home.url).status_code == 200
        assert client.get("/visitors/").status_code == 503
        assert cache.get("key", "absent") == "absent"


@pytest.mark.parametrize("url", ["redis://:wrong@127.0.0.1:{}/0", "redis://127.0.0.1:{}/99"])
def test_a_wrong_password_or_number_is_no_broken_page(client, home, server, use, url):
    use(url.format(server.url.partition("1:")[2].removesuffix("/0")))
    assert client.get(home.url).status_code == 200
    assert client.get("/visitors/").status_code == 503


@pytest.mark.parametrize("url", ["redis://127.0.0.1:1/0", "redis://no-such-host.invalid:1/0"])
def test_a_redis_that_is_not_there_is_no_broken_page(client, home, use, url):
    use(url)
    assert client.get(home.url).status_code == 200


def test_a_value_that_cannot_be_read_is_none(server, use):
    use(server.url)
    cache.set("key", "value")
    with redis.Redis.from_url(server.url) as client:
        client.set(client.keys("*key")[0], b"c\nno.such\nmodule\n.")
    assert cache.get("key", "absent") == "absent"
    assert cache.get_many(["key"]) == {}
    cache.set("key", "value")
    assert cache.get("key") == "value"


@pytest.fixture
def clock():
    """The clock of the circuit breaker."""
    return Clock(1000.0)


@pytest.fixture
def breaker(clock):
    """A circuit breaker on that clock."""
    return CircuitBreaker(clock=clock)


def ask(breaker, clock, seconds=0.0, error=None):
    """Call a Redis that answers or fails after `seconds`."""
    with breaker.call():
        clock.now += seconds
        if error:
            raise error


def test_after_a_failure_one_alone_asks_again(breaker, clock):
    with pytest.raises(redis.TimeoutError):
        ask(breaker, clock, TIMEOUT_SECONDS, redis.TimeoutError())
    clock.now += OPEN_SECONDS - 0.1
    with pytest.raises(CircuitOpenError):
        ask(breaker, clock)
    clock.now += 0.2
    with breaker.call(), pytest.raises(CircuitOpenError):
        ask(breaker, clock)
    ask(breaker, clock)


def test_the_one_that_asks_again_and_fails_opens_it_for_as_long(breaker, clock):
    for _round in range(2):
        with pytest.raises(redis.ConnectionError):
            ask(breaker, clock, 0, redis.ConnectionError())
        with pytest.raises(CircuitOpenError):
            ask(breaker, clock)
        clock.now += OPEN_SECONDS + 0.1
    ask(breaker, clock)


def test_an_answer_to_a_question_of_before_the_failure_closes_nothing(breaker, clock):
    with breaker.call(), pytest.raises(redis.TimeoutError):
        ask(breaker, clock, 0, redis.TimeoutError())
    with pytest.raises(CircuitOpenError):
        ask(breaker, clock)


@pytest.fixture
def in_request():
    """A request that this thread handles."""
    redis_wait.begin()
    yield
    redis_wait.end()


def test_a_request_waits_for_slow_answers_until_they_add_up_to_a_time_out(
    breaker, clock, in_request
):
    for _answer in range(2):
        ask(breaker, clock, TIMEOUT_SECONDS * 0.6)
    with pytest.raises(CircuitOpenError):
        ask(breaker, clock)
    # The next request may be luckier.
    redis_wait.begin()
    ask(breaker, clock)


def test_slow_answers_are_taken_where_nobody_waits_for_a_page(breaker, clock):
    for _answer in range(10):
        ask(breaker, clock, TIMEOUT_SECONDS * 0.6)


def test_refusals_are_answers(breaker, clock):
    with pytest.raises(redis.ResponseError):
        ask(breaker, clock, 0, redis.exceptions.NoScriptError())
    ask(breaker, clock)


def test_what_a_strange_server_makes_of_the_parser_is_a_lost_connection(breaker, clock):
    with pytest.raises(redis.ConnectionError):
        ask(breaker, clock, 0, UnicodeDecodeError("utf-8", b"", 0, 1, "odd"))
    with pytest.raises(CircuitOpenError):
        ask(breaker, clock)

"""A Redis client with a circuit breaker.

A page waits for a failed Redis once, not at every command.

The cache and the live count use Redis through `GuardedRedis`. The first command that fails opens
the circuit breaker of this process. Nothing in this process calls Redis for `OPEN_SECONDS`. Then
one thread sends a command as a probe, while the others continue without Redis. An answer to the
probe closes the circuit. If Redis answers every command, but slowly, a request continues without it
after it has waited for as long as the timeout.
"""

import math
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import redis
from django.core.signals import request_finished, request_started
from django_redis.exceptions import ConnectionInterrupted
from django_redis.pool import ConnectionFactory
from django_redis.serializers.pickle import PickleSerializer
from redis._parsers import _RESP2Parser
from redis.client import Pipeline
from redis.connection import AbstractConnection

# Seconds after which Redis counts as down. The limit holds for connecting, and for a command with
# everything that it needs: a password, the number of a database, an answer that comes byte by byte.
TIMEOUT_SECONDS = 0.2

# Seconds for which no command is sent to a Redis that failed.
OPEN_SECONDS = 2.0

# The maximum number of deletions that are remembered while the circuit is open.
MAX_LOST_DELETIONS = 100

# Commands that are repeated once Redis answers again.
DELETIONS = ("DEL", "UNLINK", "FLUSHDB")


class RedisWait(threading.local):
    """The seconds that this thread's request has waited for Redis, or `None` outside of a request.

    A request has a limit for this sum. The worker, and a beat that is answered before Django, have
    no limit. But each command of a request, the worker or a beat ends at `until`, on the clock of
    the process.
    """

    seconds: float | None = None
    until = math.inf

    def begin(self, **kwargs: Any) -> None:
        """Start counting at zero."""
        self.seconds = 0.0

    def end(self, **kwargs: Any) -> None:
        """Stop counting, because the request has ended."""
        self.seconds = None

    @contextmanager
    def at_most(self, seconds: float) -> Iterator[None]:
        """Read answers in the block for at most `seconds` from now."""
        before, self.until = self.until, time.monotonic() + seconds
        try:
            yield
        finally:
            self.until = before


redis_wait = RedisWait()
request_started.connect(redis_wait.begin, dispatch_uid="wait_for_redis")
request_finished.connect(redis_wait.end, dispatch_uid="wait_no_longer_for_redis")


class DeadlineSocket:
    """A socket wrapper that limits the time for a whole answer, all its bytes together.

    The timeout of a socket starts again with each read.
    """

    def __init__(self, socket: socket.socket) -> None:
        self._socket = socket

    def settimeout(self, seconds: float | None) -> None:
        """Set the seconds to wait for a byte."""
        self._socket.settimeout(seconds)

    def recv(self, size: int) -> bytes:
        """Read bytes that arrive in time.

        After the deadline, read only bytes that are already there.
        """
        timeout = self._socket.gettimeout()
        if timeout is None:
            # `CONNECTION` sets it. The breaker takes a `ValueError` for a failure of Redis.
            raise ValueError("a connection to Redis without a timeout")
        self._socket.settimeout(min(timeout, max(0.0, redis_wait.until - time.monotonic())))
        try:
            return self._socket.recv(size)
        finally:
            self._socket.settimeout(timeout)


class DeadlineParser(_RESP2Parser):
    """A parser that reads answers within the timeout. redis-py has no setting for it."""

    def on_connect(self, connection: AbstractConnection) -> None:
        """Read from a socket that observes the deadline."""
        super().on_connect(connection)
        assert self._buffer is not None
        # redis-py declares `_sock` as `None`, which is its value before the connection.
        self._buffer._sock = DeadlineSocket(connection._sock)  # type: ignore[arg-type]


# Options of a connection. `REDIS_URL` may set other timeouts.
CONNECTION = {
    "socket_timeout": TIMEOUT_SECONDS,
    "socket_connect_timeout": TIMEOUT_SECONDS,
    "retry": None,
    # While connecting, send only the commands that the URL requires: password and database.
    "protocol": 2,
    "driver_info": None,
    "parser_class": DeadlineParser,
}


class CircuitOpenError(redis.ConnectionError):
    """The error raised without a call to Redis, because Redis failed a moment ago."""


class CircuitBreaker:
    """The state of one Redis as one process knows it.

    A request waits for Redis for `timeout` seconds in total, and then until its last command ends.
    """

    def __init__(
        self, timeout: float = TIMEOUT_SECONDS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.timeout, self._clock = timeout, clock
        self._probe_lock = threading.Lock()
        self._open_until: float | None = None
        self.lost_deletions: deque[tuple[redis.ConnectionPool, tuple[Any, ...]]] = deque(
            maxlen=MAX_LOST_DELETIONS
        )

    @contextmanager
    def call(self) -> Iterator[None]:
        """Run the block, which calls Redis, unless the circuit is open.

        Any error in the block opens the circuit, except for a refusal. A refusal (`ResponseError`)
        is an answer: the script is not known yet, or no memory is left.
        """
        if (redis_wait.seconds or 0.0) >= self.timeout:
            raise CircuitOpenError("answers too slowly for this request")
        began = self._clock()
        is_probe = self._open_until is not None and self._claim_probe(began)
        try:
            with redis_wait.at_most(self.timeout):
                yield
        except redis.ResponseError:
            self._answered(is_probe)
            raise
        except (redis.ConnectionError, redis.TimeoutError):
            self._open()
            raise
        except (redis.RedisError, OSError, ValueError, TypeError, LookupError) as error:
            # A server that does not speak Redis's protocol makes the parser raise these errors.
            self._open()
            raise redis.ConnectionError(f"no answer of a Redis: {error!r}") from error
        except BaseException:
            self._open()
            raise
        else:
            self._answered(is_probe)
        finally:
            if redis_wait.seconds is not None:
                redis_wait.seconds += self._clock() - began

    def _claim_probe(self, now: float) -> bool:
        """Let one thread send a probe when the open time is over. Raise for all others."""
        with self._probe_lock:
            if self._open_until is None:
                return False
            if now < self._open_until:
                raise CircuitOpenError("not asked, because it failed a moment ago")
            self._open_until = now + OPEN_SECONDS
            return True

    def _answered(self, is_probe: bool) -> None:
        if is_probe:
            self._open_until = None

    def _open(self) -> None:
        self._open_until = self._clock() + OPEN_SECONDS


@cache
def breaker_of(server: tuple[str | None, str | None, int | None], timeout: float) -> CircuitBreaker:
    """Return the circuit breaker that all clients of this process share for one server."""
    return CircuitBreaker(timeout)


class GuardedMixin:
    """A mixin with the circuit breaker of the server, for the client and the pipeline."""

    connection_pool: redis.ConnectionPool

    @property
    def breaker(self) -> CircuitBreaker:
        """The circuit breaker of the server, which is the same for all of its databases."""
        known = self.connection_pool.connection_kwargs
        server = known.get("path"), known.get("host"), known.get("port")
        return breaker_of(server, known.get("socket_timeout") or TIMEOUT_SECONDS)


class GuardedRedis(GuardedMixin, redis.Redis):
    """A client that does not call a failed Redis, and repeats deletions that were lost.

    Without this, a value that was deleted while Redis did not answer would still be there when
    Redis answers again.
    """

    def execute_command(self, *arguments: Any, **options: Any) -> Any:
        """Send a command, or raise `CircuitOpenError` at once."""
        breaker = self.breaker
        try:
            with breaker.call():
                answer = super().execute_command(*arguments, **options)
        except redis.RedisError:
            if arguments[0] in DELETIONS:
                breaker.lost_deletions.append((self.connection_pool, arguments))
            raise
        if breaker.lost_deletions:
            self._repeat_deletions(breaker)
        return answer

    def _repeat_deletions(self, breaker: CircuitBreaker) -> None:
        """Repeat the deletions that were lost. A deletion that fails again is remembered again."""
        while True:
            try:
                pool, arguments = breaker.lost_deletions.popleft()
            except IndexError:
                # Another thread may have taken the last one.
                return
            try:
                with breaker.call():
                    redis.Redis(connection_pool=pool).execute_command(*arguments)
            except redis.RedisError:
                breaker.lost_deletions.append((pool, arguments))
                return

    def pipeline(
        self, transaction: bool = True, shard_hint: str | None = None
    ) -> "GuardedPipeline":
        """Return a guarded pipeline."""
        return GuardedPipeline(
            self.connection_pool, self.response_callbacks, transaction, shard_hint
        )


class GuardedPipeline(GuardedMixin, Pipeline):
    """Commands that are sent together, and count as one for the circuit breaker."""

    def execute(self, raise_on_error: bool = True) -> list[Any]:
        """Send the commands, or raise `CircuitOpenError` at once."""
        with self.breaker.call():
            return super().execute(raise_on_error)


class GuardedConnectionFactory(ConnectionFactory):
    """The connection factory for django-redis (its option `CONNECTION_FACTORY`)."""

    def __init__(self, options: dict[str, Any]) -> None:
        super().__init__(options)
        self.redis_client_cls = GuardedRedis

    def make_connection_params(self, url: str) -> dict[str, Any]:
        """Add the connection options of `CONNECTION`."""
        return {**super().make_connection_params(url), **CONNECTION}


class ForgivingSerializer(PickleSerializer):
    """Treats a value that cannot be read, perhaps of another version, as a missing value."""

    def loads(self, value: bytes) -> Any:
        """Return the value. If it cannot be read, raise an error that django-redis ignores."""
        try:
            return super().loads(value)
        except Exception as error:
            # Bytes that are not a pickle of ours can make the unpickler raise any exception.
            raise ConnectionInterrupted(connection=None) from error

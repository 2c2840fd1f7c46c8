"""A Redis that fails is left alone for a moment: a page waits for it once, not at every question.

The cache and the live count ask through `GuardedRedis`. The first question that fails opens the
breaker of this process: nobody here asks for `OPEN_SECONDS`. Then one asks again, while the others
go on without; its answer closes the breaker. Where all answers come, but slowly, a request does
without Redis once it has waited for as long as a time-out.
"""

import math
import threading
import time
from collections import deque
from contextlib import contextmanager
from functools import cache

import redis
from django.core.signals import request_finished, request_started
from django_redis.exceptions import ConnectionInterrupted
from django_redis.pool import ConnectionFactory
from django_redis.serializers.pickle import PickleSerializer
from redis._parsers import _RESP2Parser
from redis.client import Pipeline

# Seconds after which Redis counts as down: to connect, and for a question with all that it takes,
# be it a password, the number of a database, or an answer that comes byte by byte.
TIMEOUT_SECONDS = 0.2

# Seconds for which a Redis that failed is asked nothing.
OPEN_SECONDS = 2.0

# Deletions that are remembered at most while Redis is left alone.
MAX_LOST_DELETIONS = 100

# Commands that are made up for.
DELETIONS = ("DEL", "UNLINK", "FLUSHDB")


class RedisWait(threading.local):
    """What this thread's request has waited for Redis, in seconds; none where there is no request.

    The worker, and a beat that is answered before Django, are asked for no such haste. For them too
    each question ends at `until`, on the clock of the process.
    """

    seconds = None
    until = math.inf

    def begin(self, **kwargs):
        """Start with all patience."""
        self.seconds = 0.0

    def end(self, **kwargs):
        """Be no longer in a request."""
        self.seconds = None

    @contextmanager
    def at_most(self, seconds):
        """Read answers in the block no longer than for so many seconds from now."""
        before, self.until = self.until, time.monotonic() + seconds
        try:
            yield
        finally:
            self.until = before


redis_wait = RedisWait()
request_started.connect(redis_wait.begin, dispatch_uid="wait_for_redis")
request_finished.connect(redis_wait.end, dispatch_uid="wait_no_longer_for_redis")


class PunctualSocket:
    """What an answer is read from: as long as the question may take, all its bytes together.

    The time-out of a socket holds for each read anew.
    """

    def __init__(self, socket):
        self._socket = socket

    def settimeout(self, seconds):
        """Wait so long for a byte."""
        self._socket.settimeout(seconds)

    def recv(self, size):
        """Read what comes in time; when it is over, what is there already."""
        timeout = self._socket.gettimeout()
        self._socket.settimeout(min(timeout, max(0.0, redis_wait.until - time.monotonic())))
        try:
            return self._socket.recv(size)
        finally:
            self._socket.settimeout(timeout)


class PunctualParser(_RESP2Parser):
    """Reads answers in time. redis-py has no setting for it."""

    def on_connect(self, connection):
        """Read from a socket that watches the clock."""
        super().on_connect(connection)
        self._buffer._sock = PunctualSocket(connection._sock)


# How to connect, unless `REDIS_URL` has other time-outs.
CONNECTION = {
    "socket_timeout": TIMEOUT_SECONDS,
    "socket_connect_timeout": TIMEOUT_SECONDS,
    "retry": None,
    # Nothing is asked while connecting but what the address demands: password and database.
    "protocol": 2,
    "driver_info": None,
    "parser_class": PunctualParser,
}


class CircuitOpenError(redis.ConnectionError):
    """Redis failed a moment ago and was not asked."""


class CircuitBreaker:
    """What one process knows of the health of one Redis.

    A request waits for it for `timeout` seconds, and then until the answer to its last question.
    """

    def __init__(self, timeout=TIMEOUT_SECONDS, clock=time.monotonic):
        self.timeout, self._clock = timeout, clock
        self._probe_lock = threading.Lock()
        self._open_until = None
        self.lost_deletions = deque(maxlen=MAX_LOST_DELETIONS)

    @contextmanager
    def call(self):
        """Ask Redis in the block, unless it is open; what fails, but for a refusal, opens it.

        A refusal (`ResponseError`) is an answer: a script that is not known yet, no memory left.
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
            # What a server that speaks another language makes of the parser.
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

    def _claim_probe(self, now):
        """Let one ask again when that time is over; raise for all others."""
        with self._probe_lock:
            if self._open_until is None:
                return False
            if now < self._open_until:
                raise CircuitOpenError("left alone after it failed")
            self._open_until = now + OPEN_SECONDS
            return True

    def _answered(self, is_probe):
        if is_probe:
            self._open_until = None

    def _open(self):
        self._open_until = self._clock() + OPEN_SECONDS


@cache
def breaker_of(server, timeout):
    """Return the breaker that all clients of this process share for one server."""
    return CircuitBreaker(timeout)


class GuardedMixin:
    """What client and pipeline share: the breaker of their server."""

    @property
    def breaker(self):
        """The breaker of the server, whichever of its databases is used."""
        known = self.connection_pool.connection_kwargs
        server = known.get("path"), known.get("host"), known.get("port")
        return breaker_of(server, known.get("socket_timeout") or TIMEOUT_SECONDS)


class GuardedRedis(GuardedMixin, redis.Redis):
    """A client that leaves a Redis alone that failed, and makes up for lost deletions.

    A value that was to be deleted while Redis did not answer would come back with it.
    """

    def execute_command(self, *arguments, **options):
        """Ask, or raise `CircuitOpenError` at once."""
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

    def _repeat_deletions(self, breaker):
        """Delete what was to be deleted; what fails again is remembered again."""
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

    def pipeline(self, transaction=True, shard_hint=None):
        """Return a guarded pipeline."""
        return GuardedPipeline(
            self.connection_pool, self.response_callbacks, transaction, shard_hint
        )


class GuardedPipeline(GuardedMixin, Pipeline):
    """Commands sent together: one question."""

    def execute(self, raise_on_error=True):
        """Ask, or raise `CircuitOpenError` at once."""
        with self.breaker.call():
            return super().execute(raise_on_error)


class GuardedConnectionFactory(ConnectionFactory):
    """What django-redis asks with (its option `CONNECTION_FACTORY`)."""

    def __init__(self, options):
        super().__init__(options)
        self.redis_client_cls = GuardedRedis

    def make_connection_params(self, url):
        """Connect as everybody here does."""
        return {**super().make_connection_params(url), **CONNECTION}


class ForgivingSerializer(PickleSerializer):
    """Takes a value that cannot be read, of another version perhaps, for one that is not there."""

    def loads(self, value):
        """Return the value; raise what django-redis ignores where it is none."""
        try:
            return super().loads(value)
        except Exception as error:
            # Bytes that are no pickle of ours make it raise whatever they happen to ask for.
            raise ConnectionInterrupted(connection=None) from error

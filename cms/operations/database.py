"""Timeouts for PostgreSQL, so that a request fails within seconds if the database hangs.

cms/wsgi.py sets them for web requests. Management commands, such as a long migration, run without
them. One setting holds for every process: PostgreSQL compiles no query (`disable_jit`).
"""

import selectors
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.signals import request_started
from django.db import close_old_connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.transaction import get_connection
from django.dispatch import receiver
from psycopg2 import OperationalError, extensions
from psycopg2.extensions import POLL_OK, POLL_READ, STATUS_SETUP, set_wait_callback

# Seconds after which PostgreSQL itself cancels a statement.
STATEMENT_SECONDS = 2.5

# Seconds after which we stop waiting for a PostgreSQL that is frozen or disconnected.
ANSWER_SECONDS = 2.9

# The maximum number of seconds for a new connection, minus the time that its request already lost.
#
# Usually the request has lost no time, so a busy machine may be slow to connect. If the health
# check of an old connection got no answer, one second is left to try a new connection.
REQUEST_SECONDS = 3.9


class DatabaseWait(threading.local):
    """The seconds that this thread's request has waited for PostgreSQL without an answer."""

    waited_seconds = 0.0

    def start_over(self, **kwargs: Any) -> None:
        """Reset the wait at the start of a request."""
        self.waited_seconds = 0.0


database_wait = DatabaseWait()


def limit_database_waits() -> None:
    """Limit every wait of this process for PostgreSQL. SQLite has its own busy timeout."""
    set_wait_callback(wait)
    connection_created.connect(set_statement_timeout, dispatch_uid="set_statement_timeout")
    request_started.connect(database_wait.start_over, dispatch_uid="limit_database_waits")


@contextmanager
def fresh_connection() -> Iterator[None]:
    """Manage connections around the block as Django does around a request.

    This is for code that runs outside of a request. Within a transaction it does nothing: the code
    that began the transaction manages its connection.
    """
    if get_connection().in_atomic_block:
        yield
        return
    database_wait.start_over()
    close_old_connections()
    try:
        yield
    finally:
        close_old_connections()


def set_statement_timeout(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Set the statement timeout on the server of a new connection."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            milliseconds = f"{STATEMENT_SECONDS * 1000:.0f}ms"
            cursor.execute("SET statement_timeout = %s", [milliseconds])


@receiver(connection_created, dispatch_uid="disable_jit")
def disable_jit(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Make PostgreSQL run the queries of a new connection without compiling them first.

    PostgreSQL compiles queries that it estimates to be expensive, which takes up to a second. For a
    recursive query the estimate is too high. For example, the query for private pages takes only a
    millisecond.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET jit = off")


def wait(connection: extensions.connection) -> None:
    """Wait for psycopg2 as its documentation describes, but with a timeout.

    An exception here makes psycopg2 close the connection, so that the next request gets a new one.
    """
    connecting = connection.status == STATUS_SETUP
    timeout = REQUEST_SECONDS - database_wait.waited_seconds if connecting else ANSWER_SECONDS
    deadline = time.monotonic() + timeout
    while (state := connection.poll()) != POLL_OK:
        event = selectors.EVENT_READ if state == POLL_READ else selectors.EVENT_WRITE
        with selectors.DefaultSelector() as selector:
            selector.register(connection.fileno(), event)
            if not selector.select(max(0, deadline - time.monotonic())):
                database_wait.waited_seconds += timeout
                raise OperationalError(f"PostgreSQL did not answer in {timeout:.1f} seconds")

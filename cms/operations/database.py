"""A database that hangs is an answer within seconds, not a worker that hangs too.

Bounds for web requests, set by cms/wsgi.py. Management commands, such as a long migration, run
without them. What is set for every process is that PostgreSQL compiles no query (`disable_jit`).
"""

import selectors
import threading
import time
from contextlib import contextmanager

from django.core.signals import request_started
from django.db import close_old_connections
from django.db.backends.signals import connection_created
from django.db.transaction import get_connection
from django.dispatch import receiver
from psycopg2 import OperationalError
from psycopg2.extensions import POLL_OK, POLL_READ, STATUS_SETUP, set_wait_callback

# After which PostgreSQL itself gives a statement up.
STATEMENT_SECONDS = 2.5

# After which we stop waiting for a PostgreSQL that says nothing, frozen or cut off.
ANSWER_SECONDS = 2.9

# After which a new connection is given up, what its request waited in vain before it included.
#
# Most often that is nothing: a busy machine may take its time to connect. Where the health check of
# an old connection has gone unanswered, a second is left to find out whether a new one fares
# better.
REQUEST_SECONDS = 3.9


class DatabaseWait(threading.local):
    """How many seconds this thread's request has waited for PostgreSQL in vain."""

    waited_seconds = 0.0

    def start_over(self, **kwargs):
        """Begin a request with all its patience."""
        self.waited_seconds = 0.0


database_wait = DatabaseWait()


def limit_database_waits():
    """Bound every wait for PostgreSQL of this process; SQLite has its busy timeout."""
    set_wait_callback(wait)
    connection_created.connect(set_statement_timeout, dispatch_uid="set_statement_timeout")
    request_started.connect(database_wait.start_over, dispatch_uid="limit_database_waits")


@contextmanager
def fresh_connection():
    """Ask the database with what is done around a request, where Django sees none.

    Within a transaction nothing is done: whoever began it looks after its connection.
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


def set_statement_timeout(connection, **kwargs):
    """Tell a new connection's server when to give a statement up."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            milliseconds = f"{STATEMENT_SECONDS * 1000:.0f}ms"
            cursor.execute("SET statement_timeout = %s", [milliseconds])


@receiver(connection_created, dispatch_uid="disable_jit")
def disable_jit(connection, **kwargs):
    """Tell a new connection's server to run queries as they are, without compiling them first.

    PostgreSQL compiles what it believes to be expensive, which takes up to a second. Of a recursive
    query, such as that for private pages, it believes so though it takes a millisecond.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET jit = off")


def wait(connection):
    """Wait for psycopg2 as its documentation lays out, but not for ever.

    Raising here makes psycopg2 close the connection, so that the next request gets a new one.
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

"""A database that hangs is an answer within seconds, not a worker that hangs too.

Bounds for web requests, set by cms/wsgi.py. Management commands, such as a long migration, run
without them.
"""

import selectors
import time

from django.db.backends.signals import connection_created
from psycopg2 import OperationalError
from psycopg2.extensions import POLL_OK, POLL_READ, STATUS_SETUP, set_wait_callback

STATEMENT_SECONDS = 2.5
"""After which PostgreSQL itself gives a statement up."""

ANSWER_SECONDS = 2.9
"""After which we stop waiting for a PostgreSQL that says nothing, frozen or cut off."""

CONNECT_SECONDS = 1.0
"""The same for a new connection; with `ANSWER_SECONDS`, which it may follow, less than 4."""


def bound_waiting():
    """Bound every wait for PostgreSQL of this process; SQLite has its busy timeout."""
    set_wait_callback(wait)
    connection_created.connect(bound_statements, dispatch_uid="bound_statements")


def bound_statements(connection, **kwargs):
    """Tell a new connection's server when to give a statement up."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = %s", [f"{STATEMENT_SECONDS * 1000:.0f}ms"])


def wait(connection):
    """Wait for psycopg2 as its documentation lays out, but not for ever.

    Raising here makes psycopg2 close the connection, so that the next request gets a new one.
    """
    connecting = connection.status == STATUS_SETUP
    patience = CONNECT_SECONDS if connecting else ANSWER_SECONDS
    deadline = time.monotonic() + patience
    while (state := connection.poll()) != POLL_OK:
        event = selectors.EVENT_READ if state == POLL_READ else selectors.EVENT_WRITE
        with selectors.DefaultSelector() as selector:
            selector.register(connection.fileno(), event)
            if not selector.select(max(0, deadline - time.monotonic())):
                raise OperationalError(f"PostgreSQL did not answer in {patience} seconds")

"""Tests for the timeouts of a database that hangs."""

import socket
import struct
import threading
from contextlib import suppress

import psycopg2
import pytest
from django.core.signals import request_started
from django.db import connection
from django.db.backends.signals import connection_created
from psycopg2.extensions import set_wait_callback

from cms.operations import database

# Seconds after which the silent server closes the connection, so that a test fails instead of
# hanging.
PATIENCE = 5


@pytest.fixture
def short_timeouts(monkeypatch):
    """The wait of a web process for PostgreSQL, with timeouts of 0.1 and 0.2 seconds."""
    monkeypatch.setattr(database, "ANSWER_SECONDS", 0.1)
    monkeypatch.setattr(database, "REQUEST_SECONDS", 0.2)
    database.database_wait.start_over()
    set_wait_callback(database.wait)
    yield
    set_wait_callback(None)
    database.database_wait.start_over()


def message(kind, content):
    """Return one message of PostgreSQL's protocol."""
    return kind + struct.pack("!i", len(content) + 4) + content


# PostgreSQL's messages to a client that has signed in.
WELCOME = (
    message(b"R", struct.pack("!i", 0))
    + b"".join(
        message(b"S", name + b"\0" + value + b"\0")
        for name, value in {
            b"server_version": b"17.0",
            b"client_encoding": b"UTF8",
            b"DateStyle": b"ISO, DMY",
            b"standard_conforming_strings": b"on",
        }.items()
    )
    + message(b"Z", b"I")
)

# PostgreSQL's response to an empty query.
NOTHING = message(b"I", b"") + message(b"Z", b"I")


@pytest.fixture
def server():
    """A function that starts a server and returns how to connect to it.

    The server sends each of the given lines once, each after it has received something. Then it
    reads without an answer.
    """
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(PATIENCE)
    threads = []

    def start(*lines):
        def serve():
            with suppress(OSError), listener.accept()[0] as peer:
                peer.settimeout(PATIENCE)
                for line in lines:
                    peer.recv(4096)
                    peer.sendall(line)
                while peer.recv(4096):
                    pass

        threads.append(threading.Thread(target=serve, daemon=True))
        threads[-1].start()
        return (
            f"host=127.0.0.1 port={listener.getsockname()[1]} dbname=portal user=portal "
            "sslmode=disable gssencmode=disable"
        )

    yield start
    for thread in threads:
        thread.join()
    listener.close()


def test_a_server_that_never_answers_a_connection_is_given_up(short_timeouts, server):
    address = server()
    with pytest.raises(psycopg2.OperationalError, match="did not answer"):
        psycopg2.connect(address)


def test_a_server_that_never_answers_a_query_is_given_up_and_its_connection_closed(
    short_timeouts, server
):
    link = psycopg2.connect(server(WELCOME))
    link.autocommit = True
    cursor = link.cursor()
    with pytest.raises(psycopg2.OperationalError, match="did not answer"):
        cursor.execute("SELECT 1")
    assert link.closed


def test_a_server_that_answers_is_heard(short_timeouts, server):
    link = psycopg2.connect(server(WELCOME, NOTHING))
    link.autocommit = True
    with pytest.raises(psycopg2.ProgrammingError, match="empty query"):
        link.cursor().execute(" ")
    assert not link.closed
    link.close()


def test_a_web_request_is_over_within_four_seconds():
    assert database.STATEMENT_SECONDS < database.ANSWER_SECONDS
    assert database.ANSWER_SECONDS < database.REQUEST_SECONDS < 4


def test_a_connection_has_the_time_that_its_request_has_left(short_timeouts, server):
    address = server()
    database.database_wait.waited_seconds = 0.1
    with pytest.raises(psycopg2.OperationalError, match=r"in 0\.1 seconds"):
        psycopg2.connect(address)


def test_a_connection_that_waited_for_nothing_has_the_whole_time(short_timeouts, server):
    address = server()
    with pytest.raises(psycopg2.OperationalError, match=r"in 0\.2 seconds"):
        psycopg2.connect(address)


def test_what_a_query_waited_in_vain_is_taken_from_the_connection_after_it(short_timeouts, server):
    link = psycopg2.connect(server(WELCOME))
    with pytest.raises(psycopg2.OperationalError, match="did not answer"):
        link.cursor().execute("SELECT 1")
    assert database.database_wait.waited_seconds == database.ANSWER_SECONDS


def test_every_request_starts_with_all_its_patience(database_limits, db):
    database.database_wait.waited_seconds = 1.0
    request_started.send(sender=None)
    assert database.database_wait.waited_seconds == 0


@pytest.fixture
def database_limits():
    """The limits of a web process, which are removed after the test."""
    database.limit_database_waits()
    yield
    set_wait_callback(None)
    connection_created.disconnect(dispatch_uid="set_statement_timeout")
    request_started.disconnect(dispatch_uid="limit_database_waits")


def test_a_web_process_bounds_every_new_connection(database_limits, db):
    connection_created.send(sender=type(connection), connection=connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT setting::int FROM pg_settings WHERE name = 'statement_timeout'")
            assert cursor.fetchone() == (database.STATEMENT_SECONDS * 1000,)
        else:
            cursor.execute("PRAGMA busy_timeout")
            assert 0 < cursor.fetchone()[0] <= 5000


def test_postgresql_compiles_no_query_of_any_process(db, django_assert_num_queries):
    """PostgreSQL compiles no query on the suite's connection. SQLite gets no query for this."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW jit")
            assert cursor.fetchone() == ("off",)
    else:
        with django_assert_num_queries(0):
            connection_created.send(sender=type(connection), connection=connection)


def test_questions_are_answered_under_the_bounds(database_limits, db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)

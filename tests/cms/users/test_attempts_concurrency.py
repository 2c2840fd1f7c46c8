"""Of simultaneous guesses, no more are let through than the limit allows."""

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Barrier
from urllib.parse import urlsplit

import pytest
from django.db import connection, connections

from cms.models import FailedAttempts
from cms.users import attempts
from cms.users.attempts import (
    ACCOUNT,
    CLIENT_NETWORK,
    TooManyAttemptsError,
    check_limits,
    record_attempt,
    sweep,
)
from tests.databases import tables_for_models, temporary_database

pytestmark = pytest.mark.django_db

THREADS = 10
TRIES_PER_THREAD = 10


@pytest.fixture(autouse=True)
def shared_database(tmp_path):
    """A database whose content all threads see.

    The database of the test suite is in memory, or its content is in an open transaction.
    """
    with ExitStack() as stack:
        url = f"sqlite:///{tmp_path / 'attempts.sqlite3'}"
        if connection.vendor == "postgresql":
            server = urlsplit(os.environ["DATABASE_URL"])
            here = server._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
            url = stack.enter_context(temporary_database(here, f"attempts_{os.getpid()}"))
        stack.enter_context(tables_for_models([FailedAttempts], url))
        yield


def run_in_threads(work):
    """Run `work(number)` for each number in threads that start together. Return the results."""
    start = Barrier(THREADS)

    def run(thread):
        start.wait()
        try:
            return [work(thread * TRIES_PER_THREAD + number) for number in range(TRIES_PER_THREAD)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        return [result for results in pool.map(run, range(THREADS)) for result in results]


def is_let_through(*counts):
    """Return whether a try is allowed."""
    try:
        check_limits(counts)
        record_attempt(counts)
    except TooManyAttemptsError:
        return False
    return True


def test_of_a_hundred_guesses_for_one_account_twenty_are_let_through():
    assert sum(run_in_threads(lambda number: is_let_through(ACCOUNT.counter_for("bientap")))) == 20


def test_of_a_hundred_guesses_from_one_address_fifty_are_let_through():
    def guess(number):
        return is_let_through(
            ACCOUNT.counter_for(f"ten-{number}"), CLIENT_NETWORK.counter_for("203.0.113.1")
        )

    assert sum(run_in_threads(guess)) == 50
    # The refused tries left no row.
    assert FailedAttempts.objects.count() == 51


def test_a_hundred_right_passwords_are_let_through_and_leave_nothing():
    """Right passwords are all let through and leave no rows.

    There are as many simultaneous tries as threads, which is less than the limit.
    """

    def succeed(number):
        record_attempt(
            [ACCOUNT.counter_for("bientap"), CLIENT_NETWORK.counter_for("203.0.113.1")]
        ).forget()

    run_in_threads(succeed)
    assert not FailedAttempts.objects.exists()


def test_tries_that_cross_never_wait_for_each_other():
    accounts = [ACCOUNT.counter_for(f"ten-{number}") for number in range(7)]
    addresses = [CLIENT_NETWORK.counter_for(f"203.0.113.{number}") for number in range(5)]

    def guess(number):
        pair = [accounts[number % 7], addresses[number % 5]]
        attempt = record_attempt(pair if number % 2 else pair[::-1])
        sweep()
        if number % 3:
            attempt.forget()
        return True

    assert all(run_in_threads(guess))
    kept = sum(len(row.moments) for row in FailedAttempts.objects.all())
    assert kept == 2 * len(
        [number for number in range(THREADS * TRIES_PER_THREAD) if not number % 3]
    )


def test_sweeping_meanwhile_loses_no_failure(monkeypatch):
    """No failure is lost if one thread writes to an expired row while others sweep it."""
    account = ACCOUNT.counter_for("bientap")
    long_ago = attempts.now() - 2 * attempts.SECONDS_PER_HOUR
    FailedAttempts.objects.create(key=account.key, moments=[long_ago], expires_at=long_ago)

    def guess(number):
        sweep()
        return is_let_through(account)

    assert sum(run_in_threads(guess)) == 20
    assert len(FailedAttempts.objects.get().moments) == 20

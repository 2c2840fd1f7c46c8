"""Guesses that come at the same moment: no more are let through than the limit allows."""

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Barrier
from urllib.parse import urlsplit

import pytest
from django.db import connection, connections

from cms.models import FailedAttempts
from cms.users import attempts
from cms.users.attempts import ACCOUNT, ADDRESS, TooManyAttemptsError, ask, reserve, sweep
from tests.databases import database_beside, tables_of

pytestmark = pytest.mark.django_db

THREADS = 10
EACH = 10


@pytest.fixture(autouse=True)
def shared_database(tmp_path):
    """A database that all threads see the same of: the suite's is in memory or a transaction."""
    with ExitStack() as stack:
        url = f"sqlite:///{tmp_path / 'attempts.sqlite3'}"
        if connection.vendor == "postgresql":
            server = urlsplit(os.environ["DATABASE_URL"])
            here = server._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
            url = stack.enter_context(database_beside(here, f"attempts_{os.getpid()}"))
        stack.enter_context(tables_of([FailedAttempts], url))
        yield


def at_once(work):
    """Run `work(number)` for each number, in threads that begin together; return the results."""
    start = Barrier(THREADS)

    def run(thread):
        start.wait()
        try:
            return [work(thread * EACH + number) for number in range(EACH)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        return [result for results in pool.map(run, range(THREADS)) for result in results]


def is_let_through(*counts):
    """Say whether a try may be made."""
    try:
        ask(counts)
        reserve(counts)
    except TooManyAttemptsError:
        return False
    return True


def test_of_a_hundred_guesses_for_one_account_twenty_are_let_through():
    assert sum(at_once(lambda number: is_let_through(ACCOUNT.of("bientap")))) == 20


def test_of_a_hundred_guesses_from_one_address_fifty_are_let_through():
    def guess(number):
        return is_let_through(ACCOUNT.of(f"ten-{number}"), ADDRESS.of("203.0.113.1"))

    assert sum(at_once(guess)) == 50
    # Those refused left no row.
    assert FailedAttempts.objects.count() == 51


def test_a_hundred_right_passwords_are_let_through_and_leave_nothing():
    """As many at a time as there are threads, which is less than the limit."""

    def succeed(number):
        reserve([ACCOUNT.of("bientap"), ADDRESS.of("203.0.113.1")]).forget()

    at_once(succeed)
    assert not FailedAttempts.objects.exists()


def test_tries_that_cross_never_wait_for_each_other():
    accounts = [ACCOUNT.of(f"ten-{number}") for number in range(7)]
    addresses = [ADDRESS.of(f"203.0.113.{number}") for number in range(5)]

    def guess(number):
        pair = [accounts[number % 7], addresses[number % 5]]
        attempt = reserve(pair if number % 2 else pair[::-1])
        sweep()
        if number % 3:
            attempt.forget()
        return True

    assert all(at_once(guess))
    kept = sum(len(row.moments) for row in FailedAttempts.objects.all())
    assert kept == 2 * len([number for number in range(THREADS * EACH) if not number % 3])


def test_sweeping_meanwhile_loses_no_failure(monkeypatch):
    """A row that has expired is written to and swept by others at the same moment."""
    account = ACCOUNT.of("bientap")
    long_ago = attempts.now() - 2 * attempts.HOUR
    FailedAttempts.objects.create(key=account.key, moments=[long_ago], expires_at=long_ago)

    def guess(number):
        sweep()
        return is_let_through(account)

    assert sum(at_once(guess)) == 20
    assert len(FailedAttempts.objects.get().moments) == 20

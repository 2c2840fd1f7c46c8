"""Tests of concurrent beats: each store loses nothing and counts nothing twice."""

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from itertools import count
from threading import Barrier
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection, connections

from cms.visitors.live_count import MAX_UNBUFFERED_ONLINE, LiveCount
from cms.visitors.stores.database import DatabaseStore
from tests.cms.visitors.conftest import token
from tests.databases import temporary_database, visitor_tables

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
THREADS, ROUNDS = 8, 6
SHARED = 1000


@pytest.fixture
def shared_store(store, tmp_path):
    """A store that is the same for all threads.

    For the database this is a separate database. The database of the test suite is in memory or in
    a transaction, and the content that migrations created there must outlive this test.
    """
    with ExitStack() as stack:
        if isinstance(store, DatabaseStore):
            url = f"sqlite:///{tmp_path / 'count.sqlite3'}"
            if connection.vendor == "postgresql":
                server = urlsplit(os.environ["DATABASE_URL"])
                here = server._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
                url = stack.enter_context(temporary_database(here, f"count_{os.getpid()}"))
            stack.enter_context(visitor_tables(url))
        yield store


def at_once(work):
    """Run `work(thread)` in all threads, which start together, and return the results."""
    start = Barrier(THREADS)

    def run(thread):
        start.wait()
        try:
            return work(thread)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, range(THREADS)))


def test_each_of_many_newcomers_is_counted(shared_store):
    def arrive(thread):
        mine = [token(THREADS * number + thread) for number in range(ROUNDS)]
        return [shared_store.beat(each, 1, "a" * 32, NOW, visit_weight=1) for each in mine]

    assert all(all(arrivals) for arrivals in at_once(arrive))
    assert shared_store.tally(NOW, 1).online == THREADS * ROUNDS
    assert shared_store.take_visits() == THREADS * ROUNDS


def test_a_newcomer_who_beats_from_all_threads_is_counted_once(shared_store):
    def arrive(thread):
        return sum(
            shared_store.beat(token(number), thread + 1, "a" * 32, NOW, visit_weight=1)
            for number in range(ROUNDS)
        )

    assert sum(at_once(arrive)) == ROUNDS
    assert shared_store.tally(NOW, 1).online == ROUNDS
    assert shared_store.take_visits() == ROUNDS


def test_those_who_stay_and_those_who_leave_are_told_apart(shared_store):
    def come_and_go(thread):
        for number in range(ROUNDS):
            own = token(THREADS * number + thread)
            shared_store.beat(own, 1, "a" * 32, NOW)
            shared_store.beat(token(SHARED), THREADS * number + thread, "b" * 32, NOW)
            if number % 2:
                shared_store.leave(own, 2, NOW)

    at_once(come_and_go)
    assert shared_store.tally(NOW, 1).online == THREADS * ROUNDS // 2 + 1


def test_of_what_processes_gather_nothing_is_lost_and_nothing_counted_twice(shared_store):
    """Beats that several processes buffer are neither lost nor counted twice.

    Each thread is a process. All processes know the residents. Each brings newcomers, and some of
    these leave.
    """
    shared_store.is_buffered = True
    residents = [token(SHARED + number) for number in range(MAX_UNBUFFERED_ONLINE + 1)]
    for resident in residents:
        shared_store.beat(resident, 1, "b" * 32, NOW)
    soon = NOW + timedelta(seconds=1)
    sequence = count(2)

    def live(thread):
        process = LiveCount(shared_store, lambda *_arguments: None)
        for number in range(ROUNDS):
            own = token(THREADS * number + thread)
            process.beat(own, next(sequence), "a" * 32, NOW, is_visit=True)
            for resident in [own, *residents[:5]]:
                process.beat(resident, next(sequence), "b" * 32, NOW, is_visit=False)
                process.beat(resident, next(sequence), "b" * 32, soon, is_visit=False)
            if number % 2:
                process.leave(own, next(sequence), soon)
        process.flush()

    at_once(live)
    stayed = THREADS * ROUNDS // 2
    assert shared_store.tally(soon, 1).online == len(residents) + stayed
    assert shared_store.take_visits() == THREADS * ROUNDS
    late = NOW + timedelta(seconds=settings.VISITOR_WINDOW)
    assert shared_store.tally(late, 1).online == 5 + stayed


def test_visits_are_taken_by_one_of_many(shared_store):
    for number in range(ROUNDS):
        shared_store.beat(token(number), 1, "a" * 32, NOW, visit_weight=1)
    taken = sum(at_once(lambda thread: shared_store.take_visits()))
    assert taken + shared_store.take_visits() == ROUNDS


def test_a_turn_is_taken_by_one_of_many(shared_store):
    shared_store.claim_upkeep(NOW.replace(hour=0), 2)
    assert sum(at_once(lambda thread: shared_store.claim_upkeep(NOW, 2))) == 1

"""Beats that one process gathers: the store hears of them soon, and pages hear no lie."""

import math
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest

from cms.visitors import gathering
from cms.visitors.gathering import Gathering
from cms.visitors.known_count import FEW, LiveCount
from cms.visitors.stores.interface import Beat, StoreError
from tests.cms.visitors.conftest import PATIENT_REDIS_URL, token
from tests.portal import ROOT

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
HERE, THERE = "a" * 32, "b" * 32
ALICE = token(0)
MANY = FEW + 1


def after(seconds):
    """Return the moment so many seconds after the beginning."""
    return NOW + timedelta(seconds=seconds)


class Later:
    """What is to be done later, done when the test says so."""

    def __init__(self):
        self.due = []

    def __call__(self, seconds, do):
        self.due.append(do)

    def come(self):
        due, self.due = self.due, []
        for do in due:
            do()


@pytest.fixture
def later():
    """What is put off."""
    return Later()


@pytest.fixture
def gathering_store(store):
    """The store, gathered for whichever it is."""
    store.gathers = True
    return store


@pytest.fixture
def asked(gathering_store, monkeypatch):
    """The names of the methods by which the store was asked, not by which it asked itself."""
    asked, within = [], []

    def watched(name, method):
        def ask(*arguments, **named):
            if not within:
                asked.append(name)
            within.append(name)
            try:
                return method(*arguments, **named)
            finally:
                within.pop()

        return ask

    for name in ("beat", "beat_again", "leave", "tally"):
        monkeypatch.setattr(gathering_store, name, watched(name, getattr(gathering_store, name)))
    return asked


@pytest.fixture
def count(gathering_store, later, asked):
    """A process to which many have come, with a reading of a moment ago."""
    count = LiveCount(gathering_store, later)
    for number in range(MANY):
        gathering_store.beat(token(number), 1, HERE, NOW)
    count.beat(ALICE, 2, HERE, NOW, is_visit=False)
    asked.clear()
    return count


def test_a_token_that_is_known_beats_again_without_the_store(count, asked, later):
    assert count.beat(ALICE, 3, HERE, after(1), is_visit=False).online == MANY
    assert asked == []
    assert len(later.due) == 1


def test_what_is_gathered_is_written_once_it_is_due(count, asked, later, gathering_store, settings):
    count.beat(ALICE, 3, HERE, after(1), is_visit=False)
    later.come()
    assert asked == ["beat_again"]
    assert gathering_store.tally(after(settings.VISITOR_WINDOW + 0.999), 1).online == 1
    assert gathering_store.tally(after(settings.VISITOR_WINDOW + 1), 1).online == 0


def test_many_beats_are_written_in_one_step(count, asked, later):
    for number in range(10):
        count.beat(token(number), 2, HERE, after(1), is_visit=False)
    asked.clear()
    for number in range(10):
        count.beat(token(number), 3, HERE, after(1.1), is_visit=False)
    later.come()
    assert asked == ["beat_again"]


def test_a_process_that_reads_writes_first_what_it_gathered(count, asked, settings):
    count.beat(ALICE, 3, HERE, after(1), is_visit=False)
    assert count.read(after(settings.VISITOR_WINDOW)).online == 1
    assert asked == ["beat_again", "tally"]


@pytest.mark.parametrize(
    ("number", "sequence", "address", "seconds", "is_visit"),
    [
        (1, 2, HERE, 1, False),
        (0, 3, THERE, 1, False),
        (0, 3, HERE, 1, True),
        (0, 3, HERE, gathering.KNOWN, False),
        (0, 3, HERE, -1, False),
    ],
    ids=["a stranger", "another address", "a visit", "after long silence", "before"],
)
def test_at_once_goes(count, asked, number, sequence, address, seconds, is_visit):
    count.beat(token(number), sequence, address, after(seconds), is_visit)
    assert "beat" in asked


def test_of_a_few_everybody_goes_at_once(gathering_store, later, asked):
    count = LiveCount(gathering_store, later)
    for sequence in range(1, 4):
        count.beat(ALICE, sequence, HERE, after(sequence), is_visit=False)
    assert asked.count("beat") == 3
    assert not later.due


def test_an_older_beat_changes_nothing(count, later, gathering_store, settings):
    count.beat(ALICE, 4, HERE, after(1), is_visit=False)
    count.beat(ALICE, 3, HERE, after(1.5), is_visit=False)
    later.come()
    assert gathering_store.tally(after(settings.VISITOR_WINDOW + 1), 1).online == 0


def test_a_sign_off_goes_at_once_and_what_was_gathered_does_not_undo_it(count, asked, later):
    count.beat(ALICE, 3, HERE, after(1), is_visit=False)
    count.leave(ALICE, 4, after(1))
    assert asked == ["leave"]
    later.come()
    assert count.read(after(3)).online == MANY - 1


def test_who_signed_off_comes_back_at_once(count, asked):
    count.leave(ALICE, 3, after(1))
    asked.clear()
    assert count.beat(ALICE, 4, HERE, after(1), is_visit=False).online == MANY
    assert "beat" in asked


def test_who_was_refused_in_a_batch_is_told_so_the_next_time(count, asked, gathering_store):
    written = Gathering(lambda: None, lambda *_: None)
    beat = Beat(ALICE, 5, THERE, NOW)
    written.know(beat)
    assert written.take(beat._replace(sequence=6))
    gathering_store.beat(token(500), 1, THERE, NOW)
    written.write(gathering_store, limit=1)
    assert not written.take(beat._replace(sequence=7))


def test_a_large_batch_is_written_at_once(monkeypatch, later):
    monkeypatch.setattr(gathering, "BATCH", 3)
    due = []
    gathered = Gathering(lambda: due.append(1), later)
    for number in range(3):
        gathered.know(Beat(token(number), 1, HERE, NOW))
        gathered.take(Beat(token(number), 2, HERE, NOW))
    assert due == [1]


def test_no_more_tokens_are_known_than_have_room(monkeypatch, later):
    monkeypatch.setattr(gathering, "MOST_KNOWN", 2)
    gathered = Gathering(lambda: None, later)
    for number in range(3):
        gathered.know(Beat(token(number), 1, HERE, NOW))
    taken = [gathered.take(Beat(token(number), 2, HERE, NOW)) for number in range(3)]
    assert taken == [False, True, True]


def test_a_store_that_fails_costs_a_batch_and_one_line_of_the_log(
    count, gathering_store, later, monkeypatch, caplog
):
    def fail(*_arguments):
        raise StoreError("the store is down")

    with monkeypatch.context() as patch:
        patch.setattr(gathering_store, "beat_again", fail)
        for sequence in (3, 4):
            count.beat(ALICE, sequence, HERE, after(1), is_visit=False)
            later.come()
            count.rest_until = -math.inf
        count.beat(ALICE, 5, HERE, after(1), is_visit=False)
        with pytest.raises(StoreError):
            count.read(after(3))
    assert len([line for line in caplog.records if line.name == "cms.visitors.known_count"]) == 1
    count.rest_until = -math.inf
    count.beat(ALICE, 6, HERE, after(4), is_visit=False)
    later.come()
    assert count.read(after(15)).online == 1


class SlowStore:
    """Takes a batch when the test lets it."""

    def __init__(self):
        self.begun, self.may_go_on, self.written = Event(), Event(), []

    def beat_again(self, beats, limit):
        self.begun.set()
        assert self.may_go_on.wait(10)
        self.written += beats
        return []


def test_writing_waits_for_what_another_thread_is_writing():
    store, beat = SlowStore(), Beat(ALICE, 2, HERE, NOW)
    gathered = Gathering(lambda: None, lambda *_: None)
    gathered.know(beat._replace(sequence=1))
    gathered.take(beat)

    def write():
        gathered.write(store, limit=None)
        return list(store.written)

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(write)
        assert store.begun.wait(10)
        second = pool.submit(write)
        store.may_go_on.set()
        assert first.result(10) == second.result(10) == [beat]


ENDS_AT_ONCE = """
import sys
from datetime import datetime, timedelta
import django
django.setup()
from cms.visitors.known_count import live_count
from cms.visitors.stores.redis import RedisStore
live_count._store = RedisStore(*sys.argv[1:3])
now = datetime.fromisoformat(sys.argv[3])
for sequence in (2, 3):
    moment = now + timedelta(seconds=sequence)
    live_count.beat("0" * 32, sequence, "a" * 32, moment, is_visit=False)
"""


@pytest.mark.parametrize("store", ["redis"], indirect=True)
def test_a_process_that_ends_writes_what_it_gathered(store, settings):
    for number in range(MANY):
        store.beat(token(number), 1, HERE, NOW)
    prefix = store.state.rpartition(":")[0]
    subprocess.run(  # noqa: S603 - our own command line
        [sys.executable, "-c", ENDS_AT_ONCE, PATIENT_REDIS_URL, prefix, NOW.isoformat()],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "settings.test"},
        check=True,
    )
    assert store.tally(after(settings.VISITOR_WINDOW + 2.5), 1).online == 1


def test_a_thread_of_its_own_does_what_is_put_off():
    done = Event()
    gathering.after(0, done.set)
    assert done.wait(10)

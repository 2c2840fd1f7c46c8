"""Tests of the beats that one process buffers: the store gets them soon, and pages stay correct."""

import math
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest

from cms.visitors import beat_buffer
from cms.visitors.beat_buffer import BeatBuffer
from cms.visitors.live_count import MAX_UNBUFFERED_ONLINE, LiveCount
from cms.visitors.stores.interface import Beat, StoreError
from tests.cms.visitors.conftest import PATIENT_REDIS_URL, token
from tests.portal import ROOT

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
HERE, THERE = "a" * 32, "b" * 32
ALICE = token(0)
MANY = MAX_UNBUFFERED_ONLINE + 1


def after(seconds):
    """Return the moment that many seconds after the beginning."""
    return NOW + timedelta(seconds=seconds)


class ManualTimer:
    """A timer whose calls run when the test calls `fire`."""

    def __init__(self):
        self.due = []

    def __call__(self, seconds, do):
        self.due.append(do)

    def fire(self):
        due, self.due = self.due, []
        for do in due:
            do()


@pytest.fixture
def timer():
    """A timer that the test fires."""
    return ManualTimer()


@pytest.fixture
def buffered_store(store):
    """A store that is buffered, even the database."""
    store.is_buffered = True
    return store


@pytest.fixture
def store_calls(buffered_store, monkeypatch):
    """The names of the store's methods that the process called, without calls inside the store."""
    store_calls, within = [], []

    def watched(name, method):
        def ask(*arguments, **named):
            if not within:
                store_calls.append(name)
            within.append(name)
            try:
                return method(*arguments, **named)
            finally:
                within.pop()

        return ask

    for name in ("beat", "beat_many", "leave", "tally"):
        monkeypatch.setattr(buffered_store, name, watched(name, getattr(buffered_store, name)))
    return store_calls


@pytest.fixture
def count(buffered_store, timer, store_calls):
    """A process with many visitors online and a recent snapshot."""
    count = LiveCount(buffered_store, timer)
    for number in range(MANY):
        buffered_store.beat(token(number), 1, HERE, NOW)
    count.beat(ALICE, 2, HERE, NOW, is_visit=False)
    store_calls.clear()
    return count


def test_a_token_that_is_known_beats_again_without_the_store(count, store_calls, timer):
    assert count.beat(ALICE, 3, HERE, after(1), is_visit=False).online == MANY
    assert store_calls == []
    assert len(timer.due) == 1


def test_what_is_gathered_is_written_once_it_is_due(
    count, store_calls, timer, buffered_store, settings
):
    count.beat(ALICE, 3, HERE, after(1), is_visit=False)
    timer.fire()
    assert store_calls == ["beat_many"]
    assert buffered_store.tally(after(settings.VISITOR_WINDOW + 0.999), 1).online == 1
    assert buffered_store.tally(after(settings.VISITOR_WINDOW + 1), 1).online == 0


def test_many_beats_are_written_in_one_step(count, store_calls, timer):
    for number in range(10):
        count.beat(token(number), 2, HERE, after(1), is_visit=False)
    store_calls.clear()
    for number in range(10):
        count.beat(token(number), 3, HERE, after(1.1), is_visit=False)
    timer.fire()
    assert store_calls == ["beat_many"]


def test_a_process_that_reads_writes_first_what_it_gathered(count, store_calls, settings):
    count.beat(ALICE, 3, HERE, after(1), is_visit=False)
    assert count.read(after(settings.VISITOR_WINDOW)).online == 1
    assert store_calls == ["beat_many", "tally"]


@pytest.mark.parametrize(
    ("number", "sequence", "address_key", "seconds", "is_visit"),
    [
        (1, 2, HERE, 1, False),
        (0, 3, THERE, 1, False),
        (0, 3, HERE, 1, True),
        (0, 3, HERE, beat_buffer.KNOWN_SECONDS, False),
        (0, 3, HERE, -1, False),
    ],
    ids=["a stranger", "another IP address", "a visit", "after long silence", "before"],
)
def test_at_once_goes(count, store_calls, number, sequence, address_key, seconds, is_visit):
    count.beat(token(number), sequence, address_key, after(seconds), is_visit)
    assert "beat" in store_calls


@pytest.mark.parametrize(
    ("seconds", "is_known"), [(0, True), (beat_buffer.KNOWN_SECONDS, False), (-1, False)]
)
def test_a_token_is_known_for_a_while_after_its_last_beat(timer, seconds, is_known):
    """Later, or after the clock was set back, another process may know more of it."""
    buffer = BeatBuffer(lambda: None, timer)
    buffer.remember(Beat(ALICE, 1, HERE, NOW))
    assert buffer.add(Beat(ALICE, 2, HERE, after(seconds))) is is_known


def test_of_a_few_everybody_goes_at_once(buffered_store, timer, store_calls):
    count = LiveCount(buffered_store, timer)
    for sequence in range(1, 4):
        count.beat(ALICE, sequence, HERE, after(sequence), is_visit=False)
    assert store_calls.count("beat") == 3
    assert not timer.due


def test_an_older_beat_changes_nothing(count, timer, buffered_store, settings):
    count.beat(ALICE, 4, HERE, after(1), is_visit=False)
    count.beat(ALICE, 3, HERE, after(1.5), is_visit=False)
    timer.fire()
    assert buffered_store.tally(after(settings.VISITOR_WINDOW + 1), 1).online == 0


def test_a_sign_off_goes_at_once_and_what_was_gathered_does_not_undo_it(count, store_calls, timer):
    count.beat(ALICE, 3, HERE, after(1), is_visit=False)
    count.leave(ALICE, 4, after(1))
    assert store_calls == ["leave"]
    timer.fire()
    assert count.read(after(3)).online == MANY - 1


def test_who_signed_off_comes_back_at_once(count, store_calls):
    count.leave(ALICE, 3, after(1))
    store_calls.clear()
    assert count.beat(ALICE, 4, HERE, after(1), is_visit=False).online == MANY
    assert "beat" in store_calls


def test_who_was_refused_in_a_batch_is_told_so_the_next_time(count, store_calls, buffered_store):
    buffer = BeatBuffer(lambda: None, lambda *_: None)
    beat = Beat(ALICE, 5, THERE, NOW)
    buffer.remember(beat)
    assert buffer.add(beat._replace(sequence=6))
    buffered_store.beat(token(500), 1, THERE, NOW)
    buffer.write(buffered_store, limit=1)
    assert not buffer.add(beat._replace(sequence=7))


def test_a_large_batch_is_written_at_once(monkeypatch, timer):
    monkeypatch.setattr(beat_buffer, "BATCH_SIZE", 3)
    due = []
    buffer = BeatBuffer(lambda: due.append(1), timer)
    for number in range(3):
        buffer.remember(Beat(token(number), 1, HERE, NOW))
        buffer.add(Beat(token(number), 2, HERE, NOW))
    assert due == [1]


def test_no_more_tokens_are_known_than_have_room(monkeypatch, timer):
    monkeypatch.setattr(beat_buffer, "MAX_KNOWN_TOKENS", 2)
    buffer = BeatBuffer(lambda: None, timer)
    for number in range(3):
        buffer.remember(Beat(token(number), 1, HERE, NOW))
    taken = [buffer.add(Beat(token(number), 2, HERE, NOW)) for number in range(3)]
    assert taken == [False, True, True]


def test_a_store_that_fails_costs_a_batch_and_one_line_of_the_log(
    count, buffered_store, timer, monkeypatch, caplog
):
    def fail(*_arguments):
        raise StoreError("the store is down")

    with monkeypatch.context() as patch:
        patch.setattr(buffered_store, "beat_many", fail)
        for sequence in (3, 4):
            count.beat(ALICE, sequence, HERE, after(1), is_visit=False)
            timer.fire()
            count.retry_at = -math.inf
        count.beat(ALICE, 5, HERE, after(1), is_visit=False)
        with pytest.raises(StoreError):
            count.read(after(3))
    assert len([line for line in caplog.records if line.name == "cms.visitors.live_count"]) == 1
    count.retry_at = -math.inf
    count.beat(ALICE, 6, HERE, after(4), is_visit=False)
    timer.fire()
    assert count.read(after(15)).online == 1


class SlowStore:
    """A store that accepts a batch only when the test lets it."""

    def __init__(self):
        self.begun, self.may_go_on, self.written = Event(), Event(), []

    def beat_many(self, beats, limit):
        self.begun.set()
        assert self.may_go_on.wait(10)
        self.written += beats
        return []


def test_writing_waits_for_what_another_thread_is_writing():
    store, beat = SlowStore(), Beat(ALICE, 2, HERE, NOW)
    buffer = BeatBuffer(lambda: None, lambda *_: None)
    buffer.remember(beat._replace(sequence=1))
    buffer.add(beat)

    def write():
        buffer.write(store, limit=None)
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
from cms.visitors.live_count import live_count
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
    beat_buffer.call_later(0, done.set)
    assert done.wait(10)

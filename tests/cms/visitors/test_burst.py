"""Tests of a sudden crowd, which the process that receives it notices."""

from datetime import UTC, datetime, timedelta

import pytest

from cms.visitors.burst import MIN_SPAN_SECONDS, BurstDetector
from cms.visitors.live_count import LiveCount
from cms.visitors.sampling import TOKEN_VALUES, Sampling
from tests.cms.visitors.conftest import token

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
BOUND = 10


def after(seconds):
    """Return the moment that many seconds after the beginning."""
    return NOW + timedelta(seconds=seconds)


def rates(*moments):
    """Return the rate reported for each beat that arrives at these seconds."""
    detector = BurstDetector()
    return [detector.count_beat(BOUND, after(moment)) for moment in moments]


def test_as_many_as_the_bound_within_a_second_are_no_rush():
    assert not any(rates(*(number / BOUND for number in range(5 * BOUND))))


def test_one_more_tells_the_rate_and_counts_anew():
    told = rates(*(number / 20 for number in range(2 * BOUND)))
    assert told[:BOUND] == [0] * BOUND
    assert told[BOUND] == pytest.approx(22)
    assert not any(told[BOUND + 1 :])


def test_a_jam_that_dissolves_at_once_is_no_large_crowd():
    assert rates(*[0] * (BOUND + 1))[-1] == (BOUND + 1) / MIN_SPAN_SECONDS


def test_a_clock_that_is_put_back_counts_anew():
    assert not any(rates(*range(100, 0, -1)))


@pytest.fixture
def process(store, settings):
    """A process with an empty store."""
    settings.VISITOR_BEATS_PER_SECOND = BOUND
    return LiveCount(store, lambda *_arguments: None)


def arrive(process, number, moment):
    """Bring that many newcomers at once, their tokens evenly spread; return the last snapshot."""
    for index in range(number):
        snapshot = process.beat(
            f"{index * TOKEN_VALUES // number:08x}{'0' * 24}",
            1,
            token(index),
            moment,
            is_visit=True,
        )
    return snapshot


def test_who_comes_in_a_rush_is_told_a_smaller_sample_within_the_second(process):
    process.read(NOW)
    sampling = arrive(process, 100, NOW).sampling
    assert sampling.one_in == sampling.counted_in > 5
    assert process.read(NOW).sampling == sampling


def test_of_a_hundredfold_rush_the_store_takes_some_three_times_the_bound_at_most(
    process, store, monkeypatch
):
    taken = []
    beat = store.beat
    monkeypatch.setattr(store, "beat", lambda *beats: taken.append(1) or beat(*beats))
    process.read(NOW)
    arrive(process, 1000, NOW)
    assert len(taken) <= 3 * BOUND


def test_the_number_after_a_rush_is_an_estimate_by_the_smaller_sample(process):
    process.read(NOW)
    arrive(process, 100, NOW)
    arrive(process, 100, after(1))
    assert process.read(after(3)).online == pytest.approx(100, rel=0.4)


def test_a_turn_tells_all_of_the_smaller_sample(process, store):
    process.read(NOW)
    sampling = arrive(process, 100, NOW).sampling
    process.run_upkeep(after(1))
    assert store.sampling().one_in >= sampling.one_in
    assert LiveCount(store).read(after(1)).sampling == store.sampling()


def test_what_others_chose_since_then_holds(process, store):
    process.read(NOW)
    arrive(process, 100, NOW)
    others = Sampling(10, after(1), 3, 3)
    store.save_sampling(others)
    assert process.read(after(2)).sampling == others

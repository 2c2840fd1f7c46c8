"""Tests of the sampling: the browsers that send beats, and how the sample follows the audience."""

from datetime import UTC, datetime, timedelta

import pytest

from cms.visitors.sampling import SETTLING_TIME, Sampling, first_token_outside

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
BOUND = 500
VALUES = range(0, 1 << 32, 12_345_678)


def sampling(one_in=1, counted_in=None, ago=SETTLING_TIME):
    return Sampling(10, NOW - ago, one_in, counted_in or one_in)


def test_below_the_bound_nothing_is_sampled():
    assert sampling().next(BOUND * 0.85, BOUND, NOW) == sampling()
    assert sampling().includes("f" * 32)


def test_above_the_bound_the_sample_shrinks_at_once_to_what_fits():
    fitting = sampling().next(BOUND * 20, BOUND, NOW)
    assert fitting.one_in == fitting.counted_in == 27
    assert fitting.changed_at == NOW
    assert 20 * BOUND / fitting.one_in <= BOUND * 0.76


def test_a_crowd_that_still_grows_shrinks_it_again_before_it_settled():
    fitting = sampling(24, ago=timedelta()).next(BOUND * 2, BOUND, NOW)
    assert fitting.one_in == 64


def test_a_sample_that_is_little_too_large_shrinks_by_one_at_least():
    assert sampling(2).next(BOUND * 0.86, BOUND, NOW).one_in == 3


def test_when_the_crowd_goes_the_sample_grows_and_counts_the_old_one_until_it_settled():
    grown = sampling(24).next(BOUND * 0.2, BOUND, NOW)
    assert (grown.one_in, grown.counted_in) == (6, 24)
    soon, later = NOW + SETTLING_TIME / 2, NOW + SETTLING_TIME
    assert grown.next(BOUND * 0.8, BOUND, soon) == grown
    assert grown.next(BOUND * 0.8, BOUND, later).counted_in == 6


@pytest.mark.parametrize(
    ("one_in", "most"), [(1, 1000), (2, 532), (35, 40), (3071, 2), (1 << 31, 1)]
)
def test_visitors_who_share_an_address_are_not_refused_by_chance(one_in, most):
    assert sampling(one_in).max_sampled_tokens(1000) == most


def test_an_empty_site_goes_back_to_counting_everyone():
    grown = sampling(1000).next(0, BOUND, NOW)
    assert grown.one_in == 1


def test_in_between_nothing_changes():
    for load in (0.5, 0.7, 0.85):
        assert sampling(24).next(BOUND * load, BOUND, NOW) == sampling(24)


@pytest.mark.parametrize("one_in", [1, 2, 3, 7, 24, 1000, 3541, 1 << 31])
def test_browser_and_store_draw_the_same_line(one_in):
    beyond = first_token_outside(one_in)
    for value in VALUES:
        token = f"{value:08x}{'0' * 24}"
        assert sampling(one_in).includes(token) == (beyond is None or token < beyond)
    if beyond:
        last = f"{int(beyond, 16) - 1:08x}" + "f" * 24
        assert sampling(one_in).includes(last)
        assert not sampling(one_in).includes(beyond + "0" * 24)


def test_who_is_in_a_small_sample_is_in_every_larger_one():
    for value in VALUES:
        token = f"{value:08x}{'0' * 24}"
        inside = [sampling(one_in).includes(token) for one_in in (1, 2, 3, 5, 24, 100)]
        assert inside == sorted(inside, reverse=True)

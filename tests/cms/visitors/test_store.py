"""What the store promises about beats and their count."""

from datetime import UTC, datetime, timedelta

import pytest

from cms.visitors.models import Presence
from cms.visitors.store import DatabaseStore, TooManyTokensError
from tests.cms.visitors.conftest import token

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
ALICE, BINH = token(1), token(2)
HERE, THERE = "a" * 32, "b" * 32


@pytest.fixture
def store(settings):
    """The store with a window of 20 seconds."""
    settings.VISITOR_WINDOW = 20
    return DatabaseStore()


def after(seconds):
    """Return the moment so many seconds after the beginning."""
    return NOW + timedelta(seconds=seconds)


def test_nobody_is_online_at_first(store):
    assert store.count(NOW) == 0


def test_a_beat_counts(store):
    store.beat(ALICE, 1, HERE, NOW)
    assert store.count(NOW) == 1


def test_two_tokens_are_two_people_even_behind_one_address(store):
    store.beat(ALICE, 1, HERE, NOW)
    store.beat(BINH, 1, HERE, NOW)
    assert store.count(NOW) == 2


def test_the_same_token_counts_once_however_often_it_beats(store):
    for sequence in range(1, 5):
        store.beat(ALICE, sequence, HERE, after(sequence))
    assert store.count(after(5)) == 1
    assert Presence.objects.count() == 1


def test_the_same_token_counts_once_from_two_addresses(store):
    store.beat(ALICE, 1, HERE, NOW)
    store.beat(ALICE, 2, THERE, NOW)
    assert store.count(NOW) == 1


@pytest.mark.parametrize(("age", "online"), [(19.999999, 1), (20, 0), (20.000001, 0)])
def test_a_beat_expires_exactly_at_the_edge_of_the_window(store, age, online):
    store.beat(ALICE, 1, HERE, NOW)
    assert store.count(after(age)) == online


def test_expiry_needs_no_sweep(store):
    store.beat(ALICE, 1, HERE, NOW)
    assert store.count(after(60)) == 0
    assert Presence.objects.count() == 1


def test_reading_in_the_past_counts_what_was_not_expired_then(store):
    store.beat(ALICE, 1, HERE, NOW)
    assert (store.count(after(60)), store.count(after(10))) == (0, 1)


def test_each_beat_opens_the_window_anew(store):
    store.beat(ALICE, 1, HERE, NOW)
    store.beat(ALICE, 2, HERE, after(15))
    assert store.count(after(34)) == 1
    assert store.count(after(35)) == 0


def test_who_leaves_no_longer_counts(store):
    store.beat(ALICE, 1, HERE, NOW)
    store.beat(BINH, 1, HERE, NOW)
    store.leave(ALICE, 2, after(1))
    assert store.count(after(1)) == 1


def test_leaving_without_having_come_changes_nothing(store):
    store.leave(ALICE, 1, NOW)
    assert store.count(NOW) == 0
    assert not Presence.objects.exists()


def test_who_left_comes_back_with_a_later_beat(store):
    store.beat(ALICE, 1, HERE, NOW)
    store.leave(ALICE, 2, after(1))
    store.beat(ALICE, 3, HERE, after(2))
    assert store.count(after(2)) == 1


def test_a_beat_overtaken_by_a_leave_does_not_bring_the_visitor_back(store):
    store.beat(ALICE, 1, HERE, NOW)
    store.leave(ALICE, 3, after(1))
    store.beat(ALICE, 2, HERE, after(2))
    assert store.count(after(2)) == 0


def test_a_leave_overtaken_by_a_beat_does_not_remove_the_visitor(store):
    store.beat(ALICE, 1, HERE, NOW)
    store.beat(ALICE, 3, HERE, after(1))
    store.leave(ALICE, 2, after(2))
    assert store.count(after(2)) == 1


def test_a_beat_that_arrives_twice_counts_once_and_prolongs_nothing(store):
    store.beat(ALICE, 1, HERE, NOW)
    store.beat(ALICE, 1, HERE, after(15))
    assert store.count(after(19)) == 1
    assert store.count(after(20)) == 0


def test_rows_are_bounded_by_who_is_online_and_not_by_history(store):
    for number in range(50):
        store.beat(token(number), 1, HERE, after(number * 20))
        assert Presence.objects.count() == 1


def test_rows_of_those_who_left_are_swept_too(store):
    store.beat(ALICE, 1, HERE, NOW)
    store.leave(ALICE, 2, after(1))
    store.beat(BINH, 1, HERE, after(21))
    assert list(Presence.objects.values_list("token", flat=True)) == [BINH]


def test_sweeping_takes_nobody_who_still_counts(store):
    store.beat(ALICE, 1, HERE, NOW)
    store.beat(BINH, 1, HERE, after(19.999999))
    assert store.count(after(19.999999)) == 2


@pytest.fixture
def crowded(store, settings):
    """The store with an address that brought as many tokens as it may."""
    settings.VISITOR_TOKENS_PER_ADDRESS = 3
    for number in range(3):
        store.beat(token(number), 1, HERE, NOW)
    return store


def test_one_token_too_many_of_an_address_is_refused_and_not_counted(crowded):
    with pytest.raises(TooManyTokensError):
        crowded.beat(token(9), 1, HERE, after(1))
    assert crowded.count(after(1)) == 3
    assert Presence.objects.count() == 3


def test_known_tokens_of_a_crowded_address_still_beat(crowded):
    for number in range(3):
        crowded.beat(token(number), 2, HERE, after(15))
    assert crowded.count(after(30)) == 3


def test_a_crowded_address_closes_no_other(crowded):
    crowded.beat(token(9), 1, THERE, after(1))
    assert crowded.count(after(1)) == 4


def test_a_crowded_address_has_room_again_once_its_tokens_expired(crowded):
    crowded.beat(token(9), 1, HERE, after(20))
    assert crowded.count(after(20)) == 1


def test_tokens_that_outlive_the_hour_still_count_against_their_address(store, settings):
    """The key of an address changes every hour; who stays online moves along to the new one."""
    settings.VISITOR_TOKENS_PER_ADDRESS = 2
    for hour in "abc":
        for number in (1, 2):
            store.beat(token(number), ord(hour), hour * 32, NOW)
        with pytest.raises(TooManyTokensError):
            store.beat(token(9), ord(hour), hour * 32, NOW)
    assert store.count(NOW) == 2


def test_a_token_cannot_be_carried_to_a_crowded_address(store, settings):
    settings.VISITOR_TOKENS_PER_ADDRESS = 1
    store.beat(ALICE, 1, HERE, NOW)
    store.beat(BINH, 1, THERE, NOW)
    with pytest.raises(TooManyTokensError):
        store.beat(BINH, 2, HERE, NOW)

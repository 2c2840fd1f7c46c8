"""Tests of what each store promises about beats and their count."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from cms.visitors.models import CountState, Presence
from cms.visitors.sampling import Sampling
from cms.visitors.stores.database import DatabaseStore
from cms.visitors.stores.interface import Beat, StoreError, Tally, TooManyTokensError
from cms.visitors.stores.redis import RedisStore
from tests.cms.visitors.conftest import token

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
ALICE, BINH = token(1), token(2)
HERE, THERE = "a" * 32, "b" * 32


@pytest.fixture(autouse=True)
def window(settings):
    """A window of 20 seconds in which a token counts."""
    settings.VISITOR_WINDOW = 20


def after(seconds):
    """Return the moment that many seconds after the beginning."""
    return NOW + timedelta(seconds=seconds)


def test_nobody_is_online_at_first(store):
    assert store.tally(NOW, 1).online == 0


def test_a_beat_counts(store):
    store.beat(ALICE, 1, HERE, NOW)
    assert store.tally(NOW, 1).online == 1


def test_two_tokens_are_two_people_even_behind_one_address(store):
    store.beat(ALICE, 1, HERE, NOW)
    store.beat(BINH, 1, HERE, NOW)
    assert store.tally(NOW, 1).online == 2


def test_the_same_token_counts_once_however_often_it_beats(store):
    for sequence in range(1, 5):
        store.beat(ALICE, sequence, HERE, after(sequence))
    assert store.tally(after(5), 1).online == 1
    assert stored_tokens(store) == 1


def test_the_same_token_counts_once_from_two_addresses(store):
    store.beat(ALICE, 1, HERE, NOW)
    store.beat(ALICE, 2, THERE, NOW)
    assert store.tally(NOW, 1).online == 1


@pytest.mark.parametrize(("age", "online"), [(19.999, 1), (20, 0), (20.001, 0)])
def test_a_beat_expires_exactly_at_the_edge_of_the_window(store, age, online):
    store.beat(ALICE, 1, HERE, NOW)
    assert store.tally(after(age), 1).online == online


def stored_tokens(store):
    """Return how many tokens the store knows."""
    if isinstance(store, RedisStore):
        known = store.client.hlen(store.keys[1])
        assert known == store.client.zcard(store.keys[0])
        return known
    return Presence.objects.count()


def test_expiry_needs_no_sweep(store):
    store.beat(ALICE, 1, HERE, NOW)
    assert store.tally(after(60), 1).online == 0
    assert stored_tokens(store) == 1


def test_reading_in_the_past_counts_what_was_not_expired_then(store):
    store.beat(ALICE, 1, HERE, NOW)
    assert (store.tally(after(60), 1).online, store.tally(after(10), 1).online) == (0, 1)


def test_each_beat_opens_the_window_anew(store):
    store.beat(ALICE, 1, HERE, NOW)
    store.beat(ALICE, 2, HERE, after(15))
    assert store.tally(after(34), 1).online == 1
    assert store.tally(after(35), 1).online == 0


def test_who_leaves_no_longer_counts(store):
    store.beat(ALICE, 1, HERE, NOW)
    store.beat(BINH, 1, HERE, NOW)
    store.leave(ALICE, 2, after(1))
    assert store.tally(after(1), 1).online == 1


def test_leaving_without_having_come_changes_nothing(store):
    store.leave(ALICE, 1, NOW)
    assert store.tally(NOW, 1).online == 0
    assert stored_tokens(store) == 0


def test_who_left_comes_back_with_a_later_beat(store):
    store.beat(ALICE, 1, HERE, NOW)
    store.leave(ALICE, 2, after(1))
    store.beat(ALICE, 3, HERE, after(2))
    assert store.tally(after(2), 1).online == 1


def test_a_beat_overtaken_by_a_leave_does_not_bring_the_visitor_back(store):
    store.beat(ALICE, 1, HERE, NOW)
    store.leave(ALICE, 3, after(1))
    store.beat(ALICE, 2, HERE, after(2))
    assert store.tally(after(2), 1).online == 0


def test_a_leave_overtaken_by_a_beat_does_not_remove_the_visitor(store):
    store.beat(ALICE, 1, HERE, NOW)
    store.beat(ALICE, 3, HERE, after(1))
    store.leave(ALICE, 2, after(2))
    assert store.tally(after(2), 1).online == 1


def test_a_beat_that_arrives_twice_counts_once_and_prolongs_nothing(store):
    store.beat(ALICE, 1, HERE, NOW)
    store.beat(ALICE, 1, HERE, after(15))
    assert store.tally(after(19), 1).online == 1
    assert store.tally(after(20), 1).online == 0


def test_a_swept_store_is_bounded_by_who_is_online_and_not_by_history(store):
    for number in range(50):
        store.beat(token(number), 1, HERE, after(number * 40))
        store.sweep(after(number * 40))
        assert stored_tokens(store) == 1


def test_those_who_left_are_swept_too(store):
    store.beat(ALICE, 1, HERE, NOW)
    store.leave(ALICE, 2, after(1))
    store.beat(BINH, 1, HERE, after(41))
    store.sweep(after(41))
    assert stored_tokens(store) == 1
    assert store.tally(after(41), 1).online == 1


def test_sweeping_takes_nobody_who_still_counts(store):
    store.beat(ALICE, 1, HERE, NOW)
    store.sweep(after(19.999))
    assert store.tally(after(19.999), 1).online == 1


@pytest.fixture
def crowded_store(store, settings):
    """A store with an IP address that has as many tokens as allowed."""
    settings.VISITOR_TOKENS_PER_ADDRESS = 3
    for number in range(3):
        store.beat(token(number), 1, HERE, NOW)
    return store


def test_one_token_too_many_of_an_address_is_refused_and_not_counted(crowded_store):
    with pytest.raises(TooManyTokensError):
        crowded_store.beat(token(9), 1, HERE, after(1))
    assert crowded_store.tally(after(1), 1).online == 3
    assert stored_tokens(crowded_store) == 3


def test_known_tokens_of_a_crowded_address_still_beat(crowded_store):
    for number in range(3):
        crowded_store.beat(token(number), 2, HERE, after(15))
    assert crowded_store.tally(after(30), 1).online == 3


def test_a_crowded_address_closes_no_other(crowded_store):
    crowded_store.beat(token(9), 1, THERE, after(1))
    assert crowded_store.tally(after(1), 1).online == 4


def test_a_crowded_address_has_room_again_once_its_tokens_expired(crowded_store):
    crowded_store.beat(token(9), 1, HERE, after(20))
    assert crowded_store.tally(after(20), 1).online == 1


def test_tokens_that_outlive_the_hour_still_count_against_their_address(store, settings):
    """Tokens that stay online move to the new key of their IP address, which changes every hour."""
    settings.VISITOR_TOKENS_PER_ADDRESS = 2
    for hour in "abc":
        for number in (1, 2):
            store.beat(token(number), ord(hour), hour * 32, NOW)
        with pytest.raises(TooManyTokensError):
            store.beat(token(9), ord(hour), hour * 32, NOW)
    assert store.tally(NOW, 1).online == 2


@pytest.mark.parametrize("store", ["redis"], indirect=True)
def test_redis_keeps_nothing_of_an_address_without_tokens(store):
    """The address is no longer needed, and its key would take memory for ever."""
    store.beat(ALICE, 1, HERE, NOW)
    store.beat(BINH, 1, THERE, after(60))
    store.sweep(after(60))
    assert store.client.hkeys(store.keys[2]) == [THERE.encode()]


def test_a_token_cannot_be_carried_to_a_crowded_address(store, settings):
    settings.VISITOR_TOKENS_PER_ADDRESS = 1
    store.beat(ALICE, 1, HERE, NOW)
    store.beat(BINH, 1, THERE, NOW)
    with pytest.raises(TooManyTokensError):
        store.beat(BINH, 2, HERE, NOW)


def test_a_beat_says_who_was_not_online_before(store):
    assert store.beat(ALICE, 1, HERE, NOW)
    assert not store.beat(ALICE, 2, HERE, after(1))
    assert not store.beat(ALICE, 3, THERE, after(2))
    store.leave(ALICE, 4, after(3))
    assert store.beat(ALICE, 5, THERE, after(4))
    assert store.beat(ALICE, 6, THERE, after(30))


def test_visits_are_counted_once_for_each_arrival_and_taken_once(store):
    store.beat(ALICE, 1, HERE, NOW, visit_weight=3)
    store.beat(ALICE, 2, HERE, after(1), visit_weight=3)
    store.beat(BINH, 1, HERE, NOW, visit_weight=3)
    store.beat(token(3), 1, HERE, NOW)
    assert store.take_visits() == 6
    assert store.take_visits() == 0


def test_visits_that_come_before_the_first_turn_are_kept(store):
    store.beat(ALICE, 1, HERE, NOW, visit_weight=1)
    assert store.claim_upkeep(NOW, 2)
    assert store.take_visits() == 1


def test_visits_that_come_while_others_are_taken_are_not_lost(db):
    """The database store takes visits in two queries. Another process may write in between."""
    store = DatabaseStore()
    store.add_visits(3)
    written = []

    def write_before_the_update(execute, sql, params, many, context):
        if sql.startswith("UPDATE") and not written:
            written.append(sql)
            store.add_visits(1)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(write_before_the_update):
        taken = store.take_visits()
    assert written
    assert taken + store.take_visits() == 4


def test_a_turn_is_taken_by_one_and_by_nobody_for_a_while(store):
    assert store.claim_upkeep(NOW, 2)
    assert not store.claim_upkeep(NOW, 2)
    assert not store.claim_upkeep(after(1.9), 2)
    assert store.claim_upkeep(after(2), 2)


def test_beats_that_come_together_open_the_window_as_of_their_own_moments(store):
    store.beat(ALICE, 1, HERE, NOW)
    store.beat(BINH, 1, THERE, NOW)
    again = [Beat(ALICE, 2, HERE, after(10)), Beat(BINH, 2, THERE, after(11))]
    assert store.beat_many(again) == []
    assert store.tally(after(29.999), 1).online == 2
    assert store.tally(after(30), 1).online == 1
    assert store.tally(after(31), 1).online == 0


def test_of_beats_that_come_together_those_before_a_sign_off_bring_nobody_back(store):
    store.beat(ALICE, 1, HERE, NOW)
    store.beat(BINH, 1, HERE, NOW)
    store.leave(ALICE, 3, after(1))
    store.beat_many([Beat(ALICE, 2, HERE, NOW), Beat(BINH, 2, HERE, NOW)])
    assert store.tally(after(1), 1).online == 1


def test_beats_that_come_together_bring_back_whom_an_emptied_store_forgot(store):
    store.beat_many([Beat(ALICE, 2, HERE, NOW), Beat(BINH, 2, HERE, NOW)])
    assert store.tally(NOW, 1).online == 2
    assert store.take_visits() == 0


def test_of_beats_that_come_together_those_too_many_for_an_address_are_named(crowded_store):
    beats = [Beat(token(number), 2, HERE, after(1)) for number in (0, 8, 9)]
    assert crowded_store.beat_many(beats) == [token(8), token(9)]
    assert crowded_store.tally(after(1), 1).online == 3
    assert crowded_store.beat_many(beats[1:], limit=4) == [token(9)]


def test_the_tally_tells_recent_beats_and_who_is_in_the_sample(store):
    store.beat("0" * 32, 1, HERE, NOW)
    store.beat("7" + "f" * 31, 1, HERE, after(5))
    store.beat("8" + "0" * 31, 1, HERE, after(5))
    assert store.tally(after(6), 1) == Tally(online=3, recent=2)
    assert store.tally(after(6), 2) == Tally(online=2, recent=2)
    assert store.tally(after(6), 1 << 32) == Tally(online=1, recent=2)
    assert store.tally(after(7.499), 1).recent == 2
    assert store.tally(after(7.5), 1).recent == 0


def test_beats_are_measured_once_they_had_time_to_come(store):
    store.beat(ALICE, 1, HERE, NOW)
    assert store.tally(after(0.499), 1).recent == 0
    assert store.tally(after(0.5), 1).recent == 1


def test_what_is_beyond_the_sample_is_dropped_with_its_address(store, settings):
    settings.VISITOR_TOKENS_PER_ADDRESS = 2
    store.beat("0" * 32, 1, HERE, NOW)
    store.beat("f" * 32, 1, HERE, NOW)
    store.drop(2)
    assert stored_tokens(store) == 1
    store.beat("1" * 32, 1, HERE, NOW)
    assert store.tally(NOW, 1).online == 2


def test_many_are_dropped_and_swept_in_batches(store, monkeypatch):
    monkeypatch.setattr("cms.visitors.stores.redis.BATCH_SIZE", 2)
    for number in range(8):
        store.beat(f"{number % 2 * 15:x}{number:031x}", 1, HERE, NOW)
    store.drop(2)
    assert stored_tokens(store) == 4
    store.sweep(after(60))
    assert stored_tokens(store) == 0


def test_all_stay_where_all_are_in_the_sample(store):
    store.beat("f" * 32, 1, HERE, NOW)
    store.drop(1)
    assert stored_tokens(store) == 1


def test_the_pace_is_kept_for_all(store):
    assert store.sampling() is None
    for one_in in (4, 5):
        sampling = Sampling(10, after(one_in), one_in, one_in - 1)
        store.save_sampling(sampling)
        assert store.sampling() == sampling


def test_a_turn_or_a_visit_makes_no_pace(store):
    store.claim_upkeep(NOW, 2)
    store.beat(ALICE, 1, HERE, NOW, visit_weight=1)
    assert store.sampling() is None


def test_the_longest_sequences_are_told_apart(store):
    store.beat(ALICE, 9999999999999998, HERE, NOW)
    store.leave(ALICE, 9999999999999999, NOW)
    store.beat(ALICE, 9999999999999998, HERE, NOW)
    assert store.tally(NOW, 1).online == 0
    store.beat(BINH, 9, HERE, NOW)
    store.leave(BINH, 10, NOW)
    assert store.tally(NOW, 1).online == 0


def test_a_redis_that_is_not_there_is_a_store_error():
    store = RedisStore("redis://127.0.0.1:1/0")
    for ask in (
        lambda: store.beat(ALICE, 1, HERE, NOW),
        lambda: store.beat_many([Beat(ALICE, 1, HERE, NOW)]),
        lambda: store.leave(ALICE, 1, NOW),
        lambda: store.tally(NOW, 1).online,
        lambda: store.claim_upkeep(NOW, 2),
        store.sampling,
        store.take_visits,
    ):
        with pytest.raises(StoreError):
            ask()


def test_the_state_of_the_count_says_its_share():
    assert str(CountState(one_in=4)) == "1/4"

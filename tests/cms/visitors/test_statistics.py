"""Tests of the statistics of visits: the hours, and the sums of them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone

from cms.visitors.models import VisitorHour
from cms.visitors.statistics import Figures, Period, figures, last_days, last_hours, record

pytestmark = pytest.mark.django_db

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 3, 2, 8, 30, tzinfo=HANOI)


def hanoi(*parts):
    """Return a datetime in the time zone of Hanoi."""
    return datetime(*parts, tzinfo=HANOI)


def rows():
    """Return the saved rows: (start, visits, peak, time of the peak)."""
    return list(VisitorHour.objects.values_list("start", "visits", "peak", "peak_at"))


@pytest.fixture
def at_once(db):
    """A function that runs `work(number)` for that many numbers at the same time.

    Each run has its own connection and commits, as processes do. Therefore the fixture deletes the
    rows at the end. A database in memory has no second connection, so there the runs follow one
    another.
    """
    if connection.vendor == "sqlite":
        yield lambda work, times: [work(number) for number in range(times)]
        return

    def in_threads(work, times):
        barrier = Barrier(times)

        def run(number):
            barrier.wait()
            try:
                work(number)
            finally:
                connection.close()

        with ThreadPoolExecutor(times) as pool:
            list(pool.map(run, range(times)))

    yield in_threads
    in_threads(lambda _number: VisitorHour.objects.all().delete(), 1)


# Recording


def test_the_first_record_of_an_hour_begins_its_row():
    record(3, 12, NOW)
    assert rows() == [(hanoi(2026, 3, 2, 8), 3, 12, NOW)]


def test_visits_of_one_hour_add_up():
    for minute in (0, 30, 59):
        record(2, 0, NOW.replace(minute=minute))
    assert rows() == [(hanoi(2026, 3, 2, 8), 6, 0, None)]


def test_each_hour_has_a_row_of_its_own_that_begins_on_the_hour():
    record(1, 5, hanoi(2026, 3, 2, 8, 59, 59, 999999))
    record(1, 5, hanoi(2026, 3, 2, 9))
    assert [row[0] for row in rows()] == [hanoi(2026, 3, 2, 8), hanoi(2026, 3, 2, 9)]


def test_the_same_moment_told_in_another_zone_falls_into_the_same_hour():
    record(1, 0, NOW)
    record(1, 0, NOW.astimezone(UTC))
    assert rows() == [(hanoi(2026, 3, 2, 8), 2, 0, None)]


def test_the_most_people_and_their_time_are_kept_whatever_comes_after():
    for second, online in enumerate([10, 40, 40, 39, 0]):
        record(0, online, NOW + timedelta(seconds=second))
    assert rows() == [(hanoi(2026, 3, 2, 8), 0, 40, NOW + timedelta(seconds=1))]


def test_the_most_of_the_hour_before_is_not_taken_over():
    record(0, 40, NOW)
    record(0, 7, NOW + timedelta(hours=1))
    assert [row[2] for row in rows()] == [40, 7]


def test_an_hour_with_nobody_has_no_time_of_the_most():
    record(0, 0, NOW)
    assert rows() == [(hanoi(2026, 3, 2, 8), 0, 0, None)]


def test_numbers_as_large_as_a_database_holds_are_kept():
    record(2**40, 2**40, NOW)
    record(2**40, 2**41, NOW)
    assert rows() == [(hanoi(2026, 3, 2, 8), 2**41, 2**41, NOW)]


def test_recording_takes_one_query_once_the_hour_has_begun(django_assert_num_queries):
    """Recording updates the row. Only if there is no row, it creates one and then updates it."""
    with django_assert_num_queries(3):
        record(1, 5, NOW)
    with django_assert_num_queries(1):
        record(1, 6, NOW)


def test_no_visit_is_lost_when_processes_begin_an_hour_at_the_same_moment(at_once):
    at_once(lambda number: record(number, number, NOW + timedelta(seconds=number)), 8)
    assert rows() == [(hanoi(2026, 3, 2, 8), 28, 7, NOW + timedelta(seconds=7))]


def test_no_visit_is_lost_when_processes_add_to_an_hour_again_and_again(at_once):
    def work(number):
        for turn in range(25):
            record(1, 25 * number + turn, NOW)

    at_once(work, 6)
    assert rows() == [(hanoi(2026, 3, 2, 8), 150, 149, NOW)]


# Figures


def test_without_any_hour_all_figures_are_nothing():
    assert figures(NOW) == Figures(0, 0, 0, 0, 0, None)


def test_a_day_of_figures_begins_at_midnight_in_hanoi_and_not_in_utc():
    record(1, 0, hanoi(2026, 3, 1, 23, 59, 59))
    record(10, 0, hanoi(2026, 3, 2, 0))
    # In UTC this is still the previous day.
    record(100, 0, hanoi(2026, 3, 2, 6, 59))
    found = figures(NOW)
    assert (found.today, found.yesterday) == (110, 1)


@pytest.mark.parametrize(
    ("now", "today", "yesterday"),
    [
        (hanoi(2026, 3, 1, 23, 59, 59), 10, 1),
        (hanoi(2026, 3, 2, 0), 0, 10),
        (datetime(2026, 3, 1, 16, 59, 59, tzinfo=UTC), 10, 1),
        (datetime(2026, 3, 1, 17, tzinfo=UTC), 0, 10),
        (hanoi(2026, 3, 3, 0), 0, 0),
    ],
)
def test_at_midnight_in_hanoi_today_becomes_yesterday(now, today, yesterday):
    record(1, 0, hanoi(2026, 2, 28, 12))
    record(10, 0, hanoi(2026, 3, 1, 12))
    found = figures(now)
    assert (found.today, found.yesterday) == (today, yesterday)


def test_a_month_begins_on_its_first_midnight_and_yesterday_may_lie_before_it():
    record(1, 0, hanoi(2026, 2, 28, 23))
    record(10, 0, hanoi(2026, 3, 1, 0))
    found = figures(hanoi(2026, 3, 1, 5))
    assert (found.today, found.yesterday, found.month, found.total) == (10, 1, 10, 11)


def test_a_year_begins_with_its_january():
    record(1, 0, hanoi(2025, 1, 15, 12))
    record(10, 0, hanoi(2025, 12, 31, 23, 30))
    record(100, 0, hanoi(2026, 1, 1, 0))
    found = figures(hanoi(2026, 1, 1, 0, 5))
    assert (found.today, found.yesterday, found.month, found.total) == (100, 10, 100, 111)


def test_the_total_includes_what_is_years_old():
    record(5, 0, hanoi(2019, 6, 1, 12))
    record(7, 0, NOW)
    assert figures(NOW).total == 12


def test_the_most_people_ever_come_with_their_moment():
    record(0, 20, hanoi(2026, 1, 5, 9, 12))
    record(0, 50, hanoi(2026, 2, 5, 9, 13))
    record(0, 30, NOW)
    found = figures(NOW)
    assert (found.peak, found.peak_at) == (50, hanoi(2026, 2, 5, 9, 13))


def test_of_two_hours_with_as_many_people_the_first_is_told():
    record(0, 50, hanoi(2026, 2, 5, 9, 13))
    record(0, 50, NOW)
    assert figures(NOW).peak_at == hanoi(2026, 2, 5, 9, 13)


@pytest.mark.parametrize("zone", ["UTC", "America/New_York"])
def test_figures_and_periods_are_the_same_for_who_reads_in_another_zone(zone):
    record(3, 0, hanoi(2026, 3, 2, 1))
    expected = figures(NOW), last_days(NOW), last_hours(NOW)
    with timezone.override(zone):
        assert (figures(NOW), last_days(NOW), last_hours(NOW)) == expected


# Hours and days


def test_the_last_hours_are_24_up_to_this_one_oldest_first():
    record(4, 9, NOW)
    record(2, 3, NOW - timedelta(hours=23))
    found = last_hours(NOW)
    assert len(found) == 24
    assert found[0] == Period(hanoi(2026, 3, 1, 9), 2, 3)
    assert found[-1] == Period(hanoi(2026, 3, 2, 8), 4, 9)


def test_hours_without_a_row_are_there_with_nothing():
    record(4, 9, NOW)
    found = last_hours(NOW)
    assert [period.start for period in found] == [
        hanoi(2026, 3, 2, 8) - timedelta(hours=ago) for ago in range(23, -1, -1)
    ]
    assert {(period.visits, period.peak) for period in found[:-1]} == {(0, 0)}


def test_hours_before_the_last_24_are_not_shown():
    record(4, 9, NOW - timedelta(hours=24))
    assert not any(period.visits for period in last_hours(NOW))


def test_the_last_days_are_30_up_to_today_oldest_first():
    record(4, 9, NOW)
    record(2, 3, hanoi(2026, 2, 1, 0))
    # One day too old.
    record(1, 1, hanoi(2026, 1, 31, 23, 59))
    found = last_days(NOW)
    assert len(found) == 30
    assert found[0] == Period(hanoi(2026, 2, 1), 2, 3)
    assert found[-1] == Period(hanoi(2026, 3, 2), 4, 9)


def test_days_without_a_row_are_there_with_nothing():
    found = last_days(NOW)
    assert [period.start for period in found] == [
        hanoi(2026, 3, 2) - timedelta(days=ago) for ago in range(29, -1, -1)
    ]
    assert {(period.visits, period.peak) for period in found} == {(0, 0)}


def test_a_day_of_the_chart_is_cut_at_midnight_in_hanoi_and_not_in_utc():
    record(1, 5, hanoi(2026, 2, 28, 23))
    record(10, 6, hanoi(2026, 3, 1, 0))
    # In UTC this is still the previous day.
    record(100, 8, hanoi(2026, 3, 1, 6))
    record(1000, 7, hanoi(2026, 3, 1, 23))
    record(10000, 4, hanoi(2026, 3, 2, 0))
    assert last_days(NOW)[-3:] == [
        Period(hanoi(2026, 2, 28), 1, 5),
        Period(hanoi(2026, 3, 1), 1110, 8),
        Period(hanoi(2026, 3, 2), 10000, 4),
    ]


def test_the_days_of_the_chart_pass_from_year_to_year():
    record(1, 0, hanoi(2025, 12, 31, 23, 59))
    record(10, 0, hanoi(2026, 1, 1, 0))
    found = last_days(hanoi(2026, 1, 1, 12))
    assert [(period.start, period.visits) for period in found[-2:]] == [
        (hanoi(2025, 12, 31), 1),
        (hanoi(2026, 1, 1), 10),
    ]


def test_the_figures_take_two_queries_and_each_chart_one(django_assert_num_queries):
    """The figures need the sums and the highest hour. The database sums the days of their chart."""
    for hour in range(48):
        record(1, 1, NOW - timedelta(hours=hour))
    with django_assert_num_queries(2):
        figures(NOW)
    with django_assert_num_queries(1):
        last_hours(NOW)
    with django_assert_num_queries(1):
        last_days(NOW)

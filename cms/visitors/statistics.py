"""The statistics of visits: one row an hour, from which days, months and the total are summed.

Hours and days are those of the site (`TIME_ZONE`), whatever the zone of who asks. `now` is an
aware datetime everywhere, and so is every moment that is returned.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Case, F, Max, Q, Sum, Value, When
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.utils import timezone

from cms.visitors.models import VisitorHour

# How many hours `last_hours` returns.
HOURS = 24

# How many days `last_days` returns.
DAYS = 30


@dataclass(frozen=True)
class Figures:
    """Visits of some times, and the most people that were ever online at once, with the moment."""

    today: int
    yesterday: int
    month: int
    total: int
    peak: int
    peak_at: datetime | None


@dataclass(frozen=True)
class Period:
    """The visits of an hour or a day, and the most people online at once in it."""

    start: datetime
    visits: int
    peak: int


def record(visits, online, now):
    """Add `visits` to the hour of `now`, and note `online` if it is the most of that hour.

    Any number of processes may do so at once. Raises what the database raises.
    """
    hour = VisitorHour.objects.filter(start=start_of_hour(now))
    # The database reads and writes the row in one step; nobody's visits are written over.
    addition = {
        "visits": F("visits") + visits,
        "peak": Greatest("peak", Value(online)),
        "peak_at": Case(When(peak__lt=online, then=Value(now)), default=F("peak_at")),
    }
    if not hour.update(**addition):
        VisitorHour.objects.bulk_create(
            [VisitorHour(start=start_of_hour(now))], ignore_conflicts=True
        )
        hour.update(**addition)


def figures(now):
    """Return the `Figures` as they stand at `now`."""
    today = start_of_day(timezone.localdate(now, zone()))
    yesterday = start_of_day(today.date() - timedelta(days=1))
    month = start_of_day(today.date().replace(day=1))
    sums = VisitorHour.objects.aggregate(
        today=Coalesce(Sum("visits", filter=Q(start__gte=today)), 0),
        yesterday=Coalesce(Sum("visits", filter=Q(start__gte=yesterday, start__lt=today)), 0),
        month=Coalesce(Sum("visits", filter=Q(start__gte=month)), 0),
        total=Coalesce(Sum("visits"), 0),
    )
    highest = VisitorHour.objects.filter(peak__gt=0).order_by("-peak", "start").first()
    if highest is None:
        return Figures(**sums, peak=0, peak_at=None)
    return Figures(**sums, peak=highest.peak, peak_at=highest.peak_at)


def last_hours(now):
    """Return the `HOURS` hours up to that of `now`, each a `Period`, oldest first."""
    current = start_of_hour(now)
    starts = [current - timedelta(hours=ago) for ago in reversed(range(HOURS))]
    found = {
        hour.start: hour
        for hour in VisitorHour.objects.filter(start__gte=starts[0], start__lte=current)
    }
    return [
        Period(start, found[start].visits, found[start].peak)
        if start in found
        else Period(start, 0, 0)
        for start in starts
    ]


def last_days(now):
    """Return the `DAYS` days up to that of `now`, each a `Period`, oldest first."""
    today = timezone.localdate(now, zone())
    days = [today - timedelta(days=ago) for ago in reversed(range(DAYS))]
    rows = (
        VisitorHour.objects.filter(
            start__gte=start_of_day(days[0]), start__lt=start_of_day(today + timedelta(days=1))
        )
        .values(day=TruncDate("start", tzinfo=zone()))
        .annotate(sum=Sum("visits"), most=Max("peak"))
    )
    found = {row["day"]: (row["sum"], row["most"]) for row in rows}
    return [Period(start_of_day(day), *found.get(day, (0, 0))) for day in days]


def zone():
    """Return the time zone that cuts hours and days, which is the site's and not the reader's."""
    return timezone.get_default_timezone()


def start_of_hour(moment):
    """Return the beginning of the hour of `moment`."""
    return timezone.localtime(moment, zone()).replace(minute=0, second=0, microsecond=0)


def start_of_day(day):
    """Return the midnight at which the date `day` begins."""
    return datetime.combine(day, time.min, tzinfo=zone())

"""The statistics of visits: one row per hour, and the days, months and total summed from them.

Hours and days are those of the site's time zone (`TIME_ZONE`), whatever the user's time zone is.
`now` and all returned times are aware datetimes.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Case, F, Max, Q, Sum, Value, When
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.utils import timezone

from cms.visitors.models import VisitorHour

# The number of hours that `last_hours` returns.
HOURS = 24

# The number of days that `last_days` returns.
DAYS = 30


@dataclass(frozen=True)
class Figures:
    """Numbers of visits, and the highest number of people ever online at once with its time."""

    today: int
    yesterday: int
    month: int
    total: int
    peak: int
    peak_at: datetime | None


@dataclass(frozen=True)
class Period:
    """The visits of an hour or a day, and its highest number of people online at once."""

    start: datetime
    visits: int
    peak: int


def record(visits: int, online: int, now: datetime) -> None:
    """Add `visits` to the hour of `now`, and save `online` if it is the highest of that hour.

    Any number of processes may call this at once. Raises the errors of the database.
    """
    hour = VisitorHour.objects.filter(start=start_of_hour(now))
    # The database reads and writes the row in one statement, so no visits are overwritten.
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


def figures(now: datetime) -> Figures:
    """Return the `Figures` at the time `now`."""
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


def last_hours(now: datetime) -> list[Period]:
    """Return the last `HOURS` hours including that of `now`, each as a `Period`, oldest first."""
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


def last_days(now: datetime) -> list[Period]:
    """Return the last `DAYS` days including that of `now`, each as a `Period`, oldest first."""
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


def zone() -> ZoneInfo:
    """Return the time zone of hours and days, which is the site's and not the user's."""
    return timezone.get_default_timezone()


def start_of_hour(moment: datetime) -> datetime:
    """Return the start of the hour of `moment`."""
    return timezone.localtime(moment, zone()).replace(minute=0, second=0, microsecond=0)


def start_of_day(day: date) -> datetime:
    """Return the midnight at which the date `day` begins."""
    return datetime.combine(day, time.min, tzinfo=zone())

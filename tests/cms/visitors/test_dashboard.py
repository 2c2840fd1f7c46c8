"""Tests of the visits panel on the home page of the admin, and of its downloads."""

import csv
import re
from datetime import UTC, datetime, timedelta
from importlib import import_module
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import OperationalError
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from openpyxl import load_workbook
from wagtail.users.models import UserProfile

from cms.visitors import dashboard
from cms.visitors.chart import HEIGHT_PIXELS, chart
from cms.visitors.dashboard import statistics
from cms.visitors.models import VisitorHour
from cms.visitors.statistics import Period, last_days, last_hours

# 08:00 in Hanoi, half an hour before the time of the clock.
HOUR = datetime(2026, 3, 2, 1, tzinfo=UTC)

FORMATS = ["csv", "xlsx"]


@pytest.fixture
def hours(db, clock):
    """Visits of this hour, of the early morning of today, of yesterday and of the previous year."""
    VisitorHour.objects.bulk_create(
        VisitorHour(start=start, visits=visits, peak=peak, peak_at=peak_at)
        for start, visits, peak, peak_at in [
            (HOUR, 1234, 70, HOUR + timedelta(minutes=12, seconds=34, microseconds=5)),
            (HOUR - timedelta(hours=3), 1000, 60, HOUR - timedelta(hours=3)),
            (HOUR - timedelta(hours=20), 20000, 1500, HOUR - timedelta(hours=19, minutes=30)),
            (HOUR - timedelta(days=400), 3000000, 0, None),
        ]
    )


@pytest.fixture
def open_panel(client, clock):
    """A function that returns the panel of the home page as a user sees it."""

    def open_as(user, language="vi"):
        UserProfile.get_for_user(user)
        UserProfile.objects.filter(user=user).update(preferred_language=language)
        client.force_login(user)
        response = client.get(reverse("wagtailadmin_home"))
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser").select_one("#visits-section")

    return open_as


def panel_text(panel):
    """Return the text of the figures of the panel, in their order."""
    return [
        " ".join(figure.dd.get_text(" ", strip=True).split())
        for figure in panel.select(".visits-figures > div")
    ]


# Users who see the panel


@pytest.mark.parametrize("role", ["editor", "translator", "moderator", "administrator"])
def test_everybody_in_the_admin_sees_the_visits(request, open_panel, role):
    assert open_panel(request.getfixturevalue(role)) is not None


@pytest.mark.parametrize("role", ["editor", "moderator", "administrator"])
def test_who_may_download_is_offered_both_files(request, open_panel, role):
    links = open_panel(request.getfixturevalue(role)).select(".visits-downloads a")
    assert {link["href"] for link in links} == {reverse("visits_csv"), reverse("visits_xlsx")}


def test_a_translator_is_offered_no_download(open_panel, translator):
    assert not open_panel(translator).select("a[href*=hours]")


# Content of the panel


def test_the_figures_are_written_as_vietnamese_writes_them(open_panel, editor, hours, crowd):
    crowd(1329)
    assert panel_text(open_panel(editor)) == [
        "1.329 08:30",
        "2.234",
        "20.000",
        "22.234",
        "3.022.234",
        "1.500 01/03/2026 12:30",
    ]


def test_the_figures_are_written_as_english_writes_them(open_panel, editor, hours, crowd):
    crowd(1329)
    assert panel_text(open_panel(editor, "en")) == [
        "1,329 08:30",
        "2,234",
        "20,000",
        "22,234",
        "3,022,234",
        "1,500 01/03/2026 12:30",
    ]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_panel_speaks_the_language_of_who_reads(open_panel, editor, hours, language):
    panel = open_panel(editor, language)
    with translation.override(language):
        assert panel.h2.get_text(strip=True) == gettext("Visits to the site")
        assert [term.get_text() for term in panel.select("dt")] == [
            gettext("Online now"),
            gettext("Visits today"),
            gettext("Visits yesterday"),
            gettext("Visits this month"),
            gettext("Visits in total"),
            gettext("Most online at once"),
        ]
        assert [title.get_text() for title in panel.select("h3")] == [
            gettext("Visits of the last 30 days"),
            gettext("Visits of the last 24 hours"),
        ]


def test_a_new_site_shows_nothing_counted_and_no_time_of_the_most(open_panel, editor):
    panel = open_panel(editor)
    assert panel_text(panel) == ["0 08:30", "0", "0", "0", "0", "0"]
    assert panel.select("figcaption p")[0].get_text(strip=True) == gettext(
        "No visits were counted in this time."
    )
    assert not panel.select(".visits-highest")


def test_the_charts_have_a_bar_for_each_day_and_hour(open_panel, editor, hours):
    days, hours = open_panel(editor).select("svg.visits-bars")
    assert (len(days.select("rect")), len(hours.select("rect"))) == (30, 24)
    assert days.select("rect")[-1].title.get_text() == "02/03/2026: 2.234"
    assert hours.select("rect")[-1].title.get_text() == "02/03/2026 08:00: 1.234"


def test_a_chart_is_readable_without_its_colours(open_panel, editor, hours):
    """The axes have numbers and dates, the highest bar its number, and the drawing a name."""
    drawing = open_panel(editor).select_one("svg.visits-bars")
    written = [text.get_text() for text in drawing.select("text")]
    assert written == [
        *["0", "5.000", "10.000", "15.000", "20.000"],
        *["02/02", "09/02", "16/02", "23/02", "02/03"],
        "20.000",
    ]
    assert drawing["role"] == "img"
    name, description = (
        drawing.find(id=drawing[attribute]).get_text()
        for attribute in ("aria-labelledby", "aria-describedby")
    )
    assert name
    assert description


def test_the_bar_that_is_not_over_is_told_from_the_others(open_panel, editor, hours):
    for drawing in open_panel(editor).select("svg.visits-bars"):
        running = [bar.has_attr("class") for bar in drawing.select("rect")]
        assert running == [False] * (len(running) - 1) + [True]


def test_a_table_below_each_chart_has_the_same_numbers(open_panel, editor, hours):
    days, hours = open_panel(editor).select("details table")
    assert (len(days.tbody.select("tr")), len(hours.tbody.select("tr"))) == (30, 24)
    for table, last in (
        (days, ["02/03/2026", "2.234", "70"]),
        (hours, ["02/03/2026 08:00", "1.234", "70"]),
    ):
        row = table.tbody.select("tr")[-1]
        assert [cell.get_text() for cell in row.select("th, td")] == last
        assert table.caption.get_text()
        assert all(heading["scope"] == "col" for heading in table.thead.select("th"))


def test_positions_in_the_drawing_are_numbers_that_svg_reads(open_panel, editor, hours):
    for drawing in open_panel(editor).select("svg.visits-bars"):
        for shape in drawing.select("rect, line, text"):
            for attribute in {"x", "y", "x1", "x2", "y1", "y2", "width", "height"} & set(
                shape.attrs
            ):
                assert re.fullmatch(r"\d+(\.\d+)?%?", shape[attribute])


def test_the_panel_holds_no_inline_code(open_panel, editor, hours):
    panel = open_panel(editor)
    assert not panel.select("script, style, [style]")
    assert not [
        name for element in panel.find_all() for name in element.attrs if name.startswith("on")
    ]


def test_the_first_page_loads_the_script_and_the_style_of_the_panel(client, editor, clock):
    client.force_login(editor)
    page = BeautifulSoup(client.get(reverse("wagtailadmin_home")).content, "html.parser")
    assert page.select_one('script[src$="visitors/dashboard.js"][type=module]')
    assert page.select_one('link[href$="visitors/dashboard.css"]')


def test_the_script_is_told_where_to_read_and_what_to_say_without_a_number(open_panel, editor):
    place = open_panel(editor).select_one("[data-visits-online]")
    assert place["data-url"] == "/visitors/"
    assert place["data-time-zone"] == "Asia/Ho_Chi_Minh"
    assert place["data-unavailable"] == gettext("not available")


def test_the_script_of_the_admin_only_reads():
    script = (Path(dashboard.__file__).parent / "static/visitors/dashboard.js").read_text()
    assert "fetch(" in script
    for sending in ("POST", "sendBeacon", "token", "localStorage"):
        assert sending not in script


def test_the_statistics_take_four_queries_for_much_as_for_nothing(
    clock, hours, django_assert_num_queries
):
    """The queries are for the sums, the highest hour, the days and the hours."""
    with django_assert_num_queries(4):
        statistics(clock())
    VisitorHour.objects.all().delete()
    with django_assert_num_queries(4):
        statistics(clock())


# Failures


def test_without_the_store_the_number_is_not_available_and_the_rest_stays(
    open_panel, editor, hours, monkeypatch, clock
):
    monkeypatch.setattr(dashboard, "read_count", lambda: (None, clock()))
    panel = open_panel(editor)
    assert panel_text(panel)[:2] == [gettext("not available"), "2.234"]
    assert panel.select_one("[data-visits-time]").has_attr("hidden")


@pytest.mark.parametrize("failing", ["figures", "last_days", "last_hours"])
def test_when_the_statistics_fail_the_panel_says_so_and_the_number_stays(
    open_panel, editor, hours, monkeypatch, failing
):
    def fail(now):
        raise OperationalError("canceling statement due to statement timeout")

    monkeypatch.setattr(dashboard, failing, fail)
    panel = open_panel(editor)
    assert panel_text(panel) == ["0 08:30"]
    assert gettext("The statistics of visits are not available at the moment.") in panel.get_text()
    assert not panel.select("svg.visits-bars")


# Downloads


@pytest.fixture
def download(client):
    """A function that returns a file as a user downloads it."""

    def download_as(user, spreadsheet_format, language="vi"):
        UserProfile.get_for_user(user)
        UserProfile.objects.filter(user=user).update(preferred_language=language)
        client.force_login(user)
        response = client.get(reverse(f"visits_{spreadsheet_format}"))
        assert response.status_code == 200
        assert f'filename="visits.{spreadsheet_format}"' in response["Content-Disposition"]
        assert "no-store" in response["Cache-Control"]
        return response.getvalue()

    return download_as


@pytest.mark.parametrize("spreadsheet_format", FORMATS)
def test_who_has_not_signed_in_is_sent_to_sign_in(client, db, spreadsheet_format):
    address = reverse(f"visits_{spreadsheet_format}")
    response = client.get(address)
    assert response.status_code == 302
    assert response.url == f"{reverse('wagtailadmin_login')}?next={address}"


@pytest.mark.parametrize("spreadsheet_format", FORMATS)
def test_a_translator_is_refused_the_download(client, translator, hours, spreadsheet_format):
    client.force_login(translator)
    response = client.get(reverse(f"visits_{spreadsheet_format}"))
    assert response.status_code == 302
    assert response.url == reverse("wagtailadmin_home")


@pytest.mark.parametrize("spreadsheet_format", FORMATS)
def test_a_member_of_no_group_is_sent_to_sign_in(client, django_user_model, spreadsheet_format):
    client.force_login(django_user_model.objects.create_user("nobody"))
    response = client.get(reverse(f"visits_{spreadsheet_format}"))
    assert response.status_code == 302
    assert response.url.startswith(reverse("wagtailadmin_login"))


@pytest.mark.parametrize("spreadsheet_format", FORMATS)
@pytest.mark.parametrize("role", ["editor", "moderator", "administrator"])
def test_who_writes_reviews_or_administers_downloads(request, download, role, spreadsheet_format):
    assert download(request.getfixturevalue(role), spreadsheet_format)


@pytest.mark.parametrize("spreadsheet_format", FORMATS)
def test_nothing_is_sent_to_the_download(client, editor, spreadsheet_format):
    client.force_login(editor)
    assert client.post(reverse(f"visits_{spreadsheet_format}")).status_code == 405


# The hours in local time, oldest first.
ROWS = [
    (datetime(2025, 1, 26, 8), 3000000, 0, None),
    (datetime(2026, 3, 1, 12), 20000, 1500, datetime(2026, 3, 1, 12, 30)),
    (datetime(2026, 3, 2, 5), 1000, 60, datetime(2026, 3, 2, 5)),
    (datetime(2026, 3, 2, 8), 1234, 70, datetime(2026, 3, 2, 8, 12)),
]

HEADINGS = ["Hour", "Visits", "Most online at once", "Time of the most"]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_csv_has_every_hour_in_local_time_and_opens_in_excel(download, editor, hours, language):
    content = download(editor, "csv", language)
    assert content.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(StringIO(content.decode("utf-8-sig")))
    with translation.override(language):
        assert head == [gettext(heading) for heading in HEADINGS]

    def written(value):
        return value.strftime("%d/%m/%Y %H:%M") if isinstance(value, datetime) else str(value or 0)

    assert rows == [[*map(written, row[:3]), written(row[3]) if row[3] else ""] for row in ROWS]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_xlsx_has_every_hour_in_local_time_as_real_dates_and_numbers(
    download, editor, hours, language
):
    sheet = load_workbook(BytesIO(download(editor, "xlsx", language))).active
    head, *rows = sheet.iter_rows(values_only=True)
    with translation.override(language):
        assert list(head) == [gettext(heading) for heading in HEADINGS]
    assert rows == ROWS
    assert sheet["A2"].number_format.startswith("dd/mm/yyyy")


@pytest.mark.parametrize("spreadsheet_format", FORMATS)
def test_a_site_without_visits_gives_a_file_of_headings(download, editor, spreadsheet_format):
    content = download(editor, spreadsheet_format)
    if spreadsheet_format == "csv":
        assert len(content.splitlines()) == 1
    else:
        assert load_workbook(BytesIO(content)).active.max_row == 1


def test_the_csv_of_many_hours_is_read_and_sent_piece_by_piece(client, editor):
    VisitorHour.objects.bulk_create(
        VisitorHour(start=HOUR - timedelta(hours=ago), visits=ago) for ago in range(5000)
    )
    client.force_login(editor)
    response = client.get(reverse("visits_csv"))
    assert response.streaming
    # The two further pieces are the byte order mark of UTF-8 and the headings.
    assert sum(1 for _piece in response) == 5000 + 2


# The permission


def test_an_administrator_gives_the_right_where_groups_are_edited(client, administrator):
    client.force_login(administrator)
    group = Group.objects.get(name="Translators (English)")
    page = client.get(reverse("wagtailusers_groups:edit", args=[group.pk]))
    form = BeautifulSoup(page.content, "html.parser")
    right = Permission.objects.get(codename="view_visitorhour")
    assert form.select_one(f'input[name=permissions][value="{right.pk}"]')


def test_the_migration_gives_the_right_takes_it_back_and_gives_it_again(db):
    migration = import_module("home.migrations.0009_right_to_statistics")

    def holders():
        groups = Group.objects.filter(permissions__codename="view_visitorhour")
        return set(groups.values_list("name", flat=True))

    assert holders() == {"Editors", "Moderators", "Administrators"}
    migration.remove_right(apps, None)
    assert holders() == set()
    migration.add_right(apps, None)
    assert holders() == {"Editors", "Moderators", "Administrators"}


# Positions of the bars


def periods(*visits):
    """Return an hour for each of the numbers of visits."""
    return [Period(HOUR + timedelta(hours=n), number, 0) for n, number in enumerate(visits)]


@pytest.mark.parametrize(
    ("most", "lines"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (4, [0, 1, 2, 3, 4]),
        (5, [0, 2, 4, 6]),
        (9, [0, 5, 10]),
        (1655, [0, 500, 1000, 1500, 2000]),
        (2000001, [0, 1000000, 2000000, 3000000]),
    ],
)
def test_the_lines_of_a_chart_stand_at_round_numbers_above_all_bars(most, lines):
    drawn = chart(periods(0, most), labels_every=1)
    assert [line.visits for line in drawn.lines] == lines
    assert (drawn.lines[0].y, drawn.lines[-1].y) == (HEIGHT_PIXELS, 0)


def test_a_bar_is_as_high_as_its_visits_and_a_single_one_is_seen():
    drawn = chart(periods(0, 1, 5000, 10000), labels_every=1)
    assert [bar.height for bar in drawn.bars] == [0, 1, HEIGHT_PIXELS // 2, HEIGHT_PIXELS]
    assert {bar.y + bar.height for bar in drawn.bars} == {HEIGHT_PIXELS}


def test_the_first_of_the_highest_bars_carries_its_number():
    drawn = chart(periods(3, 7, 7), labels_every=1)
    assert drawn.highest is drawn.bars[1]


def test_labels_are_counted_from_the_last_bar(db):
    now = HOUR + timedelta(minutes=30)
    for found, every in ((last_days(now), 7), (last_hours(now), 4)):
        labelled = [bar.is_labelled for bar in chart(found, every).bars]
        assert labelled[::-1] == [ago % every == 0 for ago in range(len(found))]

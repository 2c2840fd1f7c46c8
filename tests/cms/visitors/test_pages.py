"""Tests of the live count in pages."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cms.models import SiteFrame
from cms.visitors import statistics
from cms.visitors.live_count import live_count
from cms.visitors.models import Presence, VisitorCounter, VisitorHour
from cms.visitors.sampling import Sampling
from tests.factories import ArticleFactory


@pytest.fixture
def counter(vietnamese):
    """The Vietnamese counter that the migrations created."""
    return VisitorCounter.objects.get(locale=vietnamese)


@pytest.fixture
def article(section, counter):
    """An article that shows the count three times in its body."""
    return ArticleFactory(parent=section, title="Đếm người", body=[("visitor_count", counter)] * 3)


def show(counter):
    """Return the HTML of the counter from a template without a request."""
    template = Template("{% load visitors %}{% visitor_counter counter %}")
    return template.render(Context({"counter": counter}))


def test_the_footer_of_every_page_shows_the_count(client, article, crowd):
    crowd(2)
    for address in ("/", "/tin-tuc/"):
        content = client.get(address).content.decode()
        assert content.count("data-visitor-count>2</strong>") == 1


def test_an_article_shows_the_count_wherever_it_was_placed(client, article, crowd):
    crowd(2)
    content = client.get(article.url).content.decode()
    assert content.count("data-visitor-count>2</strong> người đang online") == 4


def test_the_count_is_read_once_a_page_however_often_it_is_shown(client, article, crowd):
    crowd(2)
    with CaptureQueriesContext(connection) as queries:
        client.get(article.url)
    assert sum('FROM "visitors_presence"' in query["sql"] for query in queries) == 1


def test_a_page_shows_the_clock_time_at_which_its_number_was_true(client, home, clock):
    content = client.get("/").content.decode()
    assert 'datetime="2026-03-02T08:30:00+07:00"' in content
    assert "08:30" in content


def test_looking_at_a_page_writes_nothing(client, home):
    client.get("/")
    assert not Presence.objects.exists()


def test_a_vietnamese_page_groups_thousands_with_a_point(client, home, crowd):
    crowd(1234)
    assert "data-visitor-count>1.234</strong> người đang online" in client.get("/").content.decode()


def test_an_english_page_groups_thousands_with_a_comma(client, home, crowd):
    crowd(1234)
    assert "data-visitor-count>1,234</strong> people online" in client.get("/en/").content.decode()


def test_english_has_words_for_one_person(client, home, crowd):
    crowd(1)
    assert "data-visitor-count>1</strong> person online" in client.get("/en/").content.decode()


def test_english_has_words_for_nobody(client, home):
    assert "data-visitor-count>0</strong> people online" in client.get("/en/").content.decode()


def test_a_counter_without_words_for_one_uses_the_same_words(counter, crowd):
    crowd(1)
    assert counter.wording_one == ""
    assert "data-visitor-count>1</strong> người đang online" in show(counter)


def test_words_may_stand_before_and_after_the_number(vietnamese, crowd):
    crowd(5)
    counter = VisitorCounter(name="n", wording="Có {count} người", locale=vietnamese)
    assert "<span data-visitor-words>Có <strong data-visitor-count>5</strong> người" in show(
        counter
    )


def test_the_wording_is_text_and_never_markup(vietnamese, db):
    counter = VisitorCounter(name="n", wording='<i>"{count}"</i>', locale=vietnamese)
    assert "<i>" not in show(counter)


def test_without_a_counter_nothing_is_shown(db):
    assert show(None).strip() == ""


def test_a_frame_without_a_counter_shows_none(client, home, vietnamese):
    SiteFrame.objects.filter(locale=vietnamese).update(visitor_counter=None)
    assert "data-visitor-count" not in client.get("/").content.decode()


def test_a_deleted_counter_disappears_from_articles_and_footer(client, article, counter):
    counter.delete()
    response = client.get(article.url)
    assert response.status_code == 200
    assert "data-visitor-count" not in response.content.decode()


def test_a_page_beats(client, article, settings):
    content = client.get(article.url).content.decode()
    assert 'data-visitors-url="/visitors/"' in content
    assert f'data-visitors-interval="{settings.VISITOR_BEAT_INTERVAL}"' in content


def test_an_english_page_beats_at_the_same_address(client, english_home):
    assert 'data-visitors-url="/visitors/"' in client.get("/en/").content.decode()


def test_a_preview_shows_the_count_and_does_not_beat(article, crowd):
    crowd(2)
    content = article.make_preview_request().content.decode()
    assert "data-visitor-count>2</strong>" in content
    assert "data-visitors-url" not in content
    assert "visitors.js" not in content


def test_the_admin_does_not_beat(client, moderator, article):
    client.force_login(moderator)
    content = client.get("/admin/").content.decode()
    assert "data-visitors-url" not in content
    assert "visitors.js" not in content


FIGURES = statistics.Figures(
    today=1234,
    yesterday=2345,
    month=34567,
    total=4567890,
    peak=5678,
    peak_at=datetime(2020, 8, 12, 9, 47, tzinfo=UTC),
)
SHOWN = {
    "show_today": "Visits today 1,234",
    "show_yesterday": "Visits yesterday 2,345",
    "show_month": "Visits this month 34,567",
    "show_total": "Visits in total 4,567,890",
    "show_peak": "Most online at once 5,678 (12/08/2020 4:47 PM)",
}


@pytest.fixture
def figure_reads(monkeypatch):
    """The times at which the figures were read; the result is always `FIGURES`."""
    moments = []

    def answer(now):
        moments.append(now)
        return FIGURES

    monkeypatch.setattr(statistics, "figures", answer)
    return moments


def figures_in(content):
    """Return the figures of each counter in some HTML, as a reader sees them."""
    page = BeautifulSoup(content, "html.parser")
    return [
        [" ".join(figure.get_text().split()) for figure in counter.select("[role=listitem]")]
        for counter in page.select("[data-visitor-counter]")
    ]


def test_without_a_choice_no_figure_is_shown_or_asked_for(client, article, figure_reads):
    content = client.get(article.url).content.decode()
    assert figures_in(content) == [[], [], [], []]
    assert 'class="visitor-figures"' not in content
    assert figure_reads == []
    assert cache.get("visitor-figures") is None


@pytest.mark.parametrize("choice", SHOWN)
def test_each_figure_is_shown_where_it_was_chosen(counter, figure_reads, choice):
    setattr(counter, choice, True)
    with translation.override("en"):
        assert figures_in(show(counter)) == [[SHOWN[choice]]]


def test_all_figures_stand_in_their_order(counter, figure_reads):
    for choice in SHOWN:
        setattr(counter, choice, True)
    with translation.override("en"):
        assert figures_in(show(counter)) == [list(SHOWN.values())]


def test_vietnamese_figures_have_points_and_the_day_first(counter, figure_reads):
    for choice in SHOWN:
        setattr(counter, choice, True)
    (figures,) = figures_in(show(counter))
    ends = ["1.234", "2.345", "34.567", "4.567.890", "5.678 (12/08/2020 4:47 CH)"]
    assert len(figures) == len(ends)
    for figure, end in zip(figures, ends, strict=True):
        assert figure.endswith(f" {end}")


def test_the_figures_are_those_of_the_statistics(counter, clock):
    VisitorHour.objects.create(
        start=statistics.start_of_hour(clock()), visits=1234, peak=329, peak_at=clock()
    )
    counter.show_today = counter.show_peak = True
    with translation.override("en"):
        assert figures_in(show(counter)) == [
            ["Visits today 1,234", "Most online at once 329 (02/03/2026 8:30 AM)"]
        ]


def test_before_anybody_came_there_is_no_peak(counter):
    counter.show_peak = True
    assert 'class="visitor-figures"' not in show(counter)


def test_figures_are_asked_for_once_a_page_and_then_kept_for_a_minute(
    client, article, counter, figure_reads, monkeypatch
):
    VisitorCounter.objects.update(show_today=True)
    looked = []
    get = cache.get
    monkeypatch.setattr(
        cache, "get", lambda key, *rest, **kept: looked.append(key) or get(key, *rest, **kept)
    )
    for _time in range(2):
        looked.clear()
        assert len(figures_in(client.get(article.url).content)) == 4
        # `get_or_set` reads the key again after setting it.
        assert looked.count("visitor-figures") <= 2
    assert len(figure_reads) == 1
    assert looked.count("visitor-figures") == 1
    cache.delete("visitor-figures")
    client.get(article.url)
    assert len(figure_reads) == 2


def test_a_page_with_figures_in_the_cache_takes_no_more_queries(client, article, figure_reads):
    client.get(article.url)
    with CaptureQueriesContext(connection) as without:
        client.get(article.url)
    VisitorCounter.objects.update(show_today=True)
    client.get(article.url)
    with CaptureQueriesContext(connection) as with_figures:
        client.get(article.url)
    assert len(with_figures) == len(without)


@pytest.mark.parametrize(
    ("where", "name", "error"),
    [(statistics, "figures", DatabaseError), (cache, "get", ConnectionError)],
)
def test_when_figures_fail_the_number_stays(counter, crowd, monkeypatch, where, name, error):
    def fail(*_arguments, **_options):
        raise error

    crowd(2)
    counter.show_today = True
    monkeypatch.setattr(where, name, fail)
    content = show(counter)
    assert "data-visitor-count>2</strong>" in content
    assert 'class="visitor-figures"' not in content


def test_each_counter_of_a_page_opens_an_explanation_of_its_own(client, article):
    page = BeautifulSoup(client.get(article.url).content, "html.parser")
    counters = page.select("[data-visitor-counter]")
    targets = [counter.select_one(".visitor-button")["popovertarget"] for counter in counters]
    assert targets == ["visitors-1", "visitors-2", "visitors-3", "visitors-4"]
    for counter, target in zip(counters, targets, strict=True):
        assert [opened["id"] for opened in counter.select("[popover]")] == [target]
        title = counter.select_one("[popover]")["aria-labelledby"]
        assert len(page.select(f"#{title}")) == 1
        assert counter.select_one(".close-button")["popovertarget"] == target


def test_the_button_is_named_by_the_number_and_what_it_opens(english, crowd):
    crowd(1234)
    counter = VisitorCounter.objects.get(locale=english)
    with translation.override("en"):
        button = BeautifulSoup(show(counter), "html.parser").select_one(".visitor-button")
    assert button["type"] == "button"
    assert " ".join(button.text.split()) == "1,234 people online (what is counted, and how)"


def test_a_counter_in_a_paragraph_leaves_it_whole(counter, figure_reads):
    """A counter contains no block element, which would end the paragraph around it.

    The footer and the body put a counter into a paragraph.
    """
    for choice in SHOWN:
        setattr(counter, choice, True)
    found = {element.name for element in BeautifulSoup(show(counter), "html.parser").find_all(True)}
    assert found == {"span", "strong", "button", "time", "svg", "circle", "path"}


def test_the_explanation_says_when_the_number_was_true(client, home, clock):
    page = BeautifulSoup(client.get("/").content, "html.parser")
    refreshed = page.select_one("[data-visitor-refreshed]")
    assert refreshed["datetime"] == "2026-03-02T08:30:00+07:00"
    assert refreshed.text == "08:30:00"


@pytest.mark.parametrize("one_in", [1, 5])
def test_an_estimate_is_called_one(counter, crowd, clock, monkeypatch, one_in):
    crowd(2)
    monkeypatch.setattr(live_count, "sampling", lambda now: Sampling(10, now, one_in, one_in))
    page = BeautifulSoup(show(counter), "html.parser")
    assert page.select_one("[data-visitor-estimate]").has_attr("hidden") == (one_in == 1)

"""How pages show the live count."""

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext

from cms.models import SiteFrame
from cms.visitors.models import Presence, VisitorCounter
from tests.factories import ArticleFactory


@pytest.fixture
def counter(vietnamese):
    """The Vietnamese counter that the migrations made."""
    return VisitorCounter.objects.get(locale=vietnamese)


@pytest.fixture
def article(section, counter):
    """An article that shows the count three times in its body."""
    return ArticleFactory(parent=section, title="Đếm người", body=[("visitor_count", counter)] * 3)


def show(counter):
    """Return the counter as a template without a request shows it."""
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

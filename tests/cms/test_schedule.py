"""The times at which an article is published and expires."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from news.models import ArticlePage
from tests.admin_forms import add_address, article_form
from tests.factories import ArticleFactory
from tests.rendered_pages import read, text_of

AN_HOUR = timedelta(hours=1)


def typed(moment):
    """Return `moment` as an editor types it."""
    return timezone.localtime(moment).strftime("%d/%m/%Y %H:%M")


@pytest.fixture
def send(client, moderator, section, django_capture_on_commit_callbacks):
    """A function that sends the form of a new article in order to publish it."""
    client.force_login(moderator)

    def send(**times):
        form = article_form(title="Tin hẹn giờ", **times) | {"action-publish": "1"}
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(add_address(ArticlePage, section), form)

    return send


def test_an_article_to_come_waits_for_its_hour(send, client):
    send(go_live_at=typed(timezone.now() + AN_HOUR))
    article = ArticlePage.objects.get(title="Tin hẹn giờ")
    assert not article.live
    assert article.approved_schedule
    assert client.get("/tin-tuc/tin-hen-gio/").status_code == 404


@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param(2 * AN_HOUR, AN_HOUR, id="expiry before the start"),
        pytest.param(None, -AN_HOUR, id="expiry in the past"),
    ],
)
def test_times_that_cannot_be_are_named_and_nothing_typed_is_lost(send, start, end):
    times = {"go_live_at": start, "expire_at": end}
    now = timezone.now()
    response = send(**{name: typed(now + time) for name, time in times.items() if time})
    assert response.status_code == 200
    form = response.context["form"]
    assert form.errors.keys() & {"go_live_at", "expire_at"}
    assert form["title"].value() == "Tin hẹn giờ"
    assert not ArticlePage.objects.filter(title="Tin hẹn giờ").exists()


@pytest.mark.parametrize(
    ("times", "fields"),
    [
        pytest.param(
            {"go_live_at": 2 * AN_HOUR, "expire_at": AN_HOUR},
            ["go_live_at", "expire_at"],
            id="expiry before the start",
        ),
        pytest.param({"expire_at": -AN_HOUR}, ["expire_at"], id="expiry in the past"),
    ],
)
def test_times_that_cannot_be_leave_the_published_article_as_it_is(
    client, moderator, section, times, fields
):
    article = ArticleFactory(parent=section, title="Tin cũ")
    client.force_login(moderator)
    now = timezone.now()
    times = {name: typed(now + time) for name, time in times.items()}
    form = article_form(title="Tin sửa", slug="tin-cu", introduction="Sapô vừa gõ", **times)
    edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
    response = client.post(edit, form | {"action-publish": "1"})
    page = BeautifulSoup(response.content, "html.parser")
    said = set()
    for name in fields:
        # The field is in the dialog of the side panel. This is a template, which selectors do not
        # search.
        field = page.find(attrs={"data-contentpath": name})
        assert field.find("input")["value"] == times[name]
        said.add(text_of(field.find(class_="error-message")))
    assert len(said) == 1
    assert page.select_one('[name="title"]')["value"] == "Tin sửa"
    assert "Sapô vừa gõ" in page.select_one('[name="introduction"]').get_text()
    assert Page.objects.get(pk=article.pk).title == "Tin cũ"


def test_an_hour_that_has_passed_publishes_at_once(send):
    send(go_live_at=typed(timezone.now() - AN_HOUR))
    assert ArticlePage.objects.get(title="Tin hẹn giờ").live


def test_a_time_that_is_none_is_named(send):
    response = send(go_live_at="mai")
    assert response.context["form"].errors["go_live_at"]
    assert response.context["form"]["title"].value() == "Tin hẹn giờ"


def test_an_editor_who_may_not_publish_schedules_nothing(client, editor, section):
    article = ArticleFactory(parent=section, title="Tin", live=False)
    client.force_login(editor)
    form = article_form(title="Tin", go_live_at=typed(timezone.now() - AN_HOUR))
    client.post(
        reverse("wagtailadmin_pages:edit", args=[article.pk]), form | {"action-publish": "1"}
    )
    assert not Page.objects.get(pk=article.pk).live
    assert not Page.objects.get(pk=article.pk).approved_schedule


def test_the_posted_date_set_by_hand_is_the_one_shown(client, moderator, section):
    client.force_login(moderator)
    form = article_form(title="Tin cũ", published_at="01/06/2020 07:30") | {"action-publish": "1"}
    client.post(add_address(ArticlePage, section), form)
    assert "01 - 06 - 2020" in text_of(read(client, "/tin-tuc/tin-cu/").select_one(".posted"))

"""Tests of a posted date in the future."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import nested_form_data, streamfield

from news.models import ArticlePage

WARNING = "còn ở phía trước"


def create(client, section, published_at):
    """Send the form of a new article with `published_at` as its posted date."""
    return send(client, section, timezone.localtime(published_at).strftime("%d/%m/%Y %H:%M"))


def send(client, section, typed):
    """Send the form of a new article with `typed` as the text of its posted date."""
    form = nested_form_data(
        {
            "title": "Lịch họp báo",
            "slug": "lich-hop-bao",
            "published_at": typed,
            "action-publish": "1",
            "body": streamfield([]),
            "article_topics": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
        }
    )
    address = reverse("wagtailadmin_pages:add", args=["news", "articlepage", section.pk])
    return client.post(address, form, follow=True)


def test_it_is_warned_of_and_saved(client, editor, section):
    client.force_login(editor)
    response = create(client, section, timezone.now() + timedelta(days=3))
    assert WARNING in response.content.decode()
    assert ArticlePage.objects.filter(title="Lịch họp báo").exists()


def test_a_date_that_has_come_is_not_warned_of(client, editor, section):
    client.force_login(editor)
    response = create(client, section, timezone.now() - timedelta(days=3))
    assert WARNING not in response.content.decode()
    assert ArticlePage.objects.filter(title="Lịch họp báo").exists()


@pytest.mark.parametrize("date", ["01/01/0001 00:00", "31/12/1899 23:59", "31/02/2026 08:00"])
def test_a_date_that_cannot_be_is_refused_and_nothing_typed_is_lost(client, editor, section, date):
    client.force_login(editor)
    response = send(client, section, date)
    assert response.status_code == 200
    assert "published_at" in response.context["form"].errors
    assert response.context["form"]["title"].value() == "Lịch họp báo"

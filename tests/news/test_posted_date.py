"""A posted date that is still to come."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import nested_form_data, streamfield

from news.models import ArticlePage

WARNING = "còn ở phía trước"


def create(client, section, published_at, **headers):
    """Send the form of a new article."""
    local = timezone.localtime(published_at)
    form = nested_form_data(
        {
            "title": "Lịch họp báo",
            "slug": "lich-hop-bao",
            "published_at": local.strftime("%d/%m/%Y %H:%M"),
            "body": streamfield([]),
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
        }
    )
    address = reverse("wagtailadmin_pages:add", args=["news", "articlepage", section.pk])
    return client.post(address, form, follow=True, headers=headers)


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

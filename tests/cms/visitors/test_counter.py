"""Tests of the counter as a snippet: its wording, and the users who may change it."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cms.visitors.models import VisitorCounter

ONCE = "Hãy viết {count} đúng một lần, ở chỗ cần hiển thị con số."


@pytest.fixture
def counter(vietnamese):
    """The Vietnamese counter that the migrations created."""
    return VisitorCounter.objects.get(locale=vietnamese)


@pytest.fixture
def editor_of(counter):
    """The URL of the form that edits the counter."""
    return reverse("wagtailsnippets_visitors_visitorcounter:edit", args=[counter.pk])


@pytest.mark.parametrize("wording", ["{count}", "{count} người", "Có {count} người đang xem"])
def test_a_wording_with_the_number_once_is_good(counter, wording):
    counter.wording = wording
    counter.full_clean()


@pytest.mark.parametrize("field", ["wording", "wording_one"])
@pytest.mark.parametrize(
    "wording", ["người đang online", "{count} trên {count}", "{ count } người", "{Count}", "%s"]
)
def test_a_wording_needs_the_number_exactly_once_and_says_so_in_vietnamese(counter, field, wording):
    setattr(counter, field, wording)
    with pytest.raises(ValidationError) as caught:
        counter.full_clean()
    assert caught.value.message_dict == {field: [ONCE]}


def test_the_wording_for_one_may_stay_empty(counter):
    counter.wording_one = ""
    counter.full_clean()


def test_the_wording_itself_may_not_stay_empty(counter):
    counter.wording = ""
    with pytest.raises(ValidationError):
        counter.full_clean()


def test_a_moderator_finds_the_counters_under_snippets(client, moderator, counter):
    client.force_login(moderator)
    snippets = client.get(reverse("wagtailsnippets:index")).content.decode()
    assert reverse("wagtailsnippets_visitors_visitorcounter:list") in snippets


@pytest.mark.parametrize("role", ["moderator", "administrator"])
def test_who_reviews_may_reword_the_counter(client, request, role, counter, editor_of):
    client.force_login(request.getfixturevalue(role))
    form = {"name": counter.name, "wording": "Đang xem: {count}", "wording_one": ""}
    assert client.get(editor_of).status_code == 200
    client.post(editor_of, form)
    counter.refresh_from_db()
    assert counter.wording == "Đang xem: {count}"


def test_who_reviews_may_choose_what_else_it_shows(client, moderator, counter, editor_of):
    client.force_login(moderator)
    form = {"name": counter.name, "wording": counter.wording, "wording_one": ""}
    client.post(editor_of, {**form, "show_today": "on", "show_peak": "on"})
    counter.refresh_from_db()
    assert counter.show_today
    assert counter.show_peak
    assert not counter.show_total


def test_a_wrong_wording_is_refused_in_the_form_and_nothing_typed_is_lost(
    client, moderator, counter, editor_of
):
    client.force_login(moderator)
    response = client.post(
        editor_of, {"name": "Tên mới", "wording": "không có số", "wording_one": ""}
    )
    assert response.status_code == 200
    content = response.content.decode()
    assert ONCE in content
    assert "Tên mới" in content
    assert "không có số" in content
    before = counter.wording
    counter.refresh_from_db()
    assert counter.wording == before


@pytest.mark.parametrize("role", ["editor", "translator"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_only_writes_or_translates_may_not_touch_the_counter(
    client, request, role, method, counter, editor_of
):
    client.force_login(request.getfixturevalue(role))
    response = getattr(client, method)(
        editor_of, {"name": "x", "wording": "{count} x", "wording_one": ""}
    )
    assert response.status_code == 302
    assert response.url == reverse("wagtailadmin_home")
    before = counter.wording
    counter.refresh_from_db()
    assert counter.wording == before

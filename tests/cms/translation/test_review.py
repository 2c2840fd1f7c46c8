"""The review of a translation by a moderator, in Wagtail's own views."""

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cms.translation import drafts, localize, review
from cms.translation.desk_permissions import desk_permissions_of
from cms.translation.models import PageTranslation, State
from tests.cms.translation.conftest import editor_of, is_refused, translate


@pytest.fixture
def submitted_page(translation, translator):
    """The English page, translated and submitted for review."""
    translate(translation, lambda text: f"English {text}", translator)
    review.submit_for_review(translation, translator)
    return localize.target_of(translation)


def decision(page, action):
    """Return the URL at which a reviewer approves or rejects the page."""
    task_state = page.current_workflow_task_state
    return reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, task_state.pk])


def row():
    """Return the article's row on the board."""
    return PageTranslation.objects.get(source_page__title="Khai giảng năm học mới")


def test_a_moderator_approves_and_the_page_is_live(client_of, submitted_page):
    client_of("moderator").post(decision(submitted_page, "approve"), {"comment": ""})
    submitted_page.refresh_from_db()
    assert (submitted_page.live, row().state) == (True, State.PUBLISHED)


def test_a_moderator_sends_back_and_the_translator_hands_on_again(
    client_of, submitted_page, translation, translator
):
    client_of("moderator").post(decision(submitted_page, "reject"), {"comment": "Xem lại tiêu đề"})
    assert (row().state, localize.target_of(translation).live) == (State.RETURNED, False)
    review.submit_for_review(translation, translator)
    assert row().state == State.REVIEW


@pytest.mark.parametrize("role", ["anonymous", "editor", "translator"])
@pytest.mark.parametrize("action", ["approve", "reject"])
def test_nobody_else_decides(client_of, submitted_page, role, action):
    assert is_refused(client_of(role).post(decision(submitted_page, action), {"comment": ""}))
    submitted_page.refresh_from_db()
    assert (submitted_page.live, row().state) == (False, State.REVIEW)


def test_who_reviews_gets_wagtails_editor_and_the_translator_the_desk(client_of, submitted_page):
    response = client_of("moderator").get(editor_of(submitted_page))
    assert response.status_code == 200
    assert 'data-workflow-action-name="approve"' in response.content.decode()
    response = client_of("translator").get(editor_of(submitted_page))
    assert response.url.startswith("/admin/translations/")


def editor_form(page, **changes):
    """Return the form data of Wagtail's editor for the page, with `changes`."""
    return nested_form_data(
        {
            "title": page.title,
            "slug": page.slug,
            "introduction": page.introduction,
            "published_at": "12/08/2020 16:47",
            "author": "",
            "source_name": "",
            "source_url": "",
            "seo_title": "",
            "search_description": "",
            "chosen_picture": "",
            "body": streamfield([("paragraph", rich_text("<p>x</p>"))]),
            "article_topics": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
            **changes,
        }
    )


def test_what_a_reviewer_changes_in_wagtails_editor_is_read_back(
    client_of, submitted_page, translation
):
    page = submitted_page.get_latest_revision_as_object()
    form = editor_form(page, introduction="Schools open today.", **{"action-publish": "x"})
    response = client_of("moderator").post(editor_of(submitted_page), form)
    assert response.status_code == 302
    submitted_page.refresh_from_db()
    assert (submitted_page.live, submitted_page.introduction) == (True, "Schools open today.")
    texts = {s.source: s.translation for s in localize.segments(translation)}
    assert texts["Hôm nay các trường mở cửa."] == "Schools open today."


def test_publishing_gaps_in_bulk_tells_why_and_publishes_nothing(client_of, translation, moderator):
    drafts.save_draft(translation, moderator)
    page = localize.target_of(translation)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = client_of("moderator").post(f"{address}?id={page.pk}&next=/admin/", {})
    assert response.url == reverse("translations:edit", args=[translation.pk])
    assert not Page.objects.get(pk=page.pk).live


def test_only_who_asked_is_offered_to_take_it_back(submitted_page, translator, moderator):
    assert desk_permissions_of(translator, submitted_page).may_cancel_review
    assert not desk_permissions_of(moderator, submitted_page).may_cancel_review


def test_only_who_asked_takes_it_back(submitted_page, translator, editor):
    assert not review.cancel_review(submitted_page, editor)
    assert row().state == State.REVIEW
    assert review.cancel_review(submitted_page, translator)
    assert row().state == State.DRAFT

"""Tests of the workflow: an editor submits a draft, and a moderator reviews and publishes it."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Workflow, WorkflowState

from news.models import ArticlePage
from tests.admin_forms import article_form
from tests.factories import member_of
from tests.home.test_roles import is_refused

TITLE = "Tin chờ duyệt"


@pytest.fixture
def post_form_as(django_capture_on_commit_callbacks):
    """A function that signs a user in and returns a function that posts a form.

    The posting function also runs the callbacks on commit.
    """

    def seat(user):
        client = Client()
        client.force_login(user)

        def post(address, form):
            with django_capture_on_commit_callbacks(execute=True):
                return client.post(address, form)

        return post

    return seat


def review(article, action):
    """Return the URL for approving or rejecting the article."""
    task = article.current_workflow_task_state
    return reverse("wagtailadmin_pages:workflow_action", args=[article.pk, action, task.pk])


@pytest.fixture
def submitted_article(post_form_as, editor, section):
    """A new article that an editor submitted for review."""
    address = reverse("wagtailadmin_pages:add", args=["news", "articlepage", section.pk])
    form = article_form(title=TITLE, introduction="Sapô.", **{"action-submit": "action-submit"})
    post_form_as(editor)(address, form)
    return ArticlePage.objects.get(title=TITLE)


def test_there_is_one_workflow_and_it_covers_both_languages(home, english_home):
    workflow = Workflow.objects.get(active=True)
    assert workflow.name == "Duyệt bài"
    assert home.get_workflow() == english_home.get_workflow() == workflow
    assert [task.name for task in workflow.tasks] == ["Duyệt bài"]


def test_what_an_editor_hands_in_waits_for_review(client, submitted_article):
    assert submitted_article.workflow_in_progress
    assert submitted_article.current_workflow_state.workflow.name == "Duyệt bài"
    assert not submitted_article.live
    assert client.get("/tin-tuc/tin-cho-duyet/").status_code == 404


def test_a_moderator_sees_what_waits(submitted_article, moderator):
    client = Client()
    client.force_login(moderator)
    assert TITLE in client.get(reverse("wagtailadmin_home")).content.decode()


def test_what_a_moderator_approves_is_published(client, post_form_as, submitted_article, moderator):
    post_form_as(moderator)(review(submitted_article, "approve"), {"comment": "Tốt."})
    submitted_article.refresh_from_db()
    assert submitted_article.live
    assert not submitted_article.workflow_in_progress
    assert TITLE in client.get("/tin-tuc/tin-cho-duyet/").content.decode()


def test_what_a_moderator_rejects_stays_a_draft_with_the_reason(
    post_form_as, submitted_article, moderator
):
    post_form_as(moderator)(review(submitted_article, "reject"), {"comment": "Thiếu nguồn tin."})
    submitted_article.refresh_from_db()
    assert not submitted_article.live
    state = WorkflowState.objects.get()
    assert state.status == WorkflowState.STATUS_NEEDS_CHANGES
    assert state.current_task_state.comment == "Thiếu nguồn tin."


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_an_editor_reviews_neither_the_own_article_nor_others(
    post_form_as, submitted_article, editor, action
):
    for someone in (editor, member_of("Editors", username="dong-nghiep")):
        post_form_as(someone)(review(submitted_article, action), {"comment": ""})
        submitted_article.refresh_from_db()
        assert not submitted_article.live
        assert submitted_article.workflow_in_progress


def test_an_editor_does_not_publish_past_the_review(post_form_as, submitted_article, editor):
    address = reverse("wagtailadmin_pages:edit", args=[submitted_article.pk])
    form = article_form(title=TITLE, slug="tin-cho-duyet", **{"action-publish": "action-publish"})
    post_form_as(editor)(address, form)
    submitted_article.refresh_from_db()
    assert not submitted_article.live


def test_a_translator_does_not_review_vietnamese(post_form_as, submitted_article, translator):
    response = post_form_as(translator)(review(submitted_article, "approve"), {"comment": ""})
    assert is_refused(response)
    submitted_article.refresh_from_db()
    assert not submitted_article.live


def test_what_an_administrator_approves_is_published(
    post_form_as, submitted_article, administrator
):
    post_form_as(administrator)(review(submitted_article, "approve"), {"comment": ""})
    submitted_article.refresh_from_db()
    assert submitted_article.live


def test_an_administrator_may_correct_what_waits_for_review(
    post_form_as, submitted_article, administrator
):
    address = reverse("wagtailadmin_pages:edit", args=[submitted_article.pk])
    post_form_as(administrator)(address, article_form(title="Tin đã sửa", slug="tin-cho-duyet"))
    submitted_article.refresh_from_db()
    assert submitted_article.get_latest_revision_as_object().title == "Tin đã sửa"


def test_a_moderator_may_correct_what_waits_for_review(post_form_as, submitted_article, moderator):
    address = reverse("wagtailadmin_pages:edit", args=[submitted_article.pk])
    post_form_as(moderator)(address, article_form(title="Tin đã sửa", slug="tin-cho-duyet"))
    submitted_article.refresh_from_db()
    assert submitted_article.get_latest_revision_as_object().title == "Tin đã sửa"

"""Tests for the panel of failed tasks: who sees it, what it shows, and what its buttons do."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.users.models import UserProfile

from cms.operations import failed_tasks, worker
from cms.operations.lost_tasks import WorkerLostError
from news.indexing import index_articles

HOME = "wagtailadmin_home"
NOT_ADMINISTRATORS = ["editor", "moderator", "translator"]
ACTS = ["failed_task_again", "failed_task_forget"]


@pytest.fixture
def fail_task(db):
    """A function that creates a failed task."""

    def fail(error, path="cms.renditions.drawing.draw_renditions", attempts=1):
        task = DBTaskResult.objects.create(
            task_path=path,
            args_kwargs={"args": [[]], "kwargs": {}},
            backend_name=worker.BACKEND,
            status="RUNNING",
            run_after=timezone.now(),
            started_at=timezone.now(),
            worker_ids=["worker"] * attempts,
        )
        task.set_failed(error)
        return task

    return fail


@pytest.fixture
def open_panel(client):
    """A function that returns the panel as a user sees it in English, or `None` without one."""

    def open_as(user):
        UserProfile.get_for_user(user)
        UserProfile.objects.filter(user=user).update(preferred_language="en")
        client.force_login(user)
        page = BeautifulSoup(client.get(reverse(HOME)).content, "html.parser")
        return page.select_one("#failed-tasks-section")

    return open_as


def text_of(element):
    """Return the text of an element with normalised spaces."""
    return " ".join(element.get_text(" ", strip=True).split())


def test_administrators_read_what_failed_when_and_why(open_panel, administrator, fail_task):
    fail_task(ValueError("tệp hỏng\nở dòng 2"))
    fail_task(WorkerLostError("killed"), index_articles.module_path, attempts=3)
    lost, broken = open_panel(administrator).select("li")
    assert "Bringing the search up to date" in text_of(lost)
    assert "3 times" in text_of(lost)
    assert "too little memory" in text_of(lost)
    assert "Drawing the sizes of the pictures" in text_of(broken)
    assert "ở dòng 2" in text_of(broken)
    assert f"{timezone.localtime():%d/%m/%Y}" in text_of(broken)


def test_a_task_of_a_version_of_before_is_named_by_its_path(open_panel, administrator, fail_task):
    fail_task(ValueError("x"), "cms.removed.task")
    assert "cms.removed.task" in text_of(open_panel(administrator))


def test_a_task_is_named_in_words_under_the_path_that_it_had_before(
    open_panel, administrator, fail_task
):
    fail_task(ValueError("x"), "cms.renditions.draw_renditions")
    assert "Drawing the sizes of the pictures" in text_of(open_panel(administrator))


def test_all_tasks_of_the_background_have_words(db):
    assert set(failed_tasks.TASK_NAMES) == {
        "cms.renditions.drawing.draw_renditions",
        "news.indexing.index_articles",
    }


def test_where_nothing_failed_nothing_is_shown(open_panel, administrator):
    assert open_panel(administrator) is None


def test_the_newest_are_shown_and_the_others_counted(
    open_panel, administrator, fail_task, monkeypatch
):
    monkeypatch.setattr(failed_tasks, "MAX_SHOWN_TASKS", 2)
    for number in range(4):
        fail_task(ValueError(f"lỗi {number}"))
    panel = open_panel(administrator)
    assert ["lỗi 3" in text_of(item) for item in panel.select("li")] == [True, False]
    assert "And 2 older ones" in text_of(panel)


@pytest.mark.parametrize("role", NOT_ADMINISTRATORS)
def test_others_neither_see_nor_touch_them(request, open_panel, client, fail_task, role):
    task = fail_task(ValueError("x"))
    assert open_panel(request.getfixturevalue(role)) is None
    for act in ACTS:
        client.post(reverse(act, args=[task.pk]))
    task.refresh_from_db()
    assert task.status == "FAILED"


@pytest.mark.parametrize("act", ACTS)
def test_who_has_not_signed_in_is_sent_to_the_sign_in(client, fail_task, act):
    task = fail_task(ValueError("x"))
    answer = client.post(reverse(act, args=[task.pk]))
    assert answer.status_code == 302
    assert "login" in answer["Location"]
    task.refresh_from_db()
    assert task.status == "FAILED"


@pytest.mark.parametrize("act", ACTS)
def test_a_link_alone_does_nothing(client, administrator, fail_task, act):
    task = fail_task(ValueError("x"))
    client.force_login(administrator)
    assert client.get(reverse(act, args=[task.pk])).status_code == 405
    task.refresh_from_db()
    assert task.status == "FAILED"


def press(open_panel, client, user, number):
    """Press a button of the only listed task, with the token of its form."""
    form = open_panel(user).select("li form")[number]
    token = form.select_one("[name=csrfmiddlewaretoken]")["value"]
    client.handler.enforce_csrf_checks = True
    return client.post(form["action"], {"csrfmiddlewaretoken": token}, follow=True)


def test_a_task_is_tried_again_as_if_it_were_new(open_panel, client, administrator, fail_task):
    fail_task(ValueError("x"), attempts=3)
    page = press(open_panel, client, administrator, 0)
    assert "will be tried again" in page.content.decode()
    assert b"failed-tasks-section" not in page.content
    task = DBTaskResult.objects.ready().get()
    assert task.worker_ids == []
    assert task.traceback == task.exception_class_path == ""
    assert task.started_at is task.finished_at is None


def test_a_task_is_taken_off_the_list(open_panel, client, administrator, fail_task):
    fail_task(ValueError("x"))
    page = press(open_panel, client, administrator, 1)
    assert "no longer listed" in page.content.decode()
    assert not DBTaskResult.objects.exists()


@pytest.mark.parametrize("act", ACTS)
def test_what_was_dealt_with_already_is_not_there(client, administrator, fail_task, act):
    task = fail_task(ValueError("x"))
    DBTaskResult.objects.update(status="READY")
    client.force_login(administrator)
    assert client.post(reverse(act, args=[task.pk])).status_code == 404

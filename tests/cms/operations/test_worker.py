"""Tests for the worker: scheduled publishing, expiry and background tasks."""

import os
import shutil
import signal
import subprocess
import sys
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from cms.models import FailedAttempts
from cms.operations import worker
from tests.clock import Clock
from tests.factories import ArticleFactory, TopicFactory, publish_english_translation
from tests.portal import ROOT

AN_HOUR = timedelta(hours=1)


@pytest.fixture
def schedule_article(section):
    """A function that schedules a new article whose publication time has already passed."""

    def schedule(title, **times):
        article = ArticleFactory(parent=section, title=title, live=False)
        article.go_live_at = timezone.now() + AN_HOUR
        for name, value in times.items():
            setattr(article, name, value)
        revision = article.save_revision()
        revision.publish()
        assert not Page.objects.get(pk=article.pk).live
        revision.refresh_from_db()
        revision.content["go_live_at"] = (timezone.now() - AN_HOUR).isoformat()
        revision.approved_go_live_at = timezone.now() - AN_HOUR
        revision.save()
        return article

    return schedule


def is_live(page):
    """Return whether the page is live in the database."""
    return Page.objects.get(pk=page.pk).live


def test_what_is_due_is_published(schedule_article):
    article = schedule_article("Đến giờ")
    worker.publish_due()
    assert is_live(article)


def test_what_is_not_due_waits(section):
    article = ArticleFactory(parent=section, title="Chưa đến giờ", live=False)
    article.go_live_at = timezone.now() + AN_HOUR
    article.save_revision().publish()
    worker.publish_due()
    assert not is_live(article)


def test_an_hour_that_strikes_while_it_is_being_scheduled_is_not_lost(section):
    article = ArticleFactory(parent=section, title="Đúng giờ", live=False)
    article.go_live_at = timezone.now() + AN_HOUR
    article.save_revision().publish()
    due = worker.Revision.objects.filter(approved_go_live_at__isnull=False)
    due.update(approved_go_live_at=timezone.now())
    worker.publish_due()
    # The second step of scheduling has not written yet.
    assert not is_live(article)
    due.update(approved_go_live_at=timezone.now() - 2 * worker.GRACE)
    revision = due.get()
    revision.content["go_live_at"] = (timezone.now() - AN_HOUR).isoformat()
    revision.save()
    worker.publish_due()
    assert is_live(article)


def test_what_is_due_is_published_as_soon_as_scheduling_must_have_ended(section, monkeypatch):
    article = ArticleFactory(parent=section, title="Đúng giờ", live=False)
    article.go_live_at = due = timezone.now() + AN_HOUR
    article.save_revision().publish()
    for delay, published in ((worker.GRACE, False), (worker.GRACE + timedelta(seconds=1), True)):
        monkeypatch.setattr(timezone, "now", Clock(due + delay))
        worker.publish_due()
        assert is_live(article) is published


def test_after_a_long_stop_the_earlier_article_is_published_first(schedule_article):
    later, earlier = (schedule_article(title) for title in ("Sau", "Trước"))
    hours_ago = worker.Revision.objects.filter(object_id=str(earlier.pk))
    hours_ago.update(approved_go_live_at=timezone.now() - 2 * AN_HOUR)
    worker.publish_due()
    later.refresh_from_db()
    earlier.refresh_from_db()
    assert earlier.first_published_at < later.first_published_at


def test_what_has_expired_is_taken_down_with_its_translations(client, section):
    article = ArticleFactory(parent=section, title="Hết hạn")
    article.save_revision().publish()
    english = publish_english_translation(article, "Expired")
    Page.objects.filter(pk=article.pk).update(expire_at=timezone.now() - AN_HOUR)
    worker.publish_due()
    assert client.get(article.url).status_code == 410
    assert client.get(english.url).status_code == 410


def test_topics_are_scheduled_too(db):
    topic = TopicFactory(expire_at=timezone.now() - AN_HOUR)
    worker.publish_due()
    topic.refresh_from_db()
    assert not topic.live


@pytest.fixture
def fail(monkeypatch):
    """A function that makes the publishing of one article fail, and lists the attempts."""

    def fail(article, error):
        attempts = []
        publish = worker.Revision.publish

        def publish_or_fail(revision, **options):
            if revision.object_id == str(article.pk):
                attempts.append(revision)
                raise error
            return publish(revision, **options)

        monkeypatch.setattr(worker.Revision, "publish", publish_or_fail)
        return attempts

    return fail


@pytest.mark.parametrize("error", [ValueError("hỏng"), IntegrityError("hỏng")], ids=repr)
def test_one_article_that_fails_does_not_stop_the_others(schedule_article, fail, caplog, error):
    broken, fine = schedule_article("Hỏng"), schedule_article("Tốt")
    fail(broken, error)
    worker.publish_due()
    assert is_live(fine)
    assert not is_live(broken)
    assert "Hỏng" in caplog.text


def test_one_expiry_that_fails_does_not_stop_the_others(section, monkeypatch):
    an_hour_ago = timezone.now() - AN_HOUR
    broken = ArticleFactory(parent=section, title="Hỏng", expire_at=an_hour_ago)
    fine = ArticleFactory(parent=section, title="Tốt", expire_at=an_hour_ago)
    unpublish = Page.unpublish

    def unpublish_or_fail(page, **options):
        if page.pk == broken.pk:
            raise ValueError("hỏng")
        return unpublish(page, **options)

    monkeypatch.setattr(Page, "unpublish", unpublish_or_fail)
    worker.publish_due()
    assert is_live(broken)
    assert not is_live(fine)


def test_what_failed_is_tried_again_later_and_not_at_every_turn(schedule_article, fail):
    attempts = fail(schedule_article("Hỏng"), ValueError("hỏng"))
    retry_times = {}
    worker.publish_due(retry_times)
    worker.publish_due(retry_times)
    assert len(attempts) == 1
    for key in retry_times:
        retry_times[key] -= worker.RETRY_AFTER
    worker.publish_due(retry_times)
    assert len(attempts) == 2


def test_a_database_that_goes_away_is_no_fault_of_the_article(schedule_article, fail):
    fail(schedule_article("Tin"), OperationalError("away"))
    retry_times = {}
    with pytest.raises(OperationalError):
        worker.publish_due(retry_times)
    assert not retry_times


def test_what_another_worker_published_meanwhile_is_not_published_twice(
    schedule_article, monkeypatch
):
    schedule_article("Một")
    schedule_article("Hai")
    publish = worker.Revision.publish
    published = []

    def publish_like_two_workers(revision, **options):
        # While this worker publishes the first, the other worker publishes everything that is due.
        for due in worker.Revision.objects.filter(approved_go_live_at__isnull=False):
            published.append(due.pk)
            publish(due, **options)

    monkeypatch.setattr(worker.Revision, "publish", publish_like_two_workers)
    worker.publish_due()
    assert len(published) == len(set(published)) == 2


@pytest.fixture
def portal_worker(db, monkeypatch):
    """A worker that does not wait between two rounds."""
    monkeypatch.setattr(worker, "IDLE_SECONDS", 0)
    monkeypatch.setattr(worker, "PAUSE_SECONDS", 0)
    # The heartbeat is written from a separate thread, outside of the transaction of the test.
    monkeypatch.setattr(worker, "WorkerHeartbeat", lambda worker_id: nullcontext())
    # It would close the connection of the test's transaction.
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    return worker.PortalWorker()


@pytest.mark.parametrize("error", [OperationalError("away"), RuntimeError("odd")], ids=repr)
def test_a_turn_that_fails_is_tried_again(portal_worker, monkeypatch, error):
    runs = []

    def run_once():
        runs.append(1)
        if len(runs) == 1:
            raise error
        portal_worker.stop()

    monkeypatch.setattr(portal_worker, "run_once", run_once)
    portal_worker.run()
    assert len(runs) == 2


def test_schedules_do_not_wait_for_a_long_queue_nor_does_the_end(portal_worker, monkeypatch):
    done = []

    def run_one_of_many(worker_id):
        done.append("task")
        if len(done) >= 4:
            portal_worker.stop()
        return True

    monkeypatch.setattr(worker, "run_task", run_one_of_many)
    monkeypatch.setattr(worker, "publish_due", lambda retry_times: done.append("schedule"))
    monkeypatch.setattr(worker, "CHORES", [])
    portal_worker.run()
    assert done == ["schedule", "task", "schedule", "task"]


@pytest.fixture
def old_record(db):
    """The record of a task that was done a month ago."""
    month_ago = timezone.now() - timedelta(days=30)
    return DBTaskResult.objects.create(
        task_path="cms.renditions.drawing.draw_renditions",
        args_kwargs={"args": [[]], "kwargs": {}},
        backend_name=worker.BACKEND,
        queue_name="pictures",
        status="SUCCESSFUL",
        run_after=month_ago,
        finished_at=month_ago,
        return_value=None,
    )


@pytest.fixture
def in_database(settings):
    """Settings in which background tasks are stored in the database, as in production."""
    settings.TASKS = {
        **settings.TASKS,
        worker.BACKEND: {"BACKEND": "django_tasks_db.DatabaseBackend"},
    }


def test_records_of_old_tasks_are_thrown_away_once_a_day(in_database, portal_worker, old_record):
    portal_worker.run_once()
    assert not DBTaskResult.objects.exists()
    old_record.save(force_insert=True)
    portal_worker.run_once()
    assert DBTaskResult.objects.exists()
    for chore in worker.CHORES:
        portal_worker.done_at[chore] -= chore.interval
    portal_worker.run_once()
    assert not DBTaskResult.objects.exists()


def test_wrong_passwords_of_long_ago_are_thrown_away_once_a_day(in_database, portal_worker, db):
    FailedAttempts.objects.create(key="old", moments=[1.0], expires_at=2.0)
    portal_worker.run_once()
    assert not FailedAttempts.objects.exists()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """A database with all tables, which the tests copy."""
    path = tmp_path_factory.mktemp("migrated") / "site.sqlite3"
    manage(environment_of_site(path), "migrate", "-v0")
    return path


def environment_of_site(database):
    """Return the environment of a separate site on SQLite."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "settings.local",
        "DATABASE_URL": f"sqlite:///{database}",
        "MEDIA_ROOT": str(database.with_name("media")),
        "DEBUG": "0",
    }


@pytest.fixture
def own_site(migrated, tmp_path):
    """The environment of a separate site, migrated."""
    return environment_of_site(Path(shutil.copy(migrated, tmp_path)))


def manage(environment, *command):
    """Run a management command until it ends."""
    subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True
    )


ENQUEUE = """
from cms.renditions.drawing import draw_renditions
draw_renditions.enqueue("no list of pictures")
draw_renditions.enqueue([])
"""

STATES = """
from django_tasks_db.models import DBTaskResult
states = list(DBTaskResult.objects.order_by("enqueued_at").values_list("status", flat=True))
assert states == ["FAILED", "SUCCESSFUL"], states
"""


def work_until_idle(environment):
    """Run the worker of a site in a separate process until nothing is left to do."""
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-c", RUN_UNTIL_IDLE], cwd=ROOT, env=environment
    )
    assert process.wait(timeout=60) == 0


def test_the_command_does_the_tasks_after_one_that_fails_and_ends_when_told(own_site):
    manage(own_site, "shell", "-c", ENQUEUE)
    work_until_idle(own_site)
    manage(own_site, "shell", "-c", STATES)


RUN_UNTIL_IDLE = """
import os, signal
import django
from django.core.management import execute_from_command_line
django.setup()
from cms.operations import worker
from cms.models import FailedAttempts
run_once = worker.PortalWorker.run_once
def run_once_and_end(self):
    busy = run_once(self)
    if not busy:
        os.kill(os.getpid(), signal.SIGTERM)
    return busy
worker.PortalWorker.run_once = run_once_and_end
execute_from_command_line(["manage.py", "run_worker"])
"""


def test_the_command_ends_with_the_process_that_started_it(own_site):
    starter = subprocess.Popen(  # noqa: S602 - our own command
        f"{sys.executable} manage.py run_worker --with-parent $$ & echo $!; exec sleep 600",
        shell=True,
        cwd=ROOT,
        env=own_site,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert int(starter.stdout.readline())
    os.kill(starter.pid, signal.SIGKILL)
    # The pipe closes when its last holder, the worker, has ended.
    starter.communicate(timeout=60)


LEFT_BY_THE_VERSION_BEFORE = """
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
DBTaskResult.objects.create(
    task_path="cms.renditions.draw_renditions",
    args_kwargs={"args": [[]], "kwargs": {}},
    backend_name="background",
    run_after=timezone.now(),
)
"""

DONE = """
from django_tasks_db.models import DBTaskResult
task = DBTaskResult.objects.get()
assert task.status == "SUCCESSFUL", task.traceback
"""


def test_a_task_that_waited_for_the_upgrade_is_done_under_its_former_path(own_site):
    manage(own_site, "shell", "-c", LEFT_BY_THE_VERSION_BEFORE)
    work_until_idle(own_site)
    manage(own_site, "shell", "-c", DONE)

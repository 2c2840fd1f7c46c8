"""The process beside the web server: scheduled publishing, expiry and tasks of the background."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError
from django.utils import timezone
from wagtail.models import Page

from cms import worker
from tests.factories import ArticleFactory, TopicFactory
from tests.news.reader import in_english

ROOT = Path(__file__).resolve().parents[2]
AN_HOUR = timedelta(hours=1)


@pytest.fixture
def scheduled(section):
    """Return a function that schedules a new article and lets its hour pass."""

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
    """Say whether the page is live in the database."""
    return Page.objects.get(pk=page.pk).live


def test_what_is_due_is_published(scheduled):
    article = scheduled("Đến giờ")
    worker.publish_due()
    assert is_live(article)


def test_what_is_not_due_waits(section):
    article = ArticleFactory(parent=section, title="Chưa đến giờ", live=False)
    article.go_live_at = timezone.now() + AN_HOUR
    article.save_revision().publish()
    worker.publish_due()
    assert not is_live(article)


def test_what_has_expired_is_taken_down_with_its_translations(client, section):
    article = ArticleFactory(parent=section, title="Hết hạn")
    article.save_revision().publish()
    english = in_english(article, "Expired")
    Page.objects.filter(pk=article.pk).update(expire_at=timezone.now() - AN_HOUR)
    worker.publish_due()
    assert client.get(article.url).status_code == 410
    assert client.get(english.url).status_code == 410


def test_topics_are_scheduled_too(db):
    topic = TopicFactory(expire_at=timezone.now() - AN_HOUR)
    worker.publish_due()
    topic.refresh_from_db()
    assert not topic.live


def test_one_article_that_fails_does_not_stop_the_others(scheduled, monkeypatch, caplog):
    broken, fine = scheduled("Hỏng"), scheduled("Tốt")
    publish = worker.Revision.publish

    def fail_for_one(revision, **options):
        if revision.object_id == str(broken.pk):
            raise ValueError("hỏng")
        return publish(revision, **options)

    monkeypatch.setattr(worker.Revision, "publish", fail_for_one)
    worker.publish_due()
    assert is_live(fine)
    assert not is_live(broken)
    assert "Hỏng" in caplog.text


def test_a_database_that_is_away_is_tried_again(db, monkeypatch):
    portal_worker = worker.PortalWorker()
    turns = []

    def turn():
        turns.append(1)
        if len(turns) == 1:
            raise DatabaseError("away")
        portal_worker.stop()

    monkeypatch.setattr(portal_worker, "turn", turn)
    monkeypatch.setattr(worker, "INTERVAL", 0)
    portal_worker.run()
    assert len(turns) == 2


@pytest.fixture
def own_site(tmp_path):
    """The environment of a site of its own on SQLite, migrated."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "settings.local",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'site.sqlite3'}",
        "MEDIA_ROOT": str(tmp_path / "media"),
        "DEBUG": "0",
    }
    manage(environment, "migrate", "-v0")
    return environment


def manage(environment, *command):
    """Run a management command to its end."""
    subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True
    )


ENQUEUE = """
from cms.renditions import draw_renditions
draw_renditions.enqueue([])
"""

STATES = """
from django_tasks_db.models import DBTaskResult
assert list(DBTaskResult.objects.values_list("status", flat=True)) == ["SUCCESSFUL"]
"""


def test_the_command_does_waiting_tasks_and_ends_when_told(own_site):
    manage(own_site, "shell", "-c", ENQUEUE)
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-c", ONE_TURN], cwd=ROOT, env=own_site
    )
    assert process.wait(timeout=60) == 0
    manage(own_site, "shell", "-c", STATES)


ONE_TURN = """
import os, signal
import django
from django.core.management import execute_from_command_line
django.setup()
from cms import worker
turn = worker.PortalWorker.turn
def turn_and_end(self):
    turn(self)
    os.kill(os.getpid(), signal.SIGTERM)
worker.PortalWorker.turn = turn_and_end
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

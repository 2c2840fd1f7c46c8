"""Tests for tasks whose worker was killed: they are begun at most three times, and then fail."""

import os
import shutil
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cms.models import WorkerSign
from cms.operations import worker
from cms.operations.lost_tasks import (
    FORGET_AFTER,
    LEASE_SECONDS,
    MAX_ATTEMPTS,
    LostTaskRecovery,
    delete_old_heartbeats,
    record_heartbeat,
)
from tests.clock import Clock
from tests.portal import ROOT


@pytest.fixture
def clock():
    """The clock of the worker that checks."""
    return Clock(0.0)


@pytest.fixture
def recovery(clock):
    """The recovery by the worker "mine"."""
    return LostTaskRecovery("mine", worker.BACKEND, clock)


@pytest.fixture
def start_task(db):
    """A function that creates a task that workers have begun."""

    def begin(*worker_ids, backend=worker.BACKEND):
        return DBTaskResult.objects.create(
            task_path="cms.renditions.drawing.draw_renditions",
            args_kwargs={"args": [[]], "kwargs": {}},
            backend_name=backend,
            status="RUNNING",
            run_after=timezone.now(),
            started_at=timezone.now(),
            worker_ids=list(worker_ids),
        )

    return begin


def status(task):
    """Return the status of the task in the database."""
    task.refresh_from_db()
    return task.status


def test_a_task_whose_worker_gives_no_new_sign_is_begun_again(recovery, clock, start_task):
    record_heartbeat("other")
    task = start_task("other")
    recovery.recover()
    clock.now += LEASE_SECONDS - 1
    recovery.recover()
    assert status(task) == "RUNNING"
    clock.now += 1
    recovery.recover()
    assert status(task) == "READY"
    assert task.worker_ids == ["other"]


def test_a_task_of_a_worker_that_never_gave_a_sign_is_begun_again_as_late(
    recovery, clock, start_task
):
    task, nameless = start_task("of an older version"), start_task()
    recovery.recover()
    assert status(task) == status(nameless) == "RUNNING"
    clock.now += LEASE_SECONDS
    recovery.recover()
    assert status(task) == status(nameless) == "READY"


def test_however_long_it_takes_a_task_whose_worker_gives_signs_goes_on(recovery, clock, start_task):
    task = start_task("other")
    moment = timezone.now()
    for second in range(5):
        # The recorded time does not matter: the clock of the database may be wrong.
        WorkerSign.objects.update_or_create(
            pk="other", defaults={"seen_at": moment - timedelta(days=second)}
        )
        recovery.recover()
        clock.now += LEASE_SECONDS - 1
    assert status(task) == "RUNNING"


def test_a_task_that_this_worker_could_not_end_is_begun_again_at_once(recovery, start_task):
    task = start_task("mine")
    recovery.recover()
    assert status(task) == "READY"


def test_a_task_that_was_begun_three_times_has_failed(recovery, start_task):
    task = start_task("first", "second", "mine")
    assert len(task.worker_ids) == MAX_ATTEMPTS
    recovery.recover()
    assert status(task) == "FAILED"
    assert task.exception_class_path.endswith("WorkerLostError")
    assert "3 times" in task.traceback
    assert task.finished_at


def test_a_task_that_ends_meanwhile_or_is_taken_by_another_worker_is_left_alone(
    recovery, start_task, monkeypatch
):
    ended, taken = start_task("mine"), start_task("mine")

    def meanwhile(worker_id):
        DBTaskResult.objects.filter(pk=ended.pk).update(status="SUCCESSFUL")
        DBTaskResult.objects.filter(pk=taken.pk).update(worker_ids=["mine", "other"])
        return True

    monkeypatch.setattr(recovery, "_is_gone", meanwhile)
    recovery.recover()
    assert status(ended) == "SUCCESSFUL"
    assert status(taken) == "RUNNING"


def test_tasks_of_another_backend_are_not_looked_at(recovery, start_task):
    task = start_task("mine", backend="default")
    recovery.recover()
    assert status(task) == "RUNNING"


def test_the_worker_looks_at_every_turn(start_task, settings, monkeypatch):
    settings.TASKS = {
        **settings.TASKS,
        worker.BACKEND: {"BACKEND": "django_tasks_db.DatabaseBackend"},
    }
    monkeypatch.setattr(worker, "run_task", lambda worker_id: False)
    portal_worker = worker.PortalWorker()
    task = start_task(portal_worker.worker_id)
    portal_worker.run_once()
    assert status(task) == "READY"


def test_signs_of_those_who_are_long_gone_are_forgotten(db):
    record_heartbeat("alive")
    WorkerSign.objects.create(pk="gone", seen_at=timezone.now() - FORGET_AFTER - LEASE_LATER)
    delete_old_heartbeats()
    assert list(WorkerSign.objects.values_list("pk", flat=True)) == ["alive"]


LEASE_LATER = timedelta(seconds=LEASE_SECONDS)


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    """A SQLite file with all tables, which the tests copy."""
    folder = tmp_path_factory.mktemp("migrated")
    run("", "migrate", environment=environment_of(folder))
    return folder / "site.sqlite3"


@pytest.fixture
def own_site(migrated, tmp_path):
    """The environment of a separate site on SQLite, migrated."""
    shutil.copy(migrated, tmp_path)
    return environment_of(tmp_path)


def environment_of(folder):
    """Return the environment of a site in `folder`."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "settings.local",
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "DEBUG": "0",
    }


def run(script, *command, environment, status=0):
    """Run a script in a separate process, then a management command."""
    lines = ["import sys, django", "django.setup()", script]
    if command:
        lines.append("from django.core.management import execute_from_command_line")
        lines.append(f"execute_from_command_line(['manage.py', *{command!r}])")
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", "\n".join(lines)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == status, done.stderr
    return done.stdout


KILLED_IN_THE_TASK = """
import os, signal
from cms.operations import worker
from cms.renditions import drawing
from cms.operations import lost_tasks
lost_tasks.LEASE_SECONDS = 0
drawing.get_image_model = lambda: os.kill(os.getpid(), signal.SIGKILL)
"""

ENDS_WHEN_IDLE = """
import os, signal
from cms.operations import worker
from cms.operations import lost_tasks
lost_tasks.LEASE_SECONDS = 0
run_once = worker.PortalWorker.run_once
def run_once_and_end(self):
    busy = run_once(self)
    if not busy:
        self.stop()
    return busy
worker.PortalWorker.run_once = run_once_and_end
"""

ENQUEUE = "from cms.renditions.drawing import draw_renditions; draw_renditions.enqueue([])"

STATE = """
from cms.models import WorkerSign
from django_tasks_db.models import DBTaskResult
task = DBTaskResult.objects.get()
print(task.status, len(task.worker_ids), task.exception_class_path.rpartition(".")[2])
"""


@pytest.mark.once
def test_a_task_that_kills_its_worker_does_so_three_times_and_no_more(own_site):
    run(ENQUEUE, environment=own_site)
    for attempt in range(1, 4):
        run(KILLED_IN_THE_TASK, "run_worker", environment=own_site, status=-signal.SIGKILL)
        assert run(STATE, environment=own_site).split() == ["RUNNING", str(attempt)]
    run(ENDS_WHEN_IDLE, "run_worker", environment=own_site)
    assert run(STATE, environment=own_site).split() == ["FAILED", "3", "WorkerLostError"]


@pytest.mark.once
def test_a_task_whose_worker_was_killed_once_is_done_by_the_next_one(own_site):
    run(ENQUEUE, environment=own_site)
    run(KILLED_IN_THE_TASK, "run_worker", environment=own_site, status=-signal.SIGKILL)
    run(ENDS_WHEN_IDLE, "run_worker", environment=own_site)
    assert run(STATE, environment=own_site).split() == ["SUCCESSFUL", "2"]


SIGNS = """
import time
from cms.models import WorkerSign
from cms.operations import lost_tasks
lost_tasks.HEARTBEAT_SECONDS = 0.01
with lost_tasks.WorkerHeartbeat("mine"):
    seen, until = set(), time.monotonic() + 60
    while len(seen) < 3 and time.monotonic() < until:
        seen.update(WorkerSign.objects.values_list("seen_at", flat=True))
print(len(seen), WorkerSign.objects.count())
"""


@pytest.mark.once
def test_a_worker_gives_new_signs_while_it_is_busy_and_takes_them_back_in_the_end(own_site):
    assert run(SIGNS, environment=own_site).split() == ["3", "0"]

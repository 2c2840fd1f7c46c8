"""A task whose worker was killed is begun again, three times in all, and then has failed."""

import os
import shutil
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cms.models import WorkerSign
from cms.operations import worker
from cms.operations.lost_tasks import (
    ATTEMPTS,
    FORGET_AFTER,
    LEASE,
    Rescue,
    forget_signs,
    give_sign,
)

ROOT = Path(__file__).resolve().parents[3]


class Stopwatch:
    """Goes on when told."""

    seconds = 0.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def stopwatch():
    """The patience of the worker that looks."""
    return Stopwatch()


@pytest.fixture
def rescue(stopwatch):
    """What the worker "mine" watches."""
    return Rescue("mine", worker.BACKEND, stopwatch)


@pytest.fixture
def begun(db):
    """Return a function that makes a task that workers have begun."""

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


def test_a_task_whose_worker_gives_no_new_sign_is_begun_again(rescue, stopwatch, begun):
    give_sign("other")
    task = begun("other")
    rescue.take_up()
    stopwatch.seconds += LEASE - 1
    rescue.take_up()
    assert status(task) == "RUNNING"
    stopwatch.seconds += 1
    rescue.take_up()
    assert status(task) == "READY"
    assert task.worker_ids == ["other"]


def test_a_task_of_a_worker_that_never_gave_a_sign_is_begun_again_as_late(rescue, stopwatch, begun):
    task, nameless = begun("of an older version"), begun()
    rescue.take_up()
    assert status(task) == status(nameless) == "RUNNING"
    stopwatch.seconds += LEASE
    rescue.take_up()
    assert status(task) == status(nameless) == "READY"


def test_however_long_it_takes_a_task_whose_worker_gives_signs_goes_on(rescue, stopwatch, begun):
    task = begun("other")
    moment = timezone.now()
    for second in range(5):
        # By whatever clock: that of the database may stand wrong.
        WorkerSign.objects.update_or_create(
            pk="other", defaults={"seen_at": moment - timedelta(days=second)}
        )
        rescue.take_up()
        stopwatch.seconds += LEASE - 1
    assert status(task) == "RUNNING"


def test_a_task_that_this_worker_could_not_end_is_begun_again_at_once(rescue, begun):
    task = begun("mine")
    rescue.take_up()
    assert status(task) == "READY"


def test_a_task_that_was_begun_three_times_has_failed(rescue, begun):
    task = begun("first", "second", "mine")
    assert len(task.worker_ids) == ATTEMPTS
    rescue.take_up()
    assert status(task) == "FAILED"
    assert task.exception_class_path.endswith("WorkerLostError")
    assert "3 times" in task.traceback
    assert task.finished_at


def test_a_task_that_ends_meanwhile_or_is_taken_by_another_worker_is_left_alone(
    rescue, begun, monkeypatch
):
    ended, taken = begun("mine"), begun("mine")

    def meanwhile(worker_id):
        DBTaskResult.objects.filter(pk=ended.pk).update(status="SUCCESSFUL")
        DBTaskResult.objects.filter(pk=taken.pk).update(worker_ids=["mine", "other"])
        return True

    monkeypatch.setattr(rescue, "_is_gone", meanwhile)
    rescue.take_up()
    assert status(ended) == "SUCCESSFUL"
    assert status(taken) == "RUNNING"


def test_tasks_of_another_backend_are_not_looked_at(rescue, begun):
    task = begun("mine", backend="default")
    rescue.take_up()
    assert status(task) == "RUNNING"


def test_the_worker_looks_at_every_turn(begun, settings, monkeypatch):
    settings.TASKS = {
        **settings.TASKS,
        worker.BACKEND: {"BACKEND": "django_tasks_db.DatabaseBackend"},
    }
    monkeypatch.setattr(worker, "run_task", lambda worker_id: False)
    portal_worker = worker.PortalWorker()
    task = begun(portal_worker.worker_id)
    portal_worker.turn()
    assert status(task) == "READY"


def test_signs_of_those_who_are_long_gone_are_forgotten(db):
    give_sign("alive")
    WorkerSign.objects.create(pk="gone", seen_at=timezone.now() - FORGET_AFTER - LEASE_LATER)
    forget_signs()
    assert list(WorkerSign.objects.values_list("pk", flat=True)) == ["alive"]


LEASE_LATER = timedelta(seconds=LEASE)


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    """A SQLite file with all tables, which the tests copy."""
    folder = tmp_path_factory.mktemp("migrated")
    run("", "migrate", environment=environment_of(folder))
    return folder / "site.sqlite3"


@pytest.fixture
def own_site(migrated, tmp_path):
    """The environment of a site of its own on SQLite, migrated."""
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
    """Run a script in a process of its own, then a management command."""
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
lost_tasks.LEASE = 0
drawing.get_image_model = lambda: os.kill(os.getpid(), signal.SIGKILL)
"""

ENDS_WHEN_IDLE = """
import os, signal
from cms.operations import worker
from cms.operations import lost_tasks
lost_tasks.LEASE = 0
turn = worker.PortalWorker.turn
def turn_and_end(self):
    busy = turn(self)
    if not busy:
        self.stop()
    return busy
worker.PortalWorker.turn = turn_and_end
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
lost_tasks.SIGN_EVERY = 0.01
with lost_tasks.SignOfLife("mine"):
    seen, until = set(), time.monotonic() + 60
    while len(seen) < 3 and time.monotonic() < until:
        seen.update(WorkerSign.objects.values_list("seen_at", flat=True))
print(len(seen), WorkerSign.objects.count())
"""


@pytest.mark.once
def test_a_worker_gives_new_signs_while_it_is_busy_and_takes_them_back_in_the_end(own_site):
    assert run(SIGNS, environment=own_site).split() == ["3", "0"]

"""The one process beside the web server: what is due, and what can wait."""

import logging
import os
import threading
from datetime import timedelta

from django.apps import apps
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, close_old_connections, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from wagtail.models import DraftStateMixin, Page, Revision

from cms.operations.chores import CHORES, chore
from cms.operations.failed_tasks import KEPT_DAYS
from cms.operations.lost_tasks import LostTaskRecovery, WorkerHeartbeat, delete_old_heartbeats

logger = logging.getLogger(__name__)

# The task backend, of the setting TASKS, whose tasks are done here.
BACKEND = "background"

# Seconds between two looks at the database when there is nothing to do.
IDLE_SECONDS = 2.0

# Seconds between two tasks: SQLite lets nobody else write while one writer follows itself.
PAUSE_SECONDS = 0.1

# How long after its hour something is published.
#
# Wagtail schedules in two steps; an hour that struck between them would be undone by the second.
GRACE = timedelta(seconds=3)

# How long something scheduled that failed is left alone, so that the log stays readable.
RETRY_AFTER = timedelta(minutes=5)

# How often records of tasks that are done are thrown away.
TIDY_EVERY = timedelta(days=1)

# What is no fault of a page or a task: the database is gone, or busy beyond patience.
DATABASE_UNAVAILABLE = (OperationalError, InterfaceError)


class PortalWorker:
    """Publishes what is due, takes down what has expired and does the tasks of the background.

    After each task it does a part of each chore that is due (`cms/operations/chores.py`).

    With `parent`, a process id, it ends when that process is no longer its parent.
    """

    def __init__(self, parent=None):
        self.parent = parent
        self.worker_id = get_random_string(32)
        self.recovery = LostTaskRecovery(self.worker_id, BACKEND)
        self.stopping = threading.Event()
        self.retry_times = {}
        self.done_at = {}

    def run(self):
        """Work until `stop`, giving signs of life; a database that is away is tried again."""
        with WorkerHeartbeat(self.worker_id):
            self._work()

    def _work(self):
        while not self.stopping.is_set():
            busy = False
            try:
                busy = self.run_once()
            except DATABASE_UNAVAILABLE as error:
                logger.error("The database does not answer; trying again: %s", error)
            except Exception:
                # Nobody starts it again: whatever one turn meets, the next one may do better.
                logger.exception("The worker failed; trying again")
            finally:
                close_old_connections()
            if self.parent is not None and os.getppid() != self.parent:
                return
            self.stopping.wait(PAUSE_SECONDS if busy else IDLE_SECONDS)

    def stop(self):
        """End after the task at hand."""
        self.stopping.set()

    def run_once(self):
        """Do what is due and one task, and say whether there is more to do.

        Schedules do not wait for a long queue.
        """
        publish_due(self.retry_times)
        self.recovery.recover()
        busy = run_task(self.worker_id)
        return self.run_chores(timezone.now()) or busy

    def run_chores(self, now):
        """Do a part of each chore that does not rest, and say whether there is more to do.

        A chore that fails is logged, and rests as if it was done.
        """
        busy = False
        for registered_chore in CHORES:
            done_at = self.done_at.get(registered_chore)
            if done_at is not None and now - done_at < registered_chore.interval:
                continue
            more = False
            try:
                more = registered_chore.run()
            except DATABASE_UNAVAILABLE:
                raise
            # Whatever one chore meets, the others are done as well.
            except Exception:
                logger.exception("A chore failed: %s", registered_chore.run.__qualname__)
            if more:
                busy = True
            else:
                self.done_at[registered_chore] = now
        return busy


@chore(interval=TIDY_EVERY)
def delete_old_records():
    """Remove the records of tasks that ended long ago, and the signs of workers that are gone."""
    call_command(
        "prune_db_task_results",
        *("--backend", BACKEND, "--queue-name", "*"),
        *("--failed-min-age-days", str(KEPT_DAYS)),
        verbosity=0,
    )
    delete_old_heartbeats()


def run_task(worker_id):
    """Do a waiting task of the background and return `True`, `False` where there is none.

    A task that fails is recorded, and so is the worker that began it.
    """
    if not DBTaskResult.objects.ready().filter(backend_name=BACKEND).exists():
        return False
    worker = Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name=BACKEND,
        startup_delay=False,
        max_tasks=1,
        worker_id=worker_id,
    )
    worker.run()
    return True


def publish_due(retry_times=None):
    """Take down what has expired, then publish what is due, as `manage.py publish_scheduled` does.

    What fails is logged and the rest goes on. `retry_times` remembers it from call to call, with
    the moment from which it is tried again.
    """
    retry_times = {} if retry_times is None else retry_times
    now = timezone.now()
    for model in draft_models():
        expired = model.objects.filter(live=True, expire_at__lt=now).order_by("expire_at")
        attempt_each(expired, unpublish_expired, retry_times)
    due = Revision.objects.filter(approved_go_live_at__lt=now - GRACE)
    attempt_each(due.order_by("approved_go_live_at"), publish, retry_times)


def draft_models():
    """Return the models whose instances are scheduled: pages, and snippets that have drafts."""
    snippets = [
        model
        for model in apps.get_models()
        if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
    return [Page, *snippets]


def unpublish_expired(item):
    """Unpublish what has expired."""
    item.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def publish(revision):
    """Publish a revision whose hour has come."""
    revision.publish(log_action="wagtail.publish.scheduled")


def attempt_each(items, action, retry_times):
    """Do `action` to each of the queryset `items`, whole or not at all, but for what rests."""
    now = timezone.now()
    for pk in list(items.values_list("pk", flat=True)):
        key = (items.model, pk)
        if retry_times.get(key, now) > now:
            continue
        item = None
        try:
            with transaction.atomic():
                # Asked again under lock: another worker may have been faster.
                item = items.select_for_update().filter(pk=pk).first()
                if item is not None:
                    action(item)
            retry_times.pop(key, None)
        except DATABASE_UNAVAILABLE:
            raise
        except Exception:
            # Whatever one page meets when it is published, the others are due as well.
            logger.exception("What is scheduled failed: %s", item)
            retry_times[key] = now + RETRY_AFTER

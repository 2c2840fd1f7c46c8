"""The worker: the one process beside the web server, for scheduled and deferred work."""

import logging
import os
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from django.apps import apps
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, close_old_connections, transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from wagtail.models import DraftStateMixin, Page, Revision

from cms.operations.chores import CHORES, Chore, chore
from cms.operations.failed_tasks import KEPT_DAYS
from cms.operations.lost_tasks import LostTaskRecovery, WorkerHeartbeat, delete_old_heartbeats

logger = logging.getLogger(__name__)

# The task backend, from the setting TASKS, whose tasks this worker runs.
BACKEND = "background"

# Seconds between two checks of the database when there is nothing to do.
IDLE_SECONDS = 2.0

# Seconds between two tasks. On SQLite, a writer without pauses would keep all others from writing.
PAUSE_SECONDS = 0.1

# The delay between the scheduled time and publication.
#
# Wagtail schedules in two steps. If the scheduled time is between the two steps, the second step
# undoes the publication.
GRACE = timedelta(seconds=3)

# How long a scheduled change that failed waits for a retry, so that the log stays readable.
RETRY_AFTER = timedelta(minutes=5)

# How often records of ended tasks are deleted.
TIDY_EVERY = timedelta(days=1)

# Errors that no page or task causes: the database is unavailable, or busy for too long.
DATABASE_UNAVAILABLE = (OperationalError, InterfaceError)

# The times from which failed items are tried again, by the model and the key of the item.
RetryTimes = dict[tuple[type[Model], object], datetime]

# What is scheduled: a page, a snippet or a revision.
Item = TypeVar("Item", bound=Model)


class PortalWorker:
    """Publishes scheduled content, unpublishes expired content and runs the background tasks.

    After each task it does a part of each chore that is due (`cms/operations/chores.py`).

    With `parent`, a process id, it ends when that process is no longer its parent.
    """

    def __init__(self, parent: int | None = None) -> None:
        self.parent = parent
        self.worker_id = get_random_string(32)
        self.recovery = LostTaskRecovery(self.worker_id, BACKEND)
        self.stopping = threading.Event()
        self.retry_times: RetryTimes = {}
        self.done_at: dict[Chore, datetime] = {}

    def run(self) -> None:
        """Work until `stop`, and write heartbeats. An unavailable database is tried again."""
        with WorkerHeartbeat(self.worker_id):
            self._work()

    def _work(self) -> None:
        while not self.stopping.is_set():
            busy = False
            try:
                busy = self.run_once()
            except DATABASE_UNAVAILABLE as error:
                logger.error("The database does not answer; trying again: %s", error)
            except Exception:
                # Nothing restarts the worker. If one round fails in any way, the next one may
                # succeed.
                logger.exception("The worker failed; trying again")
            finally:
                close_old_connections()
            if self.parent is not None and os.getppid() != self.parent:
                return
            self.stopping.wait(PAUSE_SECONDS if busy else IDLE_SECONDS)

    def stop(self) -> None:
        """End after the current task."""
        self.stopping.set()

    def run_once(self) -> bool:
        """Do all scheduled work and one task, and return whether there is more to do.

        Scheduled publishing does not wait for a long queue.
        """
        publish_due(self.retry_times)
        self.recovery.recover()
        busy = run_task(self.worker_id)
        return self.run_chores(timezone.now()) or busy

    def run_chores(self, now: datetime) -> bool:
        """Do a part of each chore that is due, and return whether there is more to do.

        A chore that fails is logged, and waits for its interval as if it was done.
        """
        busy = False
        for registered_chore in CHORES:
            done_at = self.done_at.get(registered_chore)
            if done_at is not None and now - done_at < registered_chore.interval:
                continue
            more: bool | None = False
            try:
                more = registered_chore.run()
            except DATABASE_UNAVAILABLE:
                raise
            # An error of any kind in one chore must not stop the others.
            except Exception:
                logger.exception("A chore failed: %s", registered_chore.run.__qualname__)
            if more:
                busy = True
            else:
                self.done_at[registered_chore] = now
        return busy


@chore(interval=TIDY_EVERY)
def delete_old_records() -> None:
    """Delete the records of tasks that ended long ago, and the heartbeats of lost workers."""
    call_command(
        "prune_db_task_results",
        *("--backend", BACKEND, "--queue-name", "*"),
        *("--failed-min-age-days", str(KEPT_DAYS)),
        verbosity=0,
    )
    delete_old_heartbeats()


def run_task(worker_id: str) -> bool:
    """Run a waiting background task and return `True`, or return `False` if there is none.

    The failure of a task is recorded, and so is the worker that began it.
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


def publish_due(retry_times: RetryTimes | None = None) -> None:
    """Unpublish what has expired, then publish what is due, as `manage.py publish_scheduled` does.

    A failure is logged, and the rest continues. `retry_times` stores the failed items from call to
    call, with the time from which each is tried again.
    """
    retry_times = {} if retry_times is None else retry_times
    now = timezone.now()
    for model in draft_models():
        expired = model.objects.filter(live=True, expire_at__lt=now).order_by("expire_at")
        attempt_each(expired, unpublish_expired, retry_times)
    due = Revision.objects.filter(approved_go_live_at__lt=now - GRACE)
    attempt_each(due.order_by("approved_go_live_at"), publish, retry_times)


def draft_models() -> list[type[DraftStateMixin]]:
    """Return the models whose instances can be scheduled: pages, and snippets that have drafts."""
    snippets = [
        model
        for model in apps.get_models()
        if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
    return [Page, *snippets]


def unpublish_expired(item: DraftStateMixin) -> None:
    """Unpublish an expired page or snippet."""
    item.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def publish(revision: Revision) -> None:
    """Publish a revision that is due."""
    revision.publish(log_action="wagtail.publish.scheduled")


def attempt_each(
    items: QuerySet[Item], action: Callable[[Item], None], retry_times: RetryTimes
) -> None:
    """Apply `action` to each item of the queryset `items`, each in a transaction of its own.

    Items that wait for a retry are skipped.
    """
    now = timezone.now()
    for pk in list(items.values_list("pk", flat=True)):
        key = (items.model, pk)
        if retry_times.get(key, now) > now:
            continue
        item = None
        try:
            with transaction.atomic():
                # Read again under a lock: another worker may have been faster.
                item = items.select_for_update().filter(pk=pk).first()
                if item is not None:
                    action(item)
            retry_times.pop(key, None)
        except DATABASE_UNAVAILABLE:
            raise
        except Exception:
            # An error of any kind in one page must not stop the others.
            logger.exception("What is scheduled failed: %s", item)
            retry_times[key] = now + RETRY_AFTER

"""Recovery of tasks whose worker was lost: they are begun again a few times, and then fail.

A worker that is killed leaves its task RUNNING. Each live worker writes a heartbeat from a thread
of its own. The other workers treat it as lost when its heartbeat has not changed for
`LEASE_SECONDS`. Each of them measures this time by its own clock, so no two clocks are compared.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from django.db import Error, close_old_connections, connections, transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from cms.models import WorkerSign

logger = logging.getLogger(__name__)

# Seconds between two heartbeats.
HEARTBEAT_SECONDS = 10.0

# Seconds without a new heartbeat after which a worker is lost. A busy SQLite delays some
# heartbeats.
LEASE_SECONDS = 60.0

# The maximum number of times that a task is begun.
MAX_ATTEMPTS = 3

# The age at which the heartbeat of a lost worker is deleted.
FORGET_AFTER = timedelta(days=1)


class WorkerLostError(Exception):
    """The error of a task whose worker was killed at every attempt."""


class WorkerHeartbeat:
    """Writes the heartbeat of the worker `worker_id` until the block ends."""

    def __init__(self, worker_id: str) -> None:
        self.worker_id = worker_id
        self._leaving = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._leaving.set()
        self._thread.join()

    def _run(self) -> None:
        leaving = False
        while not leaving:
            try:
                record_heartbeat(self.worker_id)
            except Error as error:
                logger.error("The worker's sign of life is not written: %s", error)
            finally:
                close_old_connections()
            leaving = self._leaving.wait(HEARTBEAT_SECONDS)
        try:
            WorkerSign.objects.filter(pk=self.worker_id).delete()
        except Error as error:
            logger.error("The worker's sign of life is not taken back: %s", error)
        finally:
            connections.close_all()


def record_heartbeat(worker_id: str) -> None:
    """Record that the worker is alive now."""
    if not WorkerSign.objects.filter(pk=worker_id).update(seen_at=Now()):
        WorkerSign.objects.create(pk=worker_id, seen_at=Now())


def delete_old_heartbeats() -> None:
    """Delete the heartbeats of workers that were lost long ago."""
    WorkerSign.objects.filter(seen_at__lt=timezone.now() - FORGET_AFTER).delete()


class LostTaskRecovery:
    """Watches the running tasks of a backend for one worker.

    The check runs between the tasks of that worker. If a task is still stored as running under the
    worker's own id, it is lost too: its end could not be written.
    """

    def __init__(
        self, worker_id: str, backend: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.worker_id, self.backend, self._clock = worker_id, backend, clock
        self._watched: dict[str, tuple[datetime | None, float]] = {}

    def recover(self) -> None:
        """Requeue the tasks of lost workers, or let them fail."""
        running = dict(self._running().values_list("pk", "worker_ids"))
        last = {pk: worker_ids[-1] if worker_ids else "" for pk, worker_ids in running.items()}
        signs = dict(WorkerSign.objects.filter(pk__in=last.values()).values_list())
        self._watched = {
            worker_id: self._since(worker_id, signs.get(worker_id)) for worker_id in last.values()
        }
        for pk, worker_ids in running.items():
            if self._is_gone(last[pk]):
                self._requeue_or_fail(pk, worker_ids)

    def _running(self) -> QuerySet[DBTaskResult]:
        return DBTaskResult.objects.running().filter(backend_name=self.backend)

    def _since(self, worker_id: str, sign: datetime | None) -> tuple[datetime | None, float]:
        """Return the heartbeat, and the time since which it has not changed."""
        known = self._watched.get(worker_id)
        return known if known and known[0] == sign else (sign, self._clock())

    def _is_gone(self, worker_id: str) -> bool:
        if worker_id == self.worker_id:
            return True
        _sign, since = self._watched[worker_id]
        return self._clock() - since >= LEASE_SECONDS

    def _requeue_or_fail(self, pk: UUID, worker_ids: list[str]) -> None:
        with transaction.atomic():
            # Read again under a lock: the task may have ended, or another worker may have been
            # faster.
            task = self._running().select_for_update(skip_locked=True).filter(pk=pk).first()
            if task is None or task.worker_ids != worker_ids:
                return
            if len(worker_ids) < MAX_ATTEMPTS:
                logger.error("Task %s (%s) lost its worker; beginning again", pk, task.task_path)
                task.status = TaskResultStatus.READY
                task.save(update_fields=["status"])
            else:
                logger.error("Task %s (%s) lost its worker again; failed", pk, task.task_path)
                task.set_failed(WorkerLostError(f"begun {len(worker_ids)} times, never ended"))

"""The one process beside the web server: what is due, and what can wait."""

import logging
import os
import threading
from datetime import timedelta

from django.apps import apps
from django.core.management import call_command
from django.db import Error, close_old_connections, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from wagtail.models import DraftStateMixin, Page, Revision

logger = logging.getLogger(__name__)

BACKEND = "background"
"""The task backend, of the setting TASKS, whose tasks are done here."""

INTERVAL = 2.0
"""Seconds between two looks at the database when there is nothing to do."""

TIDY_EVERY = timedelta(days=1)
"""How often the records of tasks that are done are thrown away."""


class PortalWorker:
    """Publishes what is due, takes down what has expired and does the tasks of the background.

    With `parent`, a process id, it ends when that process is no longer its parent.
    """

    def __init__(self, parent=None):
        self.parent = parent
        self.stopping = threading.Event()
        self.tidied_at = None

    def run(self):
        """Work until `stop`; a database that is away is tried again."""
        while not self.stopping.is_set():
            try:
                self.turn()
            except Error:
                logger.exception("The database does not answer; trying again")
            finally:
                close_old_connections()
            if self.parent is not None and os.getppid() != self.parent:
                return
            self.stopping.wait(INTERVAL)

    def stop(self):
        """End after the task at hand."""
        self.stopping.set()

    def turn(self):
        """Do all that there is to do now."""
        publish_due()
        run_tasks()
        now = timezone.now()
        if self.tidied_at is None or now - self.tidied_at >= TIDY_EVERY:
            call_command("prune_db_task_results", "--backend", BACKEND, verbosity=0)
            self.tidied_at = now


def run_tasks():
    """Do the waiting tasks of the background, one after another; one that fails is recorded."""
    worker = Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name=BACKEND,
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
    )
    worker.run()


def publish_due():
    """Take down what has expired, then publish what is due, as `manage.py publish_scheduled` does.

    What fails is logged and left for the next turn; the rest goes on.
    """
    now = timezone.now()
    for model in draft_models():
        for item in list(model.objects.filter(live=True, expire_at__lt=now).order_by("expire_at")):
            attempt(
                item, item.unpublish, set_expired=True, log_action="wagtail.unpublish.scheduled"
            )
    due = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    for revision in list(due):
        attempt(revision, revision.publish, log_action="wagtail.publish.scheduled")


def draft_models():
    """Return the models whose instances are scheduled: pages, and snippets that have drafts."""
    snippets = [
        model
        for model in apps.get_models()
        if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
    return [Page, *snippets]


def attempt(item, action, **options):
    """Do `action` whole or not at all."""
    try:
        with transaction.atomic():
            action(**options)
    except Error:
        raise
    except Exception:
        logger.exception("What is scheduled failed: %s", item)

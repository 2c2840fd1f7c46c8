"""Tasks of the background that failed: administrators see them on their first page of the admin."""

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy
from django.views.generic import View
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.permission_policies import ModelPermissionPolicy

from cms.operations.lost_tasks import WorkerLostError
from cms.text.truncation import truncate

# How many the panel shows, the newest first.
MAX_SHOWN_TASKS = 10

# Characters of an error that are shown.
REASON_LENGTH = 200

# Days for which the record of a task that failed is kept.
KEPT_DAYS = 30

# What tasks do, in words, by the path of the task.
TASK_NAMES = {}

WORKER_LOST_PATH = f"{WorkerLostError.__module__}.{WorkerLostError.__qualname__}"

accounts_policy = ModelPermissionPolicy(get_user_model())


def name_task(task, name):
    """Say in words what a task does, for those who read that it failed."""
    TASK_NAMES[task.module_path] = name


def name_of(task_path: str) -> str | Promise:
    """Return what a task does, in words; its path where it is no task of this version any more.

    A task may be stored under a path that an earlier version gave it.
    """
    try:
        task = import_string(task_path)
    except ImportError:
        return task_path
    return TASK_NAMES.get(getattr(task, "module_path", ""), task_path)


def may_manage_failed_tasks(user) -> bool:
    """Say whether failed tasks are this user's business: those of who looks after accounts."""
    return accounts_policy.user_has_permission(user, "change")


class FailedTask:
    """A task that failed, as it is told."""

    def __init__(self, result: DBTaskResult):
        self.pk, self.failed_at = result.pk, result.finished_at
        self.name = name_of(result.task_path)
        self.attempts = len(result.worker_ids)
        self.was_lost = result.exception_class_path == WORKER_LOST_PATH
        self.reason = truncate(last_line(result.traceback), REASON_LENGTH)


def last_line(traceback: str) -> str:
    """Return the line of a traceback that names the error."""
    return traceback.strip().rpartition("\n")[2]


def failed_tasks():
    """Return all results of tasks that failed, the newest first."""
    return DBTaskResult.objects.failed().order_by("-finished_at")


class FailedTasksPanel(Component):
    """Shows what failed, when and why, and offers to try it again."""

    name = "failed_tasks"
    template_name = "operations/failed_tasks.html"
    order = 90  # above everything: something is to be done

    class Media:
        css = {"all": ["cms/css/failed-tasks.css"]}

    def __init__(self, results):
        self.results = results

    def get_context_data(self, parent_context):
        """Return the newest ones, and how many more there are."""
        return {
            "tasks": [FailedTask(result) for result in self.results[:MAX_SHOWN_TASKS]],
            "more": max(0, self.results.count() - MAX_SHOWN_TASKS),
            "csrf_token": get_token(parent_context["request"]),
        }


class FailedTaskView(View):
    """What is done with one failed task, by `POST`."""

    http_method_names = ["post"]

    def dispatch(self, request, *args, **kwargs):
        """Let in those who look after tasks."""
        if not may_manage_failed_tasks(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, pk):
        """Do it, and go back to the panel."""
        with transaction.atomic():
            # Of two who press at once, one finds it failed.
            result = get_object_or_404(failed_tasks().select_for_update(), pk=pk)
            self.act(result)
        messages.success(request, self.success_message)
        return redirect("wagtailadmin_home")


class RetryTaskView(FailedTaskView):
    """Puts the task back, as if it had never been begun."""

    success_message = gettext_lazy("The task will be tried again within a few seconds.")

    def act(self, result):
        """Let the worker find it."""
        result.status = TaskResultStatus.READY
        result.run_after = timezone.now()
        result.started_at = result.finished_at = None
        result.worker_ids = []
        result.exception_class_path = result.traceback = ""
        result.save()


class DismissTaskView(FailedTaskView):
    """Takes the task off the list."""

    success_message = gettext_lazy("The failed task is no longer listed.")

    def act(self, result):
        """Delete its record."""
        result.delete()

"""Failed background tasks, which administrators see on the home page of the admin."""

from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.template import Context
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy
from django.views.generic import View
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.permission_policies import ModelPermissionPolicy

from cms.operations.lost_tasks import WorkerLostError
from cms.text.truncation import truncate

# The maximum number of tasks that the panel shows, the newest first.
MAX_SHOWN_TASKS = 10

# The maximum number of characters of an error that are shown.
REASON_LENGTH = 200

# Days for which the record of a failed task is kept.
KEPT_DAYS = 30

# Descriptions of tasks by the path of the task.
TASK_NAMES: dict[str, str | Promise] = {}

WORKER_LOST_PATH = f"{WorkerLostError.__module__}.{WorkerLostError.__qualname__}"

accounts_policy = ModelPermissionPolicy(get_user_model())


def name_task(task: Task[..., Any], name: str | Promise) -> None:
    """Describe a task for users who read that it failed."""
    TASK_NAMES[task.module_path] = name


def name_of(task_path: str) -> str | Promise:
    """Return the description of a task, or its path if this version has no such task.

    A stored task may have a path from an earlier version.
    """
    try:
        task = import_string(task_path)
    except ImportError:
        return task_path
    return TASK_NAMES.get(getattr(task, "module_path", ""), task_path)


def may_manage_failed_tasks(user: User | AnonymousUser) -> bool:
    """Return whether this user may change accounts, and so may also manage failed tasks."""
    return accounts_policy.user_has_permission(user, "change")


class FailedTask:
    """A failed task, as the panel shows it."""

    def __init__(self, result: DBTaskResult) -> None:
        self.pk, self.failed_at = result.pk, result.finished_at
        self.name = name_of(result.task_path)
        self.attempts = len(result.worker_ids)
        self.was_lost = result.exception_class_path == WORKER_LOST_PATH
        self.reason = truncate(last_line(result.traceback), REASON_LENGTH)


def last_line(traceback: str) -> str:
    """Return the line of a traceback that names the error."""
    return traceback.strip().rpartition("\n")[2]


def failed_tasks() -> QuerySet[DBTaskResult]:
    """Return all results of failed tasks, the newest first."""
    return DBTaskResult.objects.failed().order_by("-finished_at")


class FailedTasksPanel(Component):
    """Shows which tasks failed, when and why, and offers to try them again."""

    name = "failed_tasks"
    template_name = "operations/failed_tasks.html"
    # Above all other panels, because these tasks need action.
    order = 90

    class Media:
        css = {"all": ["cms/css/failed-tasks.css"]}

    def __init__(self, results: QuerySet[DBTaskResult]) -> None:
        self.results = results

    def get_context_data(self, parent_context: Context) -> dict[str, Any]:
        """Return the newest failed tasks, and the number of those that are not shown."""
        return {
            "tasks": [FailedTask(result) for result in self.results[:MAX_SHOWN_TASKS]],
            "more": max(0, self.results.count() - MAX_SHOWN_TASKS),
            "csrf_token": get_token(parent_context["request"]),
        }


class FailedTaskView(View):
    """The base class of the views that act on one failed task, by `POST`."""

    http_method_names = ["post"]
    success_message: str | Promise

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Allow only users who may manage failed tasks."""
        if not may_manage_failed_tasks(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Act on the task, and redirect to the panel."""
        with transaction.atomic():
            # If two users press the button at the same time, only one finds the task failed.
            result = get_object_or_404(failed_tasks().select_for_update(), pk=pk)
            self.act(result)
        messages.success(request, self.success_message)
        return redirect("wagtailadmin_home")

    def act(self, result: DBTaskResult) -> None:
        """Act on the task. Each subclass defines how."""
        raise NotImplementedError


class RetryTaskView(FailedTaskView):
    """Puts the task back into the queue as a task that was never begun."""

    success_message = gettext_lazy("The task will be tried again within a few seconds.")

    def act(self, result: DBTaskResult) -> None:
        """Reset the task so that the worker finds it."""
        result.status = TaskResultStatus.READY
        result.run_after = timezone.now()
        result.started_at = result.finished_at = None
        result.worker_ids = []
        result.exception_class_path = result.traceback = ""
        result.save()


class DismissTaskView(FailedTaskView):
    """Removes the task from the list."""

    success_message = gettext_lazy("The failed task is no longer listed.")

    def act(self, result: DBTaskResult) -> None:
        """Delete the record of the task."""
        result.delete()

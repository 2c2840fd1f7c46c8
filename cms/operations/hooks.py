"""Hooks that show the failed tasks in the admin."""

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin.ui.components import Component

from cms.operations.failed_tasks import (
    DismissTaskView,
    FailedTasksPanel,
    RetryTaskView,
    failed_tasks,
    may_manage_failed_tasks,
)


@hooks.register("construct_homepage_panels")
def show_failed_tasks(request: HttpRequest, panels: list[Component]) -> None:
    """Show the failed tasks to administrators, if there are any."""
    if may_manage_failed_tasks(request.user) and failed_tasks().exists():
        panels.append(FailedTasksPanel(failed_tasks()))


@hooks.register("register_admin_urls")
def register_failed_task_urls() -> list[URLPattern]:
    """Return the URLs that try a failed task again, or remove it from the list."""
    return [
        path(
            "failed-tasks/<uuid:pk>/try-again/", RetryTaskView.as_view(), name="failed_task_again"
        ),
        path(
            "failed-tasks/<uuid:pk>/forget/", DismissTaskView.as_view(), name="failed_task_forget"
        ),
    ]

"""The failed tasks in the admin."""

from django.urls import path
from wagtail import hooks

from cms.operations.failed_tasks import (
    DismissTaskView,
    FailedTasksPanel,
    RetryTaskView,
    failed_tasks,
    may_manage_failed_tasks,
)


@hooks.register("construct_homepage_panels")
def show_failed_tasks(request, panels):
    """Show administrators what failed, if anything did."""
    if may_manage_failed_tasks(request.user) and failed_tasks().exists():
        panels.append(FailedTasksPanel(failed_tasks()))


@hooks.register("register_admin_urls")
def register_failed_task_urls():
    """Return where a failed task is tried again, or taken off the list."""
    return [
        path(
            "failed-tasks/<uuid:pk>/try-again/", RetryTaskView.as_view(), name="failed_task_again"
        ),
        path(
            "failed-tasks/<uuid:pk>/forget/", DismissTaskView.as_view(), name="failed_task_forget"
        ),
    ]

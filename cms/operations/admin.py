"""The failed tasks in the admin."""

from django.urls import path
from wagtail import hooks

from cms.operations.failed_tasks import (
    FailedTasksPanel,
    ForgetView,
    TryAgainView,
    failed_tasks,
    may_look_after_tasks,
)


@hooks.register("construct_homepage_panels")
def show_failed_tasks(request, panels):
    """Show administrators what failed, if anything did."""
    if may_look_after_tasks(request.user) and failed_tasks().exists():
        panels.append(FailedTasksPanel(failed_tasks()))


@hooks.register("register_admin_urls")
def addresses_of_failed_tasks():
    """Return where a failed task is tried again, or taken off the list."""
    return [
        path("failed-tasks/<uuid:pk>/try-again/", TryAgainView.as_view(), name="failed_task_again"),
        path("failed-tasks/<uuid:pk>/forget/", ForgetView.as_view(), name="failed_task_forget"),
    ]

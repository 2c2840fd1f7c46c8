"""Hooks for the counter snippet, the visits panel of the admin home page, and its downloads."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.visitors.dashboard import VisitsPanel
from cms.visitors.downloads import HoursView
from cms.visitors.models import VisitorCounter


class VisitorCounterViewSet(SnippetViewSet):
    """The snippet views where editors find the counter and change its wording."""

    model = VisitorCounter
    icon = "group"
    list_display = ["name", "wording", "locale"]


register_snippet(VisitorCounterViewSet)


@hooks.register("construct_homepage_panels")
def add_visits_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Add the visits panel to the home page of every user of the admin."""
    panels.append(VisitsPanel())


@hooks.register("register_admin_urls")
def register_download_urls() -> list[URLPattern]:
    """Return the URLs of the downloads of hours.

    Wagtail requires users to sign in for these URLs.
    """
    return [
        path(
            f"visits/hours.{spreadsheet_format}",
            HoursView.as_view(spreadsheet_format=spreadsheet_format),
            name=f"visits_{spreadsheet_format}",
        )
        for spreadsheet_format in HoursView.FORMATS
    ]


@hooks.register("register_permissions")
def register_download_permission() -> QuerySet[Permission]:
    """Let administrators grant the download permission to a group in the group editor."""
    return Permission.objects.filter(
        content_type__app_label="visitors", codename="view_visitorhour"
    )

"""The counter under Snippets; the visits on the first page of the admin, and their download."""

from django.contrib.auth.models import Permission
from django.urls import path
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.visitors.dashboard import VisitsPanel
from cms.visitors.downloads import HoursView
from cms.visitors.models import VisitorCounter


class VisitorCounterViewSet(SnippetViewSet):
    """How editors find and word the counter."""

    model = VisitorCounter
    icon = "group"
    list_display = ["name", "wording", "locale"]


register_snippet(VisitorCounterViewSet)


@hooks.register("construct_homepage_panels")
def show_visits(request, panels):
    """Show the visits to everybody who enters the admin."""
    panels.append(VisitsPanel())


@hooks.register("register_admin_urls")
def download_addresses():
    """Return where the hours are downloaded; Wagtail lets nobody in who has not signed in."""
    return [
        path(
            f"visits/hours.{spreadsheet_format}",
            HoursView.as_view(spreadsheet_format=spreadsheet_format),
            name=f"visits_{spreadsheet_format}",
        )
        for spreadsheet_format in HoursView.FORMATS
    ]


@hooks.register("register_permissions")
def right_to_download():
    """Let administrators give a group the right to download, where they edit groups."""
    return Permission.objects.filter(
        content_type__app_label="visitors", codename="view_visitorhour"
    )

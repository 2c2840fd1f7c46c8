"""The panels of the admin's first page, without pages that have since been hidden from the user."""

from typing import Any

from django.http import HttpRequest
from django.template import Context
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.views import home
from wagtail.models import Page

from cms.visibility import may_see


class VisibleEditsPanel(home.RecentEditsPanel):
    """The panel of the pages that the user edited last."""

    def get_context_data(self, parent_context: Context) -> dict[str, Any]:
        """Leave out the pages that the user may no longer see."""
        context = super().get_context_data(parent_context)
        user = parent_context["request"].user
        context["last_edits"] = [each for each in context["last_edits"] if may_see(user, each[1])]
        return context


class VisibleSubmissionsPanel(home.UserObjectsInWorkflowModerationPanel):
    """The panel of the pages that the user submitted for review."""

    def get_context_data(self, parent_context: Context) -> dict[str, Any]:
        """Leave out the pages that the user may no longer see."""
        context = super().get_context_data(parent_context)
        user = parent_context["request"].user
        context["workflow_states"] = [
            state
            for state in context["workflow_states"]
            if not isinstance(state.content_object, Page) or may_see(user, state.content_object)
        ]
        return context


class VisibleLocksPanel(home.LockedPagesPanel):
    """The panel of the pages that the user locked."""

    def get_context_data(self, parent_context: Context) -> dict[str, Any]:
        """Leave out the pages that the user may no longer see."""
        context = super().get_context_data(parent_context)
        user = parent_context["request"].user
        context["locked_pages"] = [page for page in context["locked_pages"] if may_see(user, page)]
        return context


PANELS = {
    home.RecentEditsPanel: VisibleEditsPanel,
    home.UserObjectsInWorkflowModerationPanel: VisibleSubmissionsPanel,
    home.LockedPagesPanel: VisibleLocksPanel,
}


@hooks.register("construct_homepage_panels", order=-100)
def replace_homepage_panels(request: HttpRequest, panels: list[Component]) -> None:
    """Replace Wagtail's panels with ours. The constructors of these panels take no arguments."""
    panels[:] = [PANELS.get(type(panel), lambda panel=panel: panel)() for panel in panels]

"""The panels of the admin's first page, without pages that have been hidden from the user since."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.views import home
from wagtail.models import Page

from cms.visibility import may_see


class KnownEditsPanel(home.RecentEditsPanel):
    """What the user edited last."""

    def get_context_data(self, parent_context):
        """Leave out the pages that the user may no longer know of."""
        context = super().get_context_data(parent_context)
        user = parent_context["request"].user
        context["last_edits"] = [each for each in context["last_edits"] if may_see(user, each[1])]
        return context


class KnownSubmissionsPanel(home.UserObjectsInWorkflowModerationPanel):
    """What the user handed on."""

    def get_context_data(self, parent_context):
        """Leave out the pages that the user may no longer know of."""
        context = super().get_context_data(parent_context)
        user = parent_context["request"].user
        context["workflow_states"] = [
            state
            for state in context["workflow_states"]
            if not isinstance(state.content_object, Page) or may_see(user, state.content_object)
        ]
        return context


class KnownLocksPanel(home.LockedPagesPanel):
    """What the user locked."""

    def get_context_data(self, parent_context):
        """Leave out the pages that the user may no longer know of."""
        context = super().get_context_data(parent_context)
        user = parent_context["request"].user
        context["locked_pages"] = [page for page in context["locked_pages"] if may_see(user, page)]
        return context


PANELS = {
    home.RecentEditsPanel: KnownEditsPanel,
    home.UserObjectsInWorkflowModerationPanel: KnownSubmissionsPanel,
    home.LockedPagesPanel: KnownLocksPanel,
}


@hooks.register("construct_homepage_panels", order=-100)
def show_what_is_known(request: HttpRequest, panels: list):
    """Put our panels in place of Wagtail's, of which each is made without arguments."""
    panels[:] = [PANELS.get(type(panel), lambda panel=panel: panel)() for panel in panels]

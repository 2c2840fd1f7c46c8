"""What waits for a translator, on the admin's first page."""

from django.middleware.csrf import get_token
from wagtail.admin.ui.components import Component

from cms.translation.board import most_urgent

# How many rows the panel shows; the board has them all.
PANEL_ROWS = 5


class WaitingPanel(Component):
    """Shows the most urgent rows in the languages of the user."""

    name = "translations"
    template_name = "translation/dashboard.html"
    order = 220  # beside the work that waits for review

    class Media:
        css = {"all": ["translation/board.css"]}

    def __init__(self, locales):
        self.locales = locales

    def get_context_data(self, parent_context):
        """Return the lines, each with what the user may do."""
        request = parent_context["request"]
        lines = most_urgent(request.user, self.locales, PANEL_ROWS)
        return {
            "lines": [(line, line.next_step(request.user)) for line in lines],
            "tells_language": len(self.locales) > 1,
            "csrf_token": get_token(request),
        }

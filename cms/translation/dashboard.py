"""The translations that wait for a user, on the admin's home page."""

from collections.abc import Collection
from typing import Any

from django.middleware.csrf import get_token
from django.template import Context
from wagtail.admin.ui.components import Component
from wagtail.models import Locale

from cms.translation.board import most_urgent

# The number of rows that the panel shows. The board shows all rows.
PANEL_ROWS = 5


class WaitingPanel(Component):
    """Shows the most urgent rows in the user's languages."""

    name = "translations"
    template_name = "translation/dashboard.html"
    # Beside the work that waits for review.
    order = 220

    class Media:
        css = {"all": ["translation/board.css"]}

    def __init__(self, locales: Collection[Locale]) -> None:
        self.locales = locales

    def get_context_data(self, parent_context: Context) -> dict[str, Any]:
        """Return the lines, each with the user's next step."""
        request = parent_context["request"]
        lines = most_urgent(request.user, self.locales, PANEL_ROWS)
        return {
            "lines": [(line, line.next_step(request.user)) for line in lines],
            "shows_language": len(self.locales) > 1,
            "csrf_token": get_token(request),
        }

"""The review of a translation in Wagtail's own editor."""

from typing import Any

from django.http import HttpResponse
from wagtail.admin.views.pages.edit import EditView


class ReviewView(EditView):
    """Wagtail's editor for reviewers.

    Their changes are read back to the desk.
    """

    def run_hook(self, hook_name: str, *args: Any, **kwargs: Any) -> HttpResponse | None:
        """Skip the `before_edit_page` hooks, one of which called this view; run all other hooks."""
        if hook_name == "before_edit_page":
            return None
        return super().run_hook(hook_name, *args, **kwargs)

"""Context variables for every public template. Nothing is fetched before a template uses it."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from cms.models import SiteFrame
from cms.navigation.menu import site_navigation


def site_frame(request: HttpRequest) -> dict[str, SimpleLazyObject]:
    """Return the frame and the menu of the active language."""
    return {
        "frame": SimpleLazyObject(SiteFrame.for_active_language),
        "main_menu": SimpleLazyObject(lambda: site_navigation(request).menu),
    }

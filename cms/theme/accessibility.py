"""The accessibility page: what was tested, what is known to fail, and how to complain.

What it says is true of the software and comes with it; whom to complain to comes from the frame.
"""

from datetime import date

from django.template.response import TemplateResponse
from django.utils.translation import get_language

from cms.navigation.languages import LocalisedUrl
from cms.navigation.menu import site_navigation

# When the tests that the page tells of were last made by hand; the suite repeats the others.
TESTED_ON = date(2026, 11, 24)


def accessibility_statement(request):
    """Show the accessibility page."""
    languages = tuple(site_navigation(request).homes)
    localised_url = LocalisedUrl("accessibility", get_language(), languages)
    return TemplateResponse(
        request, "cms/accessibility.html", {"localised_url": localised_url, "tested_on": TESTED_ON}
    )

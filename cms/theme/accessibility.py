"""The accessibility page: the tests, the known failures, and the way to complain.

The text describes the software and is part of it. The contact for complaints comes from the frame.
"""

from datetime import date

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import get_language

from cms.navigation.languages import LocalisedUrl
from cms.navigation.menu import site_navigation

# The date of the last manual tests that the page names. The test suite repeats the other tests.
TESTED_ON = date(2026, 11, 24)


def accessibility_statement(request: HttpRequest) -> TemplateResponse:
    """Show the accessibility page."""
    languages = tuple(site_navigation(request).homes)
    localised_url = LocalisedUrl("accessibility", get_language(), languages)
    return TemplateResponse(
        request, "cms/accessibility.html", {"localised_url": localised_url, "tested_on": TESTED_ON}
    )

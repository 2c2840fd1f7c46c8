"""The accessibility page: what was tested, what is known to fail, and how to complain.

What it says is true of the software and comes with it; whom to complain to comes from the frame.
"""

from datetime import date

from django.template.response import TemplateResponse
from django.utils.translation import get_language

from cms.navigation.languages import Standing
from cms.navigation.menu import top_of_site

# When the tests that the page tells of were last made by hand; the suite repeats the others.
TESTED_ON = date(2026, 11, 24)


def statement(request):
    """Show the accessibility page."""
    languages = tuple(top_of_site(request).homes)
    standing = Standing("accessibility", get_language(), languages)
    return TemplateResponse(
        request, "cms/accessibility.html", {"standing": standing, "tested_on": TESTED_ON}
    )

"""Who looks at the page of the admin that is being made, and which titles they may read.

Widgets and converters of Wagtail's forms are told of values and never of people.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.http import HttpRequest
from wagtail.models import Page

from cms.visibility import known_title

_request: ContextVar[HttpRequest | None] = ContextVar("request", default=None)


@contextmanager
def looking(request: HttpRequest):
    """Make known, for the time of a request, whose it is; the session is not read for that."""
    token = _request.set(request)
    try:
        yield
    finally:
        _request.reset(token)


def viewer():
    """Return the user who looks, `None` where there is no request, as in a command."""
    request = _request.get()
    return getattr(request, "user", None)


def title_seen(page: Page) -> str:
    """Return the title of `page` as whoever looks may know it."""
    user = viewer()
    return page.get_admin_display_title() if user is None else known_title(user, page)

"""The user who views the current admin page, and the titles that this user may see.

The widgets and converters of Wagtail's forms receive values, but they never receive the user.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest
from wagtail.models import Page

from cms.visibility import visible_title

_request: ContextVar[HttpRequest | None] = ContextVar("request", default=None)


@contextmanager
def viewing_request(request: HttpRequest) -> Iterator[None]:
    """Make `request` available to `viewer` inside the block, without reading the session."""
    token = _request.set(request)
    try:
        yield
    finally:
        _request.reset(token)


def viewer() -> User | AnonymousUser | None:
    """Return the current user, or `None` without a request, for example in a command."""
    request = _request.get()
    return getattr(request, "user", None)


def title_for_viewer(page: Page) -> str:
    """Return the title of `page` that the current user may see."""
    user = viewer()
    return page.get_admin_display_title() if user is None else visible_title(user, page)

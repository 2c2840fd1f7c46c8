"""The view for server errors (500 and 507)."""

import sys
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.cache import add_never_cache_headers

from cms.storage.disk import is_disk_full


def server_error(request: HttpRequest) -> HttpResponse:
    """Return the error page without using the database, because the database may have failed.

    The page is in the language of the URL. If the disk is full, the page says so. Then the user who
    sent a form knows why it failed, and that trying again does not help.
    """
    # Django calls this view while it handles the exception.
    full = is_disk_full(sys.exc_info()[1])
    status = HTTPStatus.INSUFFICIENT_STORAGE if full else HTTPStatus.INTERNAL_SERVER_ERROR
    response = HttpResponse(loader.get_template(f"{status:d}.html").render({}), status=status)
    add_never_cache_headers(response)
    return response

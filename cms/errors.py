"""The pages shown when something of ours fails."""

import sys
from http import HTTPStatus

from django.http import HttpResponse
from django.template import loader
from django.utils.cache import add_never_cache_headers

from cms.storage.disk import is_disk_full


def server_error(request):
    """Answer without the database, which may be what failed, in the language of the address.

    Of a full disk the page says so: whoever sent the form then knows why it failed, and that trying
    again does not help.
    """
    # Django calls this while it handles the error.
    full = is_disk_full(sys.exc_info()[1])
    status = HTTPStatus.INSUFFICIENT_STORAGE if full else HTTPStatus.INTERNAL_SERVER_ERROR
    response = HttpResponse(loader.get_template(f"{status:d}.html").render({}), status=status)
    add_never_cache_headers(response)
    return response

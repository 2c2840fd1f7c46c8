"""The page shown when something of ours fails."""

from django.http import HttpResponseServerError
from django.template import loader
from django.utils.cache import add_never_cache_headers


def server_error(request):
    """Answer without the database, which may be what failed, in the language of the address."""
    response = HttpResponseServerError(loader.get_template("500.html").render({}))
    add_never_cache_headers(response)
    return response

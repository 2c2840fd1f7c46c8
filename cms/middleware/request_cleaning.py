"""Middleware that stops bad input before it reaches the database."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponseBadRequest, HttpResponseBase, QueryDict

from cms.text.keys import MAX_KEY_DIGITS
from cms.text.spelling import normalise

# The maximum number of characters of a search that are used.
QUERY_LENGTH = 100

# The maximum number of words of a search that are used. Search backends fail on hundreds.
QUERY_TERMS = 10


def clean_query(text: str) -> str:
    """Return a search that is safe to run: without NUL, normalised, limited in length and terms."""
    terms = normalise(text.replace("\0", " "))[:QUERY_LENGTH].split()
    return " ".join(terms[:QUERY_TERMS])


# Parameters that hold a search: `q` everywhere, and `search` in the admin's page chooser.
SEARCH_PARAMETERS = ("q", "search")


class RequestCleaningMiddleware:
    """Refuses addresses that are malformed or contain NUL; cleans query strings and cookies.

    Wagtail's own searches, in the admin too, fail on NUL and on 400 terms (wagtail issue 4701).
    PostgreSQL fails on NUL in any value.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path or not is_address(request):
            return HttpResponseBadRequest("Bad request", content_type="text/plain")
        if request.META.get("QUERY_STRING"):
            # django-stubs declares `GET` as immutable, but a view reads any `QueryDict`.
            request.GET = clean_parameters(request.GET)  # type: ignore[assignment]
        if any("\0" in value for value in request.COOKIES.values()):
            request.COOKIES = {
                name: value for name, value in request.COOKIES.items() if "\0" not in value
            }
        return self.get_response(request)


def is_address(request: HttpRequest) -> bool:
    """Return whether Python can parse the path as an address, both raw and encoded.

    Python reads `//[/x/` as a malformed host name. Code that looks for a redirect later would fail
    on it.
    """
    try:
        urlsplit(request.path_info)
        urlsplit(request.get_full_path())
    except ValueError:
        return False
    return True


def clean_parameters(parameters: QueryDict) -> QueryDict:
    """Return the query parameters without NUL, and with searches cleaned by `clean_query`."""
    cleaned = parameters.copy()
    for name, values in cleaned.lists():
        if name in SEARCH_PARAMETERS:
            cleaned.setlist(name, [clean_query(value) for value in values])
        else:
            cleaned.setlist(name, [clean_value(value) for value in values])
    return cleaned


def clean_value(text: str) -> str:
    """Return a parameter without NUL, and a number cut to the digits that a database can store."""
    text = text.replace("\0", "")
    return text[:MAX_KEY_DIGITS] if text.isdecimal() else text

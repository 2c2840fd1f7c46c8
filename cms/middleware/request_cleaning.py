"""Bad input that would reach the database, stopped at the door."""

from urllib.parse import urlsplit

from django.http import HttpResponseBadRequest

from cms.text.keys import MAX_KEY_DIGITS
from cms.text.spelling import normalise

# Characters of a search that are read.
QUERY_LENGTH = 100

# Words of a search that are read: the search backends fail on hundreds.
QUERY_TERMS = 10


def clean_query(text):
    """Return a search as it may be run: no NUL, one spelling, capped in length and terms."""
    terms = normalise(text.replace("\0", " "))[:QUERY_LENGTH].split()
    query = " ".join(terms[:QUERY_TERMS])
    # A quotation that is not closed is an error to the backends, not a search.
    return query.replace('"', " ").strip() if query.count('"') % 2 else query


# The parameters that are run as a search: everywhere, and by the admin's page chooser.
SEARCH_PARAMETERS = ("q", "search")


class RequestCleaningMiddleware:
    """Refuses an address with NUL or one that is none, and cleans query string and cookies.

    Wagtail's own searches, in the admin too, answer an error to NUL and to 400 terms
    (wagtail issue 4701), as PostgreSQL does to NUL in anything.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\0" in request.path or not is_address(request):
            return HttpResponseBadRequest("Bad request", content_type="text/plain")
        if request.META.get("QUERY_STRING"):
            request.GET = clean_parameters(request.GET)
        if any("\0" in value for value in request.COOKIES.values()):
            request.COOKIES = {
                name: value for name, value in request.COOKIES.items() if "\0" not in value
            }
        return self.get_response(request)


def is_address(request):
    """Say whether Python takes the path for an address, raw and encoded.

    `//[/x/` reads as the name of a host, and a malformed one: whoever looks for a redirect later
    would fail on it.
    """
    try:
        urlsplit(request.path_info)
        urlsplit(request.get_full_path())
    except ValueError:
        return False
    return True


def clean_parameters(parameters):
    """Return the parameters of a query string without NUL, searches as `clean_query` has them."""
    cleaned = parameters.copy()
    for name, values in cleaned.lists():
        if name in SEARCH_PARAMETERS:
            cleaned.setlist(name, [clean_query(value) for value in values])
        else:
            cleaned.setlist(name, [clean_value(value) for value in values])
    return cleaned


def clean_value(text):
    """Return a parameter without NUL, a number cut to what a database can hold."""
    text = text.replace("\0", "")
    return text[:MAX_KEY_DIGITS] if text.isdecimal() else text

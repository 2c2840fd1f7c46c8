"""Bad input that would reach the database, stopped at the door."""

from django.http import HttpResponseBadRequest

from cms.text import normalise

QUERY_LENGTH = 100
"""Characters of a search that are read."""

QUERY_TERMS = 10
"""Words of a search that are read: the search backends fail on hundreds."""


def clean_query(text):
    """Return a search as it may be run: no NUL, one spelling, capped in length and terms."""
    terms = normalise(text.replace("\0", " "))[:QUERY_LENGTH].split()
    return " ".join(terms[:QUERY_TERMS])


class CleanRequestMiddleware:
    """Refuses an address with NUL in it, and cleans the query string, `q` above all.

    Wagtail's own searches, in the admin too, answer an error to NUL and to 400 terms
    (wagtail issue 4701), as PostgreSQL does to NUL in any parameter.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\0" in request.path:
            return HttpResponseBadRequest("Bad address", content_type="text/plain")
        query = request.META.get("QUERY_STRING", "")
        if "q=" in query or "%00" in query:
            cleaned = request.GET.copy()
            for name, values in cleaned.lists():
                cleaned.setlist(name, [value.replace("\0", "") for value in values])
            if "q" in cleaned:
                cleaned["q"] = clean_query(cleaned["q"])
            request.GET = cleaned
        return self.get_response(request)

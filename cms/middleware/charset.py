"""Requests in another charset than UTF-8, refused before Django reads them.

No browser sends any; Django builds the request with whatever codec is named, and fails on those
that are none for text (rot13, base64) where no middleware can help.
"""

from functools import lru_cache

from django.utils.http import parse_header_parameters


def refuse_other_charsets(application):
    """Wrap a WSGI application: 400 for a body declared to be in another charset."""

    def guarded(environ, start_response):
        if is_utf_8(environ.get("CONTENT_TYPE", "")):
            return application(environ, start_response)
        start_response("400 Bad Request", [("Content-Type", "text/plain; charset=utf-8")])
        return [b"Bad request\n"]

    return guarded


@lru_cache(maxsize=64)
def is_utf_8(content_type):
    """Say whether a content type names UTF-8 or nothing."""
    try:
        _type, parameters = parse_header_parameters(content_type)
    except (LookupError, ValueError):
        return False
    return parameters.get("charset", "utf-8").strip("'\"").lower() in ("utf-8", "utf8")

"""WSGI middleware that refuses requests in another charset than UTF-8 before Django reads them.

No browser sends such a request. Django builds the request with the codec that the request names.
Django fails on codecs that are not for text (rot13, base64) at a point where no Django middleware
can help.
"""

from collections.abc import Iterable
from functools import lru_cache
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.utils.http import parse_header_parameters


def refuse_other_charsets(application: WSGIApplication) -> WSGIApplication:
    """Wrap a WSGI application so that a body declared in another charset gets a 400 response."""

    def guarded(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if is_utf_8(environ.get("CONTENT_TYPE", "")):
            return application(environ, start_response)
        start_response("400 Bad Request", [("Content-Type", "text/plain; charset=utf-8")])
        return [b"Bad request\n"]

    return guarded


@lru_cache(maxsize=64)
def is_utf_8(content_type: str) -> bool:
    """Return whether a content type names UTF-8 or no charset."""
    try:
        _type, parameters = parse_header_parameters(content_type)
    except (LookupError, ValueError):
        return False
    return parameters.get("charset", "utf-8").strip("'\"").lower() in ("utf-8", "utf8")

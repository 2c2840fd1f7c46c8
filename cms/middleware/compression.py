"""Middleware that compresses pages."""

import re

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

# Content types that compression makes smaller. Pictures and documents are already compressed.
COMPRESSED_TYPES = (
    "text/html",
    "application/json",
    "application/atom+xml",
    "application/xml",
    "text/plain",
)

# Responses of fewer bytes are not worth compressing. Django uses the same limit for gzip.
MIN_BYTES = 200

# Brotli's quality level. At this level the result is smaller than gzip's in about the same time.
QUALITY = 5

ACCEPTS_BROTLI = re.compile(r"\bbr\b(?!\s*;\s*q=0(?:\.0*)?(?:,|\s|$))")


class TextCompressionMiddleware(GZipMiddleware):
    """Compresses text with Brotli, or with gzip for browsers that do not accept Brotli.

    A BREACH attack guesses secrets from the size of a response that also holds text of the
    attacker. Public pages hold no secrets, and Django masks the token of a form differently in each
    response. So only signed-in users, and clients that accept only gzip, get Django's padding of
    random length. File responses are not compressed, neither whole files nor ranges. WhiteNoise
    serves static files compressed.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Compress the response if it is text and not a stream."""
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if response.streaming or kind not in COMPRESSED_TYPES:
            return response
        accepted = request.headers.get("Accept-Encoding", "")
        if settings.SESSION_COOKIE_NAME in request.COOKIES or not ACCEPTS_BROTLI.search(accepted):
            return super().process_response(request, response)
        # A response that is no stream is an `HttpResponse`.
        assert isinstance(response, HttpResponse)
        return with_brotli(response)


def with_brotli(response: HttpResponse) -> HttpResponse:
    """Return the response, with its content compressed by Brotli if that makes it smaller."""
    if len(response.content) < MIN_BYTES or response.has_header("Content-Encoding"):
        return response
    patch_vary_headers(response, ["Accept-Encoding"])
    packed = brotli.compress(response.content, mode=brotli.MODE_TEXT, quality=QUALITY)
    if len(packed) >= len(response.content):
        return response
    response.content = packed
    response.headers["Content-Length"] = str(len(packed))
    response.headers["Content-Encoding"] = "br"
    etag = response.headers.get("ETag", "")
    if etag.startswith('"'):
        response.headers["ETag"] = f"W/{etag}"
    return response

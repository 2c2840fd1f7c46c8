"""Pages are sent compressed."""

import re

import brotli
from django.conf import settings
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

# What grows smaller: pictures and documents are compressed as they are.
COMPRESSED_TYPES = (
    "text/html",
    "application/json",
    "application/atom+xml",
    "application/xml",
    "text/plain",
)

# Bytes below which it is not worth the while, as Django has it for gzip.
MIN_BYTES = 200

# Brotli's measure of effort: smaller than gzip in about the same time.
QUALITY = 5

ACCEPTS_BROTLI = re.compile(r"\bbr\b(?!\s*;\s*q=0(?:\.0*)?(?:,|\s|$))")


class TextCompressionMiddleware(GZipMiddleware):
    """Compresses text with Brotli, or with gzip for who does not take that.

    What is guessed from the size of an answer (BREACH) are secrets beside text of the attacker's:
    public pages hold none, and Django masks the token of each form anew. So only signed-in people,
    and who takes gzip alone, get Django's padding of random length. A file is left alone, whole or
    in ranges; static files come compressed from WhiteNoise.
    """

    def process_response(self, request, response):
        """Compress what is text and no stream."""
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if response.streaming or kind not in COMPRESSED_TYPES:
            return response
        accepted = request.headers.get("Accept-Encoding", "")
        if settings.SESSION_COOKIE_NAME in request.COOKIES or not ACCEPTS_BROTLI.search(accepted):
            return super().process_response(request, response)
        return with_brotli(response)


def with_brotli(response):
    """Return the response, its content compressed if that makes it smaller."""
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

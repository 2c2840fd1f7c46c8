"""The view of documents and its access check.

The newsroom always gets a document. Everybody gets it once published content uses it.
"""

import re

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.http import quote_etag
from wagtail import hooks
from wagtail.documents.views.serve import serve as wagtail_serve

from cms.blocks.video import FILE_TYPES
from cms.documents.public_use import is_used_publicly
from cms.models import PortalDocument

RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
# The maximum number of bytes of a video in one response. They are held in memory.
MAX_PART_BYTES = 2 * 1024 * 1024

# Seconds for which caches may keep a public document. The time is short, so that a withdrawn
# document soon disappears from them too.
SHARED_CACHE_SECONDS = 60


def serve(request: HttpRequest, document_id: str, document_filename: str) -> HttpResponseBase:
    """Serve a document through Wagtail's own view, and set how long caches may keep it.

    A response to a signed-in browser is for that browser only (cms/middleware/caching.py).
    """
    response = wagtail_serve(request, document_id, document_filename)
    if response.status_code < 400 and settings.SESSION_COOKIE_NAME not in request.COOKIES:
        patch_cache_control(response, public=True, max_age=SHARED_CACHE_SECONDS)
    return response


@hooks.register("before_serve_document")
def check_access_and_serve_video(
    document: PortalDocument, request: HttpRequest
) -> HttpResponse | None:
    """Check the access to a document, and serve a part of a video.

    Raise `Http404` for a user who may not know that the document exists.
    """
    if not request.user.has_perm("wagtailadmin.access_admin") and not is_used_publicly(document):
        raise Http404
    media_type = FILE_TYPES.get(document.file_extension.lower())
    return serve_part(request, document, media_type) if media_type else None


def serve_part(
    request: HttpRequest, document: PortalDocument, media_type: str
) -> HttpResponse | None:
    """Return the part of a video that the player requests (RFC 9110), or `None` for the whole.

    Some players play nothing without parts, which Wagtail's view does not support. A part may be
    shorter than requested. The player then requests the next one.
    """
    size = document.get_file_size() or 0
    part = requested_range(request.headers.get("Range", ""), size)
    version = quote_etag(document.file_hash)
    # A player that holds parts of an older file needs the whole file.
    if part is None or request.headers.get("If-Range", version) != version:
        return None
    if not part:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    part = part[:MAX_PART_BYTES]
    try:
        with document.file.open("rb") as file:
            file.seek(part.start)
            content = file.read(len(part))
    except FileNotFoundError:
        raise Http404 from None
    response = HttpResponse(content, status=206, content_type=media_type)
    response["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = version
    return response


def requested_range(header: str, size: int) -> range | None:
    """Return the bytes that a `Range` header requests from a file of `size` bytes, as a `range`.

    The range is empty if the file does not have these bytes. Return `None` if the header requests
    nothing or several parts. The whole file is a valid response to such a header.
    """
    match = RANGE.fullmatch(header.strip())
    if not match or not any(match.groups()):
        return None
    first, last = match.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    return range(int(first), min(int(last) + 1 if last else size, size))

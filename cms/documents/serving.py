"""Who gets a document: the newsroom always, everybody once something published uses it."""

import re

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import quote_etag
from wagtail import hooks
from wagtail.documents.views.serve import serve as wagtail_serve

from cms.blocks.video import FILE_TYPES
from cms.documents.public_use import is_used_publicly

RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
# Bytes of a video in one answer, which are held in memory.
MAX_PART_BYTES = 2 * 1024 * 1024

# How long caches may keep a public document: a withdrawn one is soon gone from them, too.
SHARED_CACHE_SECONDS = 60


def serve(request, document_id, document_filename):
    """Serve a document through Wagtail's own view, saying how long it may be kept.

    What a signed-in browser gets is for it alone (cms/middleware/caching.py).
    """
    response = wagtail_serve(request, document_id, document_filename)
    if response.status_code < 400 and settings.SESSION_COOKIE_NAME not in request.COOKIES:
        patch_cache_control(response, public=True, max_age=SHARED_CACHE_SECONDS)
    return response


@hooks.register("before_serve_document")
def check_access_and_serve_video(document, request):
    """Answer 404 to who may not know that the document exists, and play videos."""
    if not request.user.has_perm("wagtailadmin.access_admin") and not is_used_publicly(document):
        raise Http404
    media_type = FILE_TYPES.get(document.file_extension.lower())
    return serve_part(request, document, media_type) if media_type else None


def serve_part(request, document, media_type):
    """Answer with the part of a video that the player asks for (RFC 9110), `None` for the whole.

    Some players play nothing without parts, which Wagtail's view does not know. A part may be
    shorter than asked for: the player then asks for the next one.
    """
    size = document.get_file_size() or 0
    part = requested_range(request.headers.get("Range", ""), size)
    version = quote_etag(document.file_hash)
    # Who holds parts of another file than today's needs the whole.
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


def requested_range(header, size):
    """Return the bytes that a `Range` header asks for of `size`, as a `range`.

    It is empty where there are none such, `None` where the header asks for nothing or for several
    parts: the whole is an answer to that.
    """
    match = RANGE.fullmatch(header.strip())
    if not match or not any(match.groups()):
        return None
    first, last = match.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    return range(int(first), min(int(last) + 1 if last else size, size))

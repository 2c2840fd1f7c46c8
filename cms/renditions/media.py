"""The view that serves uploaded files where no proxy serves them."""

import posixpath
from pathlib import PurePosixPath

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.static import serve

from cms.renditions.former_names import rendition_by_former_name
from cms.storage.atomic_files import is_unfinished

# The folder of the renditions, which pages show. Nothing else under MEDIA_ROOT is public.
PUBLIC_FOLDER = "images/"

# The folder of the originals, as uploaded, for users who may sign in to the admin.
ORIGINALS_FOLDER = "original_images/"

# Seconds for which caches may keep a response from a former address.
FORMER_ADDRESS_CACHE_SECONDS = 60


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve a file of MEDIA_ROOT.

    A rendition never changes under the same name, so caches may keep it for a year.
    """
    # `serve` resolves "..". The prefix of a path is reliable only if the path is already normal.
    if posixpath.normpath(path) != path or is_unfinished(PurePosixPath(path)):
        raise Http404
    if path.startswith(PUBLIC_FOLDER):
        return send_rendition(request, path)
    if path.startswith(ORIGINALS_FOLDER) and request.user.has_perm("wagtailadmin.access_admin"):
        return send(request, path, "private")
    raise Http404


def send_rendition(request: HttpRequest, path: str) -> HttpResponseBase:
    """Return a rendition, also under a name that it had until recently (see `renaming.py`).

    Whether a former address still answers is checked at each request.
    """
    try:
        return send(request, path, "public, max-age=31536000, immutable")
    except Http404:
        rendition = rendition_by_former_name(path)
        if rendition is None:
            raise
    return send(request, rendition.file.name, f"public, max-age={FORMER_ADDRESS_CACHE_SECONDS}")


def send(request: HttpRequest, path: str, cache_control: str) -> HttpResponseBase:
    """Return the file as a response. Raise `Http404` if the file system rejects the name."""
    try:
        response = serve(request, path, document_root=settings.MEDIA_ROOT)
    except OSError:
        raise Http404 from None
    response["Cache-Control"] = cache_control
    return response

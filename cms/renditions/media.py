"""Uploaded files, where no proxy serves them."""

import posixpath
from pathlib import PurePosixPath

from django.conf import settings
from django.http import Http404
from django.views.static import serve

from cms.renditions.former_names import rendition_by_former_name
from cms.storage.atomic_files import is_unfinished

# Renditions: what pages show. Nothing else under MEDIA_ROOT is public.
PUBLIC_FOLDER = "images/"

# Originals, as uploaded: for those who may sign in to the admin.
ORIGINALS_FOLDER = "original_images/"

# How long caches may keep what they got from a former address.
FORMER_ADDRESS_CACHE_SECONDS = 60


def media(request, path):
    """Serve a file of MEDIA_ROOT; renditions never change under one name and are kept a year."""
    # `serve` follows "..": only a path that says plainly where it leads may be judged by its start.
    if posixpath.normpath(path) != path or is_unfinished(PurePosixPath(path)):
        raise Http404
    if path.startswith(PUBLIC_FOLDER):
        return send_rendition(request, path)
    if path.startswith(ORIGINALS_FOLDER) and request.user.has_perm("wagtailadmin.access_admin"):
        return send(request, path, "private")
    raise Http404


def send_rendition(request, path):
    """Answer with a rendition, also where it had this name until lately (see `renaming.py`).

    How long a former address answers is seen anew each time.
    """
    try:
        return send(request, path, "public, max-age=31536000, immutable")
    except Http404:
        rendition = rendition_by_former_name(path)
        if rendition is None:
            raise
    return send(request, rendition.file.name, f"public, max-age={FORMER_ADDRESS_CACHE_SECONDS}")


def send(request, path, cache_control):
    """Answer with the file, 404 where the file system will not have such a name."""
    try:
        response = serve(request, path, document_root=settings.MEDIA_ROOT)
    except OSError:
        raise Http404 from None
    response["Cache-Control"] = cache_control
    return response

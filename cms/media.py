"""Uploaded files, where no proxy serves them."""

import posixpath

from django.conf import settings
from django.http import Http404
from django.views.static import serve

PUBLIC_FOLDER = "images/"
"""Renditions: what pages show. Nothing else under MEDIA_ROOT is public."""

ORIGINALS_FOLDER = "original_images/"
"""Originals, as uploaded: for those who may sign in to the admin."""


def media(request, path):
    """Serve a file of MEDIA_ROOT; renditions never change under one name and are kept a year."""
    # `serve` follows "..": only a path that says plainly where it leads may be judged by its start.
    if posixpath.normpath(path) != path:
        raise Http404
    if path.startswith(PUBLIC_FOLDER):
        return send(request, path, "public, max-age=31536000, immutable")
    if path.startswith(ORIGINALS_FOLDER) and request.user.has_perm("wagtailadmin.access_admin"):
        return send(request, path, "private")
    raise Http404


def send(request, path, cache_control):
    """Answer with the file, 404 where the file system will not have such a name."""
    try:
        response = serve(request, path, document_root=settings.MEDIA_ROOT)
    except OSError:
        raise Http404 from None
    response["Cache-Control"] = cache_control
    return response

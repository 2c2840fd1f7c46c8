"""Uploaded files, where no proxy serves them."""

from django.conf import settings
from django.http import Http404
from django.views.static import serve

PUBLIC_FOLDER = "images/"
"""Renditions: what pages show. Nothing else under MEDIA_ROOT is public."""

ORIGINALS_FOLDER = "original_images/"
"""Originals, as uploaded: for those who may sign in to the admin."""


def media(request, path):
    """Serve a file of MEDIA_ROOT; renditions never change under one name and are kept a year."""
    if path.startswith(PUBLIC_FOLDER):
        response = serve(request, path, document_root=settings.MEDIA_ROOT)
        response["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
    if path.startswith(ORIGINALS_FOLDER) and request.user.has_perm("wagtailadmin.access_admin"):
        response = serve(request, path, document_root=settings.MEDIA_ROOT)
        response["Cache-Control"] = "private"
        return response
    raise Http404

"""Middleware that serves static files before any middleware for pages runs."""

from wsgiref.headers import Headers

from whitenoise.middleware import WhiteNoiseMiddleware


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """Serves static files for use by our own pages only.

    Files do not get the Content-Security-Policy and its related headers. These headers mean nothing
    for a file, and they would be larger than a small file.
    """

    def add_mime_headers(self, headers: Headers, path: str, url: str) -> None:
        """Keep other sites from embedding the file, and browsers from guessing its type."""
        super().add_mime_headers(headers, path, url)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"

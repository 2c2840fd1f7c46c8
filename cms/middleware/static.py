"""Static files, answered before anything that is for pages."""

from whitenoise.middleware import WhiteNoiseMiddleware


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """Serves static files to our own pages alone.

    The content policy and its companions say nothing of a file; they would outweigh a small one.
    """

    def add_mime_headers(self, headers, path, url):
        """Keep other sites from embedding the file, and browsers from guessing what it is."""
        super().add_mime_headers(headers, path, url)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"

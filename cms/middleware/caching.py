"""Keeps answers to signed-in browsers out of caches."""

from django.conf import settings
from django.utils.cache import add_never_cache_headers


class SignedInCachingMiddleware:
    """Keeps every answer to a signed-in browser out of caches.

    Answers to all others are the same for everyone, set no cookie and vary on none.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and "Cache-Control" not in response:
            add_never_cache_headers(response)
        return response

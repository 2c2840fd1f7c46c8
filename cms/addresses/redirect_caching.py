"""Middleware that limits how long browsers may cache a redirect."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control

# Seconds for which a browser may reuse the redirect of a renamed page without asking again.
REDIRECT_SECONDS = 300


class RedirectCachingMiddleware:
    """Limits caching of 301s to five minutes, so that renaming a page back cannot loop."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == 301 and "Cache-Control" not in response:
            patch_cache_control(response, max_age=REDIRECT_SECONDS)
        return response

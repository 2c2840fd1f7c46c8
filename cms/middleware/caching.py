"""What caches may keep."""

from django.conf import settings
from django.utils.cache import add_never_cache_headers, patch_cache_control

REDIRECT_SECONDS = 300
"""How long a browser may follow the redirect of a renamed page without asking again."""


class SignedInIsPrivateMiddleware:
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


class RedirectsAreForgottenMiddleware:
    """Lets no browser keep a redirect for good, as it may keep one that is called permanent.

    Who had followed a page to its second address would be sent back and forth once it is named
    back.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 301 and "Cache-Control" not in response:
            patch_cache_control(response, max_age=REDIRECT_SECONDS)
        return response

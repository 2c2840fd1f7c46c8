"""The middleware that turns the limits on passwords into responses, for every view.

The views of Wagtail and Django do not know the limits. The code that checks passwords applies them.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from cms.users import known_browsers, lockout
from cms.users.attempts import TooManyAttemptsError
from cms.users.password_queue import BusyError


@receiver(user_logged_in, dispatch_uid="remember_browser")
def remember_browser(request: HttpRequest | None, user: User, **kwargs: Any) -> None:
    """Note the user, so that the response makes the browser known to the account."""
    if request is not None:
        # An attribute of our own.
        request.user_to_remember = user  # type: ignore[attr-defined]


class PasswordLimitsMiddleware:
    """Middleware that responds to unchecked passwords, and sets a cookie after right ones."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if user := getattr(request, "user_to_remember", None):
            known_browsers.remember(request, response, user)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the response for a password that was not checked, with the time to wait."""
        if isinstance(exception, TooManyAttemptsError):
            return lockout.too_many_attempts_response(
                request, "cms/locked_out.html", exception.seconds
            )
        if isinstance(exception, BusyError):
            return lockout.busy_response(request)
        return None

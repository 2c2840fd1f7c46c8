"""What the limits on passwords mean to a browser, whichever door it knocks at.

No view of Wagtail or Django knows of the limits: they are asked where a password is checked.
"""

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from cms.users import known_browsers, lockout
from cms.users.attempts import TooManyAttemptsError
from cms.users.turns import BusyError


@receiver(user_logged_in, dispatch_uid="know_the_browser")
def know_the_browser(request, user, **kwargs):
    """Let the answer to this request make the browser known to the account."""
    if request is not None:
        request.known_from_now_on = user


class PasswordLimitsMiddleware:
    """Answers where a password was not checked, and hands out the cookie where it was right."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if user := getattr(request, "known_from_now_on", None):
            known_browsers.remember(request, response, user)
        return response

    def process_exception(self, request, exception):
        """Say that the door is closed, and for how long."""
        if isinstance(exception, TooManyAttemptsError):
            return lockout.closed(request, "cms/locked_out.html", exception.seconds)
        if isinstance(exception, BusyError):
            return lockout.busy(request)
        return None

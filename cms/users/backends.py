"""The one place where the password of an account is checked: limits hold at every door."""

from functools import partial

from asgiref.sync import sync_to_async
from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied

from cms.middleware.proxies import client_network
from cms.users import attempts, known_browsers
from cms.users.turns import BusyError, place, turn


def checked(request, username, check):
    """Return what `check()` finds out about a password of the account.

    Counted as a failure unless that is true. When the password may not be looked at, raises
    `TooManyAttemptsError` or `BusyError`.
    """
    everybody = [attempts.ACCOUNT.of(username)]
    if request is not None:
        everybody.append(attempts.ADDRESS.of(client_network(request)))
    identity = known_browsers.identity_for(request, username)
    asked = [attempts.BROWSER.of(identity)] if identity else everybody
    # Asked before the place, so that who is refused waits for nobody and keeps nobody waiting.
    attempts.ask(asked)
    with place(known=bool(identity)):
        attempt = attempts.reserve(asked, noted=everybody)
        try:
            with turn(known=bool(identity)):
                result = check()
        except BusyError:
            attempt.forget()
            raise
        if result:
            attempt.forget()
    return result


class LimitedBackend(ModelBackend):
    """Django's accounts, with limits on wrong passwords."""

    def authenticate(self, request, username=None, password=None, **kwargs):
        """Return the user whose name and password these are.

        A wrong password ends it: no backend after this one is asked.
        """
        if username is None or password is None:
            return None
        check = super().authenticate
        user = checked(request, username, partial(check, request, username, password, **kwargs))
        if user is None:
            raise PermissionDenied
        return user

    async def aauthenticate(self, request, username=None, password=None, **kwargs):
        """Return what `authenticate` returns; Django's own would go past the limits."""
        check = sync_to_async(self.authenticate)
        return await check(request, username=username, password=password, **kwargs)

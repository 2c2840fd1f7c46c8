"""The only place where account passwords are checked, so that the limits apply everywhere."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from asgiref.sync import sync_to_async
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from cms.middleware.proxies import client_network
from cms.users import attempts, known_browsers
from cms.users.password_queue import BusyError, password_check_lock, queue_slot

Result = TypeVar("Result")


def check_within_limits(
    request: HttpRequest | None, username: str, check: Callable[[], Result]
) -> Result:
    """Check a password of the account with `check()`, and return the result.

    Any outcome other than a true result counts as a failure. Raise `TooManyAttemptsError` or
    `BusyError` if the password may not be checked.
    """
    everybody = [attempts.ACCOUNT.counter_for(username)]
    if request is not None:
        everybody.append(attempts.CLIENT_NETWORK.counter_for(client_network(request)))
    identity = known_browsers.identity_for(request, username)
    enforced = [attempts.BROWSER.counter_for(identity)] if identity else everybody
    # The limits come before the slot, so that a refused try neither waits nor makes others wait.
    attempts.check_limits(enforced)
    with queue_slot(known=bool(identity)):
        attempt = attempts.record_attempt(enforced, recorded=everybody)
        try:
            with password_check_lock(known=bool(identity)):
                result = check()
        except BusyError:
            attempt.forget()
            raise
        if result:
            attempt.forget()
    return result


class LimitedBackend(ModelBackend):
    """Django's model backend with limits on wrong passwords."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        """Return the user with this name and password.

        Raise `PermissionDenied` for a wrong password, so that Django asks no further backend.
        """
        if username is None or password is None:
            return None
        check = super().authenticate
        user = check_within_limits(
            request, username, partial(check, request, username, password, **kwargs)
        )
        if user is None:
            raise PermissionDenied
        return user

    async def aauthenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        """Return the result of `authenticate`.

        Django's own asynchronous method would bypass the limits.
        """
        check = sync_to_async(self.authenticate)
        return await check(request, username=username, password=password, **kwargs)

"""Known browsers, which signed in to an account before and prove it with a signed cookie.

A known browser has its own limit of tries. So the failures of others, for the account or from the
address, do not lock it out. The cookie contains no names. It holds keyed hashes of the account and
of its password, so that it becomes invalid when either changes.
"""

import time
from dataclasses import astuple, dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac

COOKIE = "known_browser"
SALT = "cms.users.known_browsers"

# Seconds for which a browser stays known after signing in.
MAX_AGE_SECONDS = 30 * 24 * 3600

# The maximum number of accounts to which a browser is known. The most recent accounts are kept.
# Several people may share an office computer.
MAX_KNOWN_ACCOUNTS = 5


@dataclass(frozen=True)
class KnownAccount:
    """The record that a browser signed in to an account.

    `identity` is new after each sign-in, so the count of failures also starts anew.
    """

    account_digest: str
    password_digest: str
    identity: str
    signed_in_at: int


def identity_for(request: HttpRequest | None, username: str) -> str | None:
    """Return the browser's identity for the account, or `None` for an unknown browser."""
    account_digest = digest("account", username)
    for each in known_accounts(request):
        if constant_time_compare(each.account_digest, account_digest):
            user = get_user_model().objects.filter(username=username).first()
            if user and constant_time_compare(each.password_digest, digest_of_password(user)):
                return each.identity
    return None


def remember(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    """Set the cookie that makes the browser known to the account of `user`.

    Do so only inside the admin. Elsewhere the browser does not send its cookie, and a new cookie
    would make the browser unknown to its other accounts.
    """
    admin = reverse("wagtailadmin_home")
    if not request.path.startswith(admin):
        return
    account_digest = digest("account", user.get_username())
    others = [each for each in known_accounts(request) if each.account_digest != account_digest]
    newest = KnownAccount(
        account_digest, digest_of_password(user), get_random_string(16), int(time.time())
    )
    response.set_cookie(
        COOKIE,
        signing.dumps(
            [astuple(each) for each in [newest, *others][:MAX_KNOWN_ACCOUNTS]], salt=SALT
        ),
        max_age=MAX_AGE_SECONDS,
        path=admin,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def known_accounts(request: HttpRequest | None) -> list[KnownAccount]:
    """Return the accounts in the cookie, without those that are too old.

    Return an empty list if this site did not sign the cookie.
    """
    cookie = request.COOKIES.get(COOKIE, "") if request else ""
    try:
        found = signing.loads(cookie, salt=SALT, max_age=MAX_AGE_SECONDS)
        found = [KnownAccount(*each) for each in found]
    except (signing.BadSignature, TypeError):
        return []
    return [each for each in found if each.signed_in_at > time.time() - MAX_AGE_SECONDS]


def digest(kind: str, text: str) -> str:
    """Return a keyed hash of `text` that is short enough for a cookie."""
    value = f"{kind}\0{text}".encode(errors="surrogatepass")
    return salted_hmac(SALT, value, algorithm="sha256").hexdigest()[:32]


def digest_of_password(user: User) -> str:
    """Return a keyed hash of the account and its current password."""
    return digest("password", f"{user.get_username()}\0{user.password}")

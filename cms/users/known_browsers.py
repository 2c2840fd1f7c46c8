"""Browsers that somebody signed in with: a signed cookie tells them from strangers.

Their own tries keep them from being shut out by what others do to the account or at the address.
The cookie names nobody: it holds keyed hashes of the account and of its password, so that it is
void once either changes.
"""

import time
from dataclasses import astuple, dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac

COOKIE = "known_browser"
SALT = "cms.users.known_browsers"

# Seconds for which a browser is known after signing in.
MAX_AGE = 30 * 24 * 3600

# How many accounts a browser is known to, the last ones: people share an office's computer.
ACCOUNTS = 5


@dataclass(frozen=True)
class KnownAccount:
    """That a browser signed in to an account: `identity` is new each time, and so are its tries."""

    account: str
    password: str
    identity: str
    signed_in_at: int


def identity_for(request, username):
    """Return the identity by which the browser is known to the account, `None` for a stranger."""
    account = digest("account", username)
    for each in known_accounts(request):
        if constant_time_compare(each.account, account):
            user = get_user_model().objects.filter(username=username).first()
            if user and constant_time_compare(each.password, digest_of_password(user)):
                return each.identity
    return None


def remember(request, response, user):
    """Let the answer make the browser known to the account of `user`.

    Only inside the admin: elsewhere the browser does not send what it holds, and a new cookie would
    make it a stranger to the other accounts.
    """
    admin = reverse("wagtailadmin_home")
    if not request.path.startswith(admin):
        return
    account = digest("account", user.get_username())
    others = [each for each in known_accounts(request) if each.account != account]
    newest = KnownAccount(
        account, digest_of_password(user), get_random_string(16), int(time.time())
    )
    response.set_cookie(
        COOKIE,
        signing.dumps([astuple(each) for each in [newest, *others][:ACCOUNTS]], salt=SALT),
        max_age=MAX_AGE,
        path=admin,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def known_accounts(request):
    """Return what the cookie says, nothing when it is not of ours or too old."""
    cookie = request.COOKIES.get(COOKIE, "") if request else ""
    try:
        found = signing.loads(cookie, salt=SALT, max_age=MAX_AGE)
        found = [KnownAccount(*each) for each in found]
    except (signing.BadSignature, TypeError):
        return []
    return [each for each in found if each.signed_in_at > time.time() - MAX_AGE]


def digest(kind, text):
    """Return a keyed hash, short enough for a cookie."""
    value = f"{kind}\0{text}".encode(errors="surrogatepass")
    return salted_hmac(SALT, value, algorithm="sha256").hexdigest()[:32]


def digest_of_password(user):
    """Return a keyed hash of the account with its password as it is now."""
    return digest("password", f"{user.get_username()}\0{user.password}")

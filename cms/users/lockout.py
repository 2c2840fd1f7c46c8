"""What a browser is answered when a password is not even looked at."""

import math

from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from cms.users.attempts import MINUTE
from cms.users.turns import RETRY_SECONDS


def closed(request, template, seconds):
    """Answer 429: too many passwords were wrong, the next is looked at in so many `seconds`."""
    seconds = math.ceil(seconds)
    return refusal(request, template, 429, seconds, minutes=math.ceil(seconds / MINUTE))


def busy(request):
    """Answer 503: too many passwords wait to be checked."""
    return refusal(request, "cms/busy.html", 503, RETRY_SECONDS)


def refusal(request, template, status, seconds, **context):
    """Return an answer that nobody keeps, and that says after how many seconds to come again."""
    response = render(request, template, context, status=status)
    response["Retry-After"] = str(seconds)
    add_never_cache_headers(response)
    return response

"""Responses to requests whose password was not checked."""

import math
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from cms.users.attempts import SECONDS_PER_MINUTE
from cms.users.password_queue import RETRY_SECONDS


def too_many_attempts_response(request: HttpRequest, template: str, seconds: float) -> HttpResponse:
    """Return a 429 response: after too many wrong passwords, the next is checked in `seconds`."""
    seconds = math.ceil(seconds)
    return retry_later_response(
        request, template, 429, seconds, minutes=math.ceil(seconds / SECONDS_PER_MINUTE)
    )


def busy_response(request: HttpRequest) -> HttpResponse:
    """Return a 503 response: too many passwords are waiting to be checked."""
    return retry_later_response(request, "cms/sign_in_busy.html", 503, RETRY_SECONDS)


def retry_later_response(
    request: HttpRequest, template: str, status: int, seconds: int, **context: Any
) -> HttpResponse:
    """Return an uncacheable response that asks the browser to retry after `seconds`."""
    response = render(request, template, context, status=status)
    response["Retry-After"] = str(seconds)
    add_never_cache_headers(response)
    return response

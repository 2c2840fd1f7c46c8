"""Maintenance mode, which closes the site without using the database."""

import os.path
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template import loader
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.log import log_response

# Seconds after which robots and load balancers should ask again.
RETRY_SECONDS = 600

# This path stays open, because it only says that the process is up. `/readyz` is closed like all
# other paths.
OPEN_PATH = "/healthz"


def is_on() -> bool:
    """Return whether the flag of `manage.py maintenance` exists. This costs one `stat` call."""
    return os.path.isfile(settings.MAINTENANCE_FILE)


class MaintenanceMiddleware:
    """Answers 503 at every address, including the admin, while maintenance is on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info == OPEN_PATH or not is_on():
            return self.get_response(request)
        response = maintenance_response(request)
        response["Retry-After"] = str(RETRY_SECONDS)
        add_never_cache_headers(response)
        # Otherwise Django would log an error for each request, and every open page sends its beats.
        log_response("Closed: %s", request.path, response=response, request=request, level="debug")
        return response


def maintenance_response(request: HttpRequest) -> HttpResponse:
    """Return the message that the site is closed, in the format that the address usually has."""
    if request.path_info == reverse("visitors"):
        return JsonResponse({"error": "maintenance"}, status=503)
    return HttpResponse(loader.get_template("503.html").render({}), status=503)

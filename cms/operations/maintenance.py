"""The site closed by its operator, with nothing asked of the database."""

import os.path

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.template import loader
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.log import log_response

# After how long robots and balancers are told to ask again.
RETRY_SECONDS = 600

# The address that says the process is up, which it is; `/readyz` closes with the rest.
OPEN_PATH = "/healthz"


def is_on():
    """Say whether the flag of `manage.py maintenance` is there, at the price of one `stat`."""
    return os.path.isfile(settings.MAINTENANCE_FILE)


class MaintenanceMiddleware:
    """Answers 503 in place of every address, the admin's too, while maintenance is on."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info == OPEN_PATH or not is_on():
            return self.get_response(request)
        response = maintenance_response(request)
        response["Retry-After"] = str(RETRY_SECONDS)
        add_never_cache_headers(response)
        # Else Django logs an error for each request, and every open page sends its beats.
        log_response("Closed: %s", request.path, response=response, request=request, level="debug")
        return response


def maintenance_response(request):
    """Return what is said of the closed site, in the form that the address is read in."""
    if request.path_info == reverse("visitors"):
        return JsonResponse({"error": "maintenance"}, status=503)
    return HttpResponse(loader.get_template("503.html").render({}), status=503)

"""The hot path of the live count."""

from functools import lru_cache
from http import HTTPStatus

from django.conf import settings
from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIRequest
from django.http.request import split_domain_port, validate_host

from cms.middleware.proxies import TrustedProxyMiddleware
from cms.operations import maintenance
from cms.visitors.answers import Answer
from cms.visitors.views import answer_to, visitors

STATUS_LINES = {status: f"{status} {status.phrase}" for status in HTTPStatus}

# As `cms.urls` has it, where `{% url "visitors" %}` finds it.
ADDRESS = "/visitors/"


class VisitorsMiddleware:
    """Answers `/visitors/` before the rest of the stack: no session, no user, no other query.

    It stands after `TrustedProxyMiddleware`, which knows whose beat it is.
    """

    def __init__(self, get_response, answer=visitors):
        self.get_response, self.answer = get_response, answer

    def __call__(self, request):
        if request.path_info != ADDRESS or maintenance.is_on():
            return self.get_response(request)
        if not is_ours(request.META.get("HTTP_HOST", ""), tuple(settings.ALLOWED_HOSTS)):
            request.get_host()  # refuses it, or knows better
        return self.answer(request)


def before_django(application):
    """Wrap Django's WSGI application: `/visitors/` is answered without its handler.

    The same middleware as there answers; what it would pass on goes to the handler as it came. No
    signals of a request are sent: whatever asks the database here takes a `fresh_connection`.
    Without this second door a beat takes 1.5 times as long, more than docs/visitors.md allows.
    """
    passed_on = None
    guarded = VisitorsMiddleware(lambda request: passed_on, answer=answer_to)
    answer = convert_exception_to_response(TrustedProxyMiddleware(guarded))

    def answering(environ, start_response):
        if environ.get("PATH_INFO") != ADDRESS:
            return application(environ, start_response)
        response = answer(WSGIRequest(environ.copy()))
        if response is passed_on:
            return application(environ, start_response)
        if isinstance(response, Answer):
            start_response(STATUS_LINES[response.status], response.headers)
        else:  # an error, which Django worded
            status = f"{response.status_code} {response.reason_phrase}"
            start_response(status, list(response.items()))
        return [response.content]

    return answering


@lru_cache(maxsize=64)
def is_ours(host, allowed):
    """Say whether a `Host` header names this site, as `HttpRequest.get_host` checks it."""
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, allowed)

"""Passwords of private pages and private collections of files, with limits on wrong ones.

The limits apply to an address, never to a page. Otherwise any visitor could lock out its readers.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from wagtail.documents.views.serve import authenticate_with_password as check_collection_password
from wagtail.models import BaseViewRestriction, CollectionViewRestriction, PageViewRestriction
from wagtail.views import authenticate_with_password as check_page_password

from cms.middleware.proxies import client_network
from cms.users import attempts, lockout


def page_password(
    request: HttpRequest, page_view_restriction_id: int, page_id: int
) -> HttpResponse:
    """Check the password of a private page."""
    restriction = get_object_or_404(PageViewRestriction, pk=page_view_restriction_id)
    return check_password_within_limits(
        check_page_password, request, restriction, page_view_restriction_id, page_id
    )


def collection_password(request: HttpRequest, restriction_id: int) -> HttpResponse:
    """Check the password of a private collection of files."""
    restriction = get_object_or_404(CollectionViewRestriction, pk=restriction_id)
    return check_password_within_limits(
        check_collection_password, request, restriction, restriction_id
    )


def check_password_within_limits(
    view: Callable[..., HttpResponse],
    request: HttpRequest,
    restriction: BaseViewRestriction,
    *arguments: int,
) -> HttpResponse:
    """Let Wagtail's `view` check the password, unless too many were wrong.

    A browser whose session already gave the right password is not asked again. Wagtail's view
    redirects after the right password, and shows the form again after a wrong one.
    """
    if request.method != "POST":
        return view(request, *arguments)
    return_url = safe_return_url(request)
    if restriction.accept_request(request):
        return HttpResponseRedirect(return_url)
    # Wagtail's view treats a value without a slash as the name of a view.
    fields = request.POST.copy()
    fields["return_url"] = return_url
    # django-stubs declares `POST` as immutable, but a view reads any `QueryDict`.
    request.POST = fields  # type: ignore[assignment]
    network = client_network(request)
    counters = [counter_for(network, restriction), attempts.PAGE_PASSWORDS.counter_for(network)]
    try:
        # The limits are checked first, so that a refused try writes nothing.
        attempts.check_limits(counters)
        attempt = attempts.record_attempt(counters)
    except attempts.TooManyAttemptsError as error:
        return lockout.too_many_attempts_response(
            request, "cms/page_password_locked_out.html", error.seconds
        )
    response = view(request, *arguments)
    if response.status_code == 302:
        attempt.forget()
    return response


def counter_for(network: str, restriction: BaseViewRestriction) -> attempts.FailureCounter:
    """Return the counter of wrong passwords from a network for one restriction."""
    return attempts.PAGE_PASSWORD.counter_for(
        network, restriction._meta.label_lower, restriction.pk
    )


def safe_return_url(request: HttpRequest) -> str:
    """Return the form's return URL if it is a full URL or an absolute path on this site.

    Otherwise return the URL in the setting `LOGIN_REDIRECT_URL`.
    """
    return_url = request.POST.get("return_url", "").strip()
    in_full = return_url.lower().startswith(("/", "http://", "https://"))
    if in_full and url_has_allowed_host_and_scheme(
        return_url, request.get_host(), request.is_secure()
    ):
        return return_url
    return resolve_url(settings.LOGIN_REDIRECT_URL)

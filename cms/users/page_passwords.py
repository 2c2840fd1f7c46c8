"""The passwords of private pages and of private collections of files, with limits on wrong ones.

The limits are of an address, never of a page: a stranger could close it to its readers.
"""

from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from wagtail import views as pages
from wagtail.documents.views import serve as documents
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from cms.middleware.proxies import client_network
from cms.users import attempts, lockout


def open_page(request, page_view_restriction_id, page_id):
    """Take the password of a private page."""
    restriction = get_object_or_404(PageViewRestriction, pk=page_view_restriction_id)
    return limited(
        pages.authenticate_with_password, request, restriction, page_view_restriction_id, page_id
    )


def open_collection(request, restriction_id):
    """Take the password of a private collection of files."""
    restriction = get_object_or_404(CollectionViewRestriction, pk=restriction_id)
    return limited(documents.authenticate_with_password, request, restriction, restriction_id)


def limited(view, request, restriction, *arguments):
    """Let Wagtail's `view` look at the password, unless too many were wrong.

    A browser whose session has given the right one is not asked again. Wagtail's view sends on
    whoever gives the right one, and shows the form again to others.
    """
    if request.method != "POST":
        return view(request, *arguments)
    address = local_address(request)
    if restriction.accept_request(request):
        return HttpResponseRedirect(address)
    # Wagtail's view takes what has no slash for the name of a view.
    request.POST = request.POST.copy()
    request.POST["return_url"] = address
    network = client_network(request)
    counts = [count_for(network, restriction), attempts.PAGE_PASSWORDS.of(network)]
    try:
        # Asked before, so that a closed door writes nothing.
        attempts.ask(counts)
        attempt = attempts.reserve(counts)
    except attempts.TooManyAttemptsError as error:
        return lockout.closed(request, "cms/page_closed.html", error.seconds)
    response = view(request, *arguments)
    if response.status_code == 302:
        attempt.forget()
    return response


def count_for(address, restriction):
    """Return the count of what an address got wrong of one password."""
    return attempts.PAGE_PASSWORD.of(address, restriction._meta.label_lower, restriction.pk)


def local_address(request):
    """Return where the form wants to lead, if that is an address of this site in full."""
    address = request.POST.get("return_url", "").strip()
    in_full = address.lower().startswith(("/", "http://", "https://"))
    if in_full and url_has_allowed_host_and_scheme(
        address, request.get_host(), request.is_secure()
    ):
        return address
    return resolve_url(settings.LOGIN_REDIRECT_URL)

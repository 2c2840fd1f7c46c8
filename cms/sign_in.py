"""What someone reads who typed too many wrong passwords."""

from django.shortcuts import render
from django.utils.cache import add_never_cache_headers


def locked_out(request, original_response=None, credentials=None):
    """Answer a sign-in that is closed for a while (`AXES_COOLOFF_TIME`)."""
    response = render(request, "cms/locked_out.html", status=429)
    add_never_cache_headers(response)
    return response

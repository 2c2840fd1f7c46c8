"""Signing in to the admin."""

from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm


class SignInForm(LoginForm):
    """Wagtail's form with a label for the password, which Wagtail leaves in English."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")


def locked_out(request, original_response=None, credentials=None):
    """Answer a sign-in that is closed for a while (`AXES_COOLOFF_TIME`)."""
    response = render(request, "cms/locked_out.html", status=429)
    add_never_cache_headers(response)
    return response

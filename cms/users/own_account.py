"""Wagtail's views of the user's own account: its settings, and signing out."""

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from wagtail.admin.forms.account import NameEmailForm
from wagtail.admin.forms.auth import PasswordChangeForm
from wagtail.admin.views import account

from cms.users.backends import check_within_limits
from cms.users.middleware import remember_browser
from cms.users.names import NameFieldsMixin


class OwnNameForm(NameFieldsMixin, NameEmailForm):
    """The form for the user's own name and e-mail address.

    Wagtail's form cannot be saved without two names and an e-mail address. A new password could
    then not be saved either, because the page has one button for both forms.
    """


class OwnNamePanel(account.NameEmailSettingsPanel):
    """The panel of the account settings with the form for the name."""

    form_class = OwnNameForm


class OwnPasswordForm(PasswordChangeForm):
    """The form for a new password, which checks the old password within the limits.

    Without limits, anyone who uses a signed-in browser could guess the old password here.
    """

    request: HttpRequest | None = None

    def clean_old_password(self) -> str:
        """Return the old password. Count a wrong one like a failed sign-in."""
        return check_within_limits(
            self.request, self.user.get_username(), super().clean_old_password
        )

    def save(self, commit: bool = True) -> User:
        """Save the new password, and make the browser known with it."""
        user = super().save(commit)
        remember_browser(self.request, user)
        return user


class OwnPasswordPanel(account.ChangePasswordPanel):
    """The panel of the account settings with the form for a new password."""

    form_class = OwnPasswordForm
    form: OwnPasswordForm | None = None

    def get_form(self) -> OwnPasswordForm:
        """Return the same form on every call.

        A second form, made for display, would check the old password a second time.
        """
        if self.form is None:
            self.form = super().get_form()
            self.form.request = self.request
        return self.form


# Wagtail's panels, and the panels that replace them.
OWN_PANELS: dict[type[account.BaseSettingsPanel], type[account.BaseSettingsPanel]] = {
    account.NameEmailSettingsPanel: OwnNamePanel,
    account.ChangePasswordPanel: OwnPasswordPanel,
}


class AccountView(account.AccountView):
    """The settings of the user's own account."""

    panels: list[account.BaseSettingsPanel] | None = None

    def get_panels(self) -> list[account.BaseSettingsPanel]:
        """Return the same panels on every call, with replacements from `OWN_PANELS`."""
        if self.panels is None:
            self.panels = [
                OWN_PANELS.get(type(panel), type(panel))(panel.request, panel.user, panel.profile)
                for panel in super().get_panels()
            ]
        return self.panels


class SignOutView(account.LogoutView):
    """The sign-out view: a link leads to one button, which ends the session on the server."""

    http_method_names = ["get", "head", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the button or sign out. Redirect users who are not signed in to the sign-in page."""
        assert request.method is not None  # only a request without a server has none
        if request.method.lower() not in self.http_method_names:
            return self.http_method_not_allowed(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return redirect(self.next_page)
        if request.method == "POST":
            return super().dispatch(request, *args, **kwargs)
        # Wagtail's view deletes the session cookie in every response, so it is not called here.
        response = TemplateResponse(request, "cms/sign_out.html")
        add_never_cache_headers(response)
        return response

"""Wagtail's views of one's own account: its settings, and signing out."""

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from wagtail.admin.forms.account import NameEmailForm
from wagtail.admin.forms.auth import PasswordChangeForm
from wagtail.admin.views import account

from cms.users.backends import checked
from cms.users.names import NameFieldsMixin


class OwnNameForm(NameFieldsMixin, NameEmailForm):
    """The part of one's own account that Wagtail would not save without two names and an e-mail.

    Nor would it save a new password then, for which the same page has one button.
    """


class OwnNamePanel(account.NameEmailSettingsPanel):
    """The part of the account's settings that holds the form of the name."""

    form_class = OwnNameForm


class OwnPasswordForm(PasswordChangeForm):
    """The form of a new password, which asks for the old one: a door like any other.

    Whoever sits down at a browser that is signed in could guess there.
    """

    request = None

    def clean_old_password(self):
        """Return the old password; a wrong one counts as a failed sign-in does."""
        return checked(self.request, self.user.get_username(), super().clean_old_password)

    def save(self, commit=True):
        """Set the password, and let the browser be known with it."""
        user = super().save(commit)
        self.request.known_from_now_on = user
        return user


class OwnPasswordPanel(account.ChangePasswordPanel):
    """The part of the account's settings that holds the form."""

    form_class = OwnPasswordForm
    form = None

    def get_form(self):
        """Return the same form each time; another one, to be shown, would check a second time."""
        if self.form is None:
            self.form = super().get_form()
            self.form.request = self.request
        return self.form


# Wagtail's panels, and what stands in their place.
OWN_PANELS = {
    account.NameEmailSettingsPanel: OwnNamePanel,
    account.ChangePasswordPanel: OwnPasswordPanel,
}


class AccountView(account.AccountView):
    """The settings of one's own account."""

    panels = None

    def get_panels(self):
        """Return the panels, the same ones each time, with ours for the name and the password."""
        if self.panels is None:
            self.panels = [
                OWN_PANELS.get(type(panel), type(panel))(panel.request, panel.user, panel.profile)
                for panel in super().get_panels()
            ]
        return self.panels


class SignOutView(account.LogoutView):
    """Signing out: a link leads to one button, and the button ends the session on the server."""

    http_method_names = ["get", "head", "post"]

    def dispatch(self, request, *args, **kwargs):
        """Show the button or sign out; whoever is not signed in may do so."""
        if request.method.lower() not in self.http_method_names:
            return self.http_method_not_allowed(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return redirect(self.next_page)
        if request.method == "POST":
            return super().dispatch(request, *args, **kwargs)
        # Wagtail's view forgets the cookie of the session whatever it answers.
        response = TemplateResponse(request, "cms/sign_out.html")
        add_never_cache_headers(response)
        return response

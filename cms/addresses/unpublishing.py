"""The form and hooks that let an editor choose a redirect when unpublishing a page."""

from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from cms.addresses.redirects import redirect_withdrawn_page
from cms.restrictions import without_restricted
from cms.visibility import visible_to


class UnpublishRedirectForm(forms.Form):
    """A form in which the editor may choose a page for the readers of the withdrawn `page`."""

    send_readers_to = forms.ModelChoiceField(
        label=gettext_lazy("Send readers to"),
        help_text=gettext_lazy(
            "The page that takes its place. Without one, readers are told that it was withdrawn."
        ),
        queryset=Page.objects.none(),
        required=False,
        widget=AdminPageChooser,
    )

    def __init__(self, *args: Any, page: Page, user: User | AnonymousUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        # Limit the choice to pages that the user may see, because an error message shows the title.
        target = self.fields["send_readers_to"]
        assert isinstance(target, forms.ModelChoiceField)
        target.queryset = visible_to(user)

    def clean_send_readers_to(self) -> Page | None:
        """Refuse the withdrawn page itself, and a page that is not public."""
        target = self.cleaned_data["send_readers_to"]
        if target is None:
            return None
        if target.pk == self.page.pk:
            raise forms.ValidationError(_("Readers cannot be sent to the page that is withdrawn."))
        if not without_restricted(Page.objects.live().filter(pk=target.pk)).exists():
            raise forms.ValidationError(_("“%s” is not published.") % target.title)
        return target


@hooks.register("before_unpublish_page")
def check_target(request: HttpRequest, page: Page) -> HttpResponseRedirect | None:
    """Return to the form before the page is unpublished, if the target is not valid."""
    form = UnpublishRedirectForm(request.POST, page=page, user=request.user)
    if form.is_valid():
        return None
    for errors in form.errors.values():
        messages.error(request, errors[0])
    return redirect("wagtailadmin_pages:unpublish", page.pk)


@hooks.register("after_unpublish_page")
def redirect_unpublished_page(request: HttpRequest, page: Page) -> None:
    """Redirect from the page and from the translations that were unpublished with it."""
    form = UnpublishRedirectForm(request.POST, page=page, user=request.user)
    if form.is_valid() and (target := form.cleaned_data["send_readers_to"]):
        redirect_withdrawn_page(page, target)

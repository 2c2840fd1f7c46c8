"""Download and upload of PO files: of one translation, a section, or everything in a state."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import FileExtensionValidator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Locale, Page

from cms.text.truncation import truncate
from cms.translation import po_export, po_format, po_import
from cms.translation.models import State
from cms.translation.rights import target_locales_of
from cms.translation.views.base import AdminRequest, TranslationView
from cms.translation.views.filters import state_choices
from cms.translation.views.sections import SectionField, sections

# The states of translations that can be exported and imported again.
EXPORTABLE_STATES = [state for state in State if state not in (State.MISSING, State.REVIEW)]

# The maximum number of warnings shown for one file.
MAX_WARNINGS = 20


class ChoiceForm(forms.Form):
    """The form that selects the translations to download."""

    locale = forms.ModelChoiceField(Locale.objects.none(), label=gettext_lazy("Language"))
    section = SectionField(
        Page.objects.none(),
        label=gettext_lazy("Section, with all below it"),
        required=False,
        empty_label=gettext_lazy("The whole site"),
    )
    state = forms.ChoiceField(
        choices=lambda: [("", _("Any")), *state_choices(EXPORTABLE_STATES)],
        label=gettext_lazy("State"),
        required=False,
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        locale, section = self.fields["locale"], self.fields["section"]
        assert isinstance(locale, forms.ModelChoiceField)
        assert isinstance(section, SectionField)
        locale.queryset = target_locales_of(user)
        locale.empty_label = None
        section.queryset = sections(user)


class UploadForm(forms.Form):
    """The form that uploads a file."""

    file = forms.FileField(
        label=gettext_lazy("PO file"),
        validators=[FileExtensionValidator(["po"])],
        widget=forms.FileInput(attrs={"accept": ".po"}),
    )


class ExchangeView(WagtailAdminTemplateMixin, View):
    """The page on which a translator downloads and uploads PO files."""

    template_name = "translation/exchange.html"
    page_title = gettext_lazy("PO files")
    header_icon = "download"
    request: AdminRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse users who have no language to translate into."""
        if not target_locales_of(request.user).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        """Return a link to the admin's home page, and the title."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get(self, request: AdminRequest) -> HttpResponse:
        """Show both forms."""
        return self.show()

    def post(self, request: AdminRequest) -> HttpResponse:
        """Import a file, or show in which line it is wrong."""
        form = UploadForm(files=request.FILES)
        if not form.is_valid():
            return self.show(upload=form)
        file = form.cleaned_data["file"]
        try:
            # One byte above the limit is enough to detect a file that is too large.
            result = po_import.import_file(file.read(po_format.MAX_BYTES + 1), request.user)
        except po_format.POError as error:
            form.add_error("file", refusal(file, error))
            return self.show(upload=form)
        messages.success(request, import_message(result))
        if result.warnings:
            messages.warning(request, warnings_html(result.warnings))
        return redirect("translations:exchange")

    def show(
        self, choice: ChoiceForm | None = None, upload: UploadForm | None = None
    ) -> HttpResponse:
        """Return the page with its two forms."""
        context = self.get_context_data(
            choice=choice or ChoiceForm(self.request.user, initial={"state": State.STALE}),
            upload=upload or UploadForm(),
        )
        return self.render_to_response(context)


class DownloadView(ExchangeView):
    """Sends all selected translations as one file."""

    http_method_names = ["get"]

    def get(self, request: AdminRequest) -> HttpResponse:
        """Send the file.

        Show the forms again if the selection is invalid or matches no translation.
        """
        choice = ChoiceForm(request.user, request.GET)
        if not choice.is_valid():
            return self.show(choice=choice)
        translations = po_export.exportable_translations(request.user, **choice.cleaned_data)
        if not translations:
            messages.info(request, _("There is nothing of this kind to translate."))
            return self.show(choice=choice)
        file = po_export.export_file(translations)
        if file.left_out_count:
            message = ngettext(
                "%(count)d article had no room in the file. Take it out when this one is done.",
                "%(count)d articles had no room in the file. Take them out when these are done.",
                file.left_out_count,
            )
            messages.warning(request, message % {"count": file.left_out_count})
        section = choice.cleaned_data["section"]
        state = choice.cleaned_data["state"] or "all"
        name = section.slug if section else "translations"
        language = choice.cleaned_data["locale"].language_code
        return attachment(file, f"{name}-{state}-{language}.po")


class DownloadOneView(TranslationView):
    """Sends one translation as a file."""

    http_method_names = ["get"]
    # A file of a page that is locked or in review could not be imported again.
    writes = True

    def get(self, request: AdminRequest) -> HttpResponse:
        """Send the file."""
        language = self.translation.target_locale.language_code
        return attachment(
            po_export.export_file([self.translation]), f"{self.original.slug}-{language}.po"
        )


def attachment(file: po_export.ExportFile, name: str) -> HttpResponse:
    """Return the response that a browser saves as a file."""
    return HttpResponse(
        file.text,
        content_type="text/x-gettext-translation; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def refusal(file: UploadedFile, error: po_format.POError) -> str:
    """Return a message that says which file was refused, where and why."""
    assert file.name is not None  # the form refuses a file without a name
    return _("“%(name)s” was not taken in, and nothing was changed. %(error)s") % {
        "name": truncate(file.name),
        "error": error,
    }


def import_message(result: po_import.ImportResult) -> str:
    """Return a message with the numbers of imported segments and articles."""
    if not result.segments:
        return _("The file has nothing new.")
    segments = ngettext("%(count)d segment", "%(count)d segments", result.segments)
    articles = ngettext("%(count)d article", "%(count)d articles", result.articles)
    return _("Taken in: %(segments)s of %(articles)s.") % {
        "segments": segments % {"count": result.segments},
        "articles": articles % {"count": result.articles},
    }


def warnings_html(warnings: list[str]) -> SafeString:
    """Return the first `MAX_WARNINGS` warnings as an HTML list, and the number of the others."""
    shown = warnings[:MAX_WARNINGS]
    if left := len(warnings) - len(shown):
        more = ngettext("%(count)d more warning", "%(count)d more warnings", left)
        shown.append(more % {"count": left})
    return format_html(
        "{}<ul>{}</ul>",
        _("Official names are missing; the desk shows where."),
        format_html_join("", "<li>{}</li>", ((each,) for each in shown)),
    )


urlpatterns = [
    path("po/", ExchangeView.as_view(), name="exchange"),
    path("po/download/", DownloadView.as_view(), name="download_many"),
    path("<int:translation_id>/po/", DownloadOneView.as_view(), name="download"),
]

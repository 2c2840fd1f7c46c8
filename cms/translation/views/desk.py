"""The desk: a translation beside its original."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.utils import get_breadcrumbs_items_for_page
from wagtail.models import Page

from cms.translation import localize, machine_translation, progress, replacements, saving
from cms.translation.models import TranslatedRevision
from cms.translation.rights import may_edit, may_stop_or_restart
from cms.translation.segment_rows import (
    SegmentRow,
    build_segment_rows,
    group_rows,
    progress_messages,
    segment_counts,
)
from cms.translation.suggestions import suggestions
from cms.translation.views.base import AdminRequest, TranslationView
from cms.translation.views.saving import conflict_message

FILTERS = {
    "all": gettext_lazy("All"),
    "todo": gettext_lazy("To do"),
    "changed": gettext_lazy("Changed"),
    "machine": gettext_lazy("By machine"),
}


class PreviewPanel(BaseSidePanel):
    """A side panel with a preview of the page."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        """The button that opens and closes the preview."""

        aria_label = gettext_lazy("Toggle preview")
        icon_name = "mobile-alt"
        has_counter = False
        keyboard_shortcut = "mod+p"

    name = "preview"
    title = gettext_lazy("Preview")
    template_name = "translation/preview_panel.html"

    def __init__(self, page: Page, request: AdminRequest, preview_url: str) -> None:
        super().__init__(page, request)
        self.preview_url = preview_url


class DeskView(WagtailAdminTemplateMixin, TranslationView):
    """Shows the segments of a translation.

    It also saves the texts that are typed in a browser without scripts.
    """

    template_name = "translation/desk.html"
    header_icon = "globe"

    def get(self, request: AdminRequest) -> HttpResponse:
        """Show the desk."""
        return self.render_to_response(self.get_context_data())

    def post(self, request: AdminRequest) -> HttpResponse:
        """Save the form and continue.

        Texts that cannot be saved are shown again with the reason.
        """
        if self.permissions.read_only_reason:
            messages.error(request, self.permissions.read_only_reason)
            return self.redirect_back()
        segments = localize.segments(self.translation)
        inputs = segment_inputs(request.POST, segments)
        refused = saving.save_segments(self.translation, inputs, request.user)
        replacement_errors = self.save_replacements(request.POST)
        if refused or replacement_errors:
            messages.error(request, _("Not everything could be saved: see below."))
            context = self.get_context_data(
                inputs=inputs, refused=refused, replacement_errors=replacement_errors
            )
            return self.render_to_response(context, status=422)
        return self.after_save(request)

    def after_save(self, request: AdminRequest) -> HttpResponse:
        """Redirect back to the desk; subclasses do more."""
        messages.success(request, _("Saved."))
        return self.redirect_back(request.POST.get("confirm", ""))

    def redirect_back(self, segment_id: int | str = "") -> HttpResponse:
        """Redirect to the desk, at a segment if one is given."""
        anchor = f"#segment-{segment_id}" if str(segment_id).isdecimal() else ""
        return redirect(reverse("translations:edit", args=[self.translation.pk]) + anchor)

    def save_replacements(self, sent: Mapping[str, str]) -> dict[int, str]:
        """Save the replacements that the user changed; return the errors by id."""
        refused: dict[int, str] = {}
        for each in replacements.replaceable_rows(self.translation):
            value = sent.get(f"replacement-{each.id}")
            # An unchanged value is no choice: somebody else may have chosen in the meantime.
            if value is None or value in (each.value, sent.get(f"was-replacement-{each.id}")):
                continue
            try:
                replacements.save_replacement(self.translation, each, value, self.request.user)
            except ValidationError as error:
                refused[each.id] = " ".join(error.messages)
        return refused

    def get_page_title(self) -> str:
        """Return the title of the page.

        The header inside the page names the article.
        """
        language = self.translation.target_locale.get_display_name()
        return _("Translation into %(language)s") % {"language": language}

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Return the tree of the translated page, as in the page's own editor."""
        return [
            *get_breadcrumbs_items_for_page(self.page, self.request.user, include_self=False),
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(
        self,
        inputs: Mapping[int, saving.SegmentInput] | None = None,
        refused: Mapping[int, saving.ConflictError | ValidationError] | None = None,
        replacement_errors: Mapping[int, str] | None = None,
        **kwargs: Any,
    ) -> dict[str, Any]:
        """Return the context: the segments and all data around them."""
        row = progress.row_of(self.translation)
        segments = localize.segments(self.translation, approved=row.approved_keys)
        segment_rows = build_segment_rows(self.translation, segments)
        show_refused(segment_rows, inputs or {}, refused or {})
        by_id = suggestions(segments, self.translation.target_locale, self.request.user)
        for each in segment_rows:
            each.suggestions = by_id[each.id]
        replaceable = replacements.replaceable_rows(self.translation)
        for other in replaceable:
            other.trouble = (replacement_errors or {}).get(other.id, "")
        rows: list[SegmentRow | replacements.ReplaceableRow] = [*segment_rows, *replaceable]
        counts = segment_counts(segments)
        panels = [PreviewPanel(self.page, self.request, self.address("preview"))]
        return super().get_context_data(
            translation=self.translation,
            page=self.page,
            title_language=title_language(self.translation, segments),
            original=self.original,
            original_url=self.original.get_url(self.request) if self.original.live else None,
            original_is_editable=may_edit(self.request.user, self.original),
            page_url=self.page.get_url(self.request) if self.page.live else None,
            preview_url=self.address("preview"),
            state=row.get_state_display(),
            machine_is_offered=machine_translation.is_offered(self.translation),
            may_stop=may_stop_or_restart(self.request.user, self.page),
            unplaced=unplaced_texts(self.page),
            permissions=self.permissions,
            groups=group_rows(rows),
            counts=counts,
            progress_messages=progress_messages(counts),
            filters=[(key, label, counts[key]) for key, label in FILTERS.items()],
            side_panels=panels,
            media=MediaContainer(panels).media + replacements.media(),
            **kwargs,
        )

    def address(self, name: str) -> str:
        """Return the URL of one of the translation's views."""
        return reverse(f"translations:{name}", args=[self.translation.pk])


def unplaced_texts(page: Page) -> list[str]:
    """Return the newest revision's texts that were written by hand and have no original."""
    made = TranslatedRevision.objects.filter(revision=page.latest_revision_id).first()
    return made.unplaced if made else []


def title_language(translation: localize.Translation, segments: Iterable[localize.Segment]) -> str:
    """Return the language of the draft's title.

    It is the original's language until the title is translated.
    """
    is_gap = any(each.path == "title" and not each.translation for each in segments)
    locale = translation.source.locale if is_gap else translation.target_locale
    return locale.language_code


def segment_inputs(
    sent: Mapping[str, str], segments: Iterable[localize.Segment]
) -> dict[int, saving.SegmentInput]:
    """Return the text that a form without a script sent for each segment, by id."""
    confirmed = sent.get("confirm", "")
    return {
        segment.id: saving.SegmentInput(
            sent[f"text-{segment.id}"],
            sent.get(f"seen-{segment.id}", ""),
            is_confirmed=confirmed == str(segment.id),
        )
        for segment in segments
        if f"text-{segment.id}" in sent
    }


def show_refused(
    segment_rows: Iterable[SegmentRow],
    inputs: Mapping[int, saving.SegmentInput],
    refused: Mapping[int, saving.ConflictError | ValidationError],
) -> None:
    """Put the refused texts back into their fields, each with the reason."""
    for each in segment_rows:
        error = refused.get(each.id)
        if error is None:
            continue
        each.text = inputs[each.id].text
        if isinstance(error, saving.ConflictError):
            each.trouble = conflict_message(each.segment.translator)
            each.theirs = each.segment.initial_text
        else:
            each.trouble = " ".join(error.messages)

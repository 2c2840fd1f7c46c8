"""The steps of a translation: submit for review, cancel the review, publish."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin import messages

from cms.translation import drafts, localize, review
from cms.translation.segment_rows import build_segment_rows, group_rows
from cms.translation.views.base import AdminRequest, TranslationView
from cms.translation.views.desk import DeskView


class StepView(DeskView):
    """Saves the form and then performs a step. Neither needs a script."""

    http_method_names = ["post"]

    def step(self, user: User) -> None:
        """Perform the step. Each subclass defines it."""
        raise NotImplementedError

    def after_save(self, request: AdminRequest) -> HttpResponse:
        """Perform the step; if it is refused, redirect to the first gap."""
        try:
            self.step(request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return self.redirect_back(self.first_gap())
        return self.redirect_back()

    def first_gap(self) -> int | str:
        """Return the id of the first segment that is not done, `""` if all are."""
        segment_rows = build_segment_rows(self.translation, localize.segments(self.translation))
        rows = [row for group in group_rows(segment_rows) for row in group.rows]
        return next((row.id for row in rows if not row.segment.is_done), "")


class SubmitForReviewView(StepView):
    """Submits a translation for review."""

    def step(self, user: User) -> None:
        """Start the workflow of the page."""
        review.submit_for_review(self.translation, user)
        messages.success(self.request, _("Handed on. The board tells when it is reviewed."))


class PublishView(StepView):
    """Publishes a translation."""

    def post(self, request: AdminRequest) -> HttpResponse:
        """Refuse users who may not publish."""
        if not self.permissions.read_only_reason and not self.permissions.may_publish:
            messages.error(request, _("You may not publish this page. Hand it on."))
            return self.redirect_back()
        return super().post(request)

    def step(self, user: User) -> None:
        """Publish the current translations."""
        drafts.publish(self.translation, user)
        link = ""
        if url := localize.target_of(self.translation).get_url(self.request):
            link = format_html('<a href="{}">{}</a>', url, _("See the page"))
        messages.success(self.request, format_html("{} {}", _("Published."), link))


class CancelReviewView(TranslationView):
    """Cancels the review of a translation, so that the translator can continue."""

    http_method_names = ["post"]

    def post(self, request: AdminRequest) -> HttpResponse:
        """Cancel the workflow if the user started it."""
        if self.permissions.may_cancel_review and review.cancel_review(self.page, request.user):
            messages.success(request, _("Taken back. You can go on."))
        else:
            messages.error(request, _("Only who asked for the review can take it back."))
        return redirect("translations:edit", self.translation.pk)

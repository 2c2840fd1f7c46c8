"""The steps of a translation: handed on, taken back, published."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin import messages

from cms.translation import drafts, localize, review
from cms.translation.segment_rows import build_segment_rows, group_rows
from cms.translation.views.base import TranslationView
from cms.translation.views.desk import DeskView


class StepView(DeskView):
    """Saves what is typed, and then takes a step of which no script is needed either."""

    http_method_names = ["post"]

    def after_save(self, request):
        """Take the step; lead to the first gap where it is refused."""
        try:
            self.step(request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return self.redirect_back(self.first_gap())
        return self.redirect_back()

    def first_gap(self):
        """Return the id of the first segment that is not done, `""` where all are."""
        segment_rows = build_segment_rows(self.translation, localize.segments(self.translation))
        rows = [row for group in group_rows(segment_rows) for row in group.rows]
        return next((row.id for row in rows if not row.segment.is_done), "")


class SubmitForReviewView(StepView):
    """Asks for the review of a translation."""

    def step(self, user):
        """Start the workflow of the page."""
        review.submit_for_review(self.translation, user)
        messages.success(self.request, _("Handed on. The board tells when it is reviewed."))


class PublishView(StepView):
    """Publishes a translation."""

    def post(self, request):
        """Turn away who may not publish."""
        if not self.permissions.read_only_reason and not self.permissions.may_publish:
            messages.error(request, _("You may not publish this page. Hand it on."))
            return self.redirect_back()
        return super().post(request)

    def step(self, user):
        """Publish what is translated."""
        drafts.publish(self.translation, user)
        link = ""
        if url := localize.target_of(self.translation).get_url(self.request):
            link = format_html('<a href="{}">{}</a>', url, _("See the page"))
        messages.success(self.request, format_html("{} {}", _("Published."), link))


class CancelReviewView(TranslationView):
    """Takes a translation out of review, to go on with it."""

    http_method_names = ["post"]

    def post(self, request):
        """Cancel the workflow that the user asked for."""
        if self.permissions.may_cancel_review and review.cancel_review(self.page, request.user):
            messages.success(request, _("Taken back. You can go on."))
        else:
            messages.error(request, _("Only who asked for the review can take it back."))
        return redirect("translations:edit", self.translation.pk)

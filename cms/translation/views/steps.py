"""The steps of a translation: handed on, taken back, published."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin import messages

from cms.translation import drafts, localize, review
from cms.translation.segment_rows import grouped, shown_segments
from cms.translation.views.base import TranslationView
from cms.translation.views.desk import EditView


class StepView(EditView):
    """Saves what is typed, and then takes a step of which no script is needed either."""

    http_method_names = ["post"]

    def go_on(self, request):
        """Take the step; lead to the first gap where it is refused."""
        try:
            self.step(request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return self.again(self.first_gap())
        return self.again()

    def first_gap(self):
        """Return the id of the first segment that is not done, `""` where all are."""
        shown = shown_segments(self.translation, localize.segments(self.translation))
        rows = [row for group in grouped(shown) for row in group.rows]
        return next((row.id for row in rows if not row.segment.is_done), "")


class HandOnView(StepView):
    """Asks for the review of a translation."""

    def step(self, user):
        """Start the workflow of the page."""
        review.hand_on(self.translation, user)
        messages.success(self.request, _("Handed on. The board tells when it is reviewed."))


class PublishView(StepView):
    """Publishes a translation."""

    def post(self, request):
        """Turn away who may not publish."""
        if not self.standing.reason and not self.standing.may_publish:
            messages.error(request, _("You may not publish this page. Hand it on."))
            return self.again()
        return super().post(request)

    def step(self, user):
        """Publish what is translated."""
        drafts.publish(self.translation, user)
        link = ""
        if url := localize.target_of(self.translation).get_url(self.request):
            link = format_html('<a href="{}">{}</a>', url, _("See the page"))
        messages.success(self.request, format_html("{} {}", _("Published."), link))


class TakeBackView(TranslationView):
    """Takes a translation out of review, to go on with it."""

    http_method_names = ["post"]

    def post(self, request):
        """Cancel the workflow that the user asked for."""
        if self.standing.may_take_back and review.take_back(self.page, request.user):
            messages.success(request, _("Taken back. You can go on."))
        else:
            messages.error(request, _("Only who asked for the review can take it back."))
        return redirect("translations:edit", self.translation.pk)

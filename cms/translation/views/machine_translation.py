"""A machine draft, which the translator requests."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from cms.translation import machine_translation
from cms.translation.views.base import AdminRequest, TranslationView


class MachineDraftView(TranslationView):
    """Drafts the segments without a translation, if an engine is configured."""

    http_method_names = ["post"]
    writes = True

    def post(self, request: AdminRequest) -> HttpResponse:
        """Draft the segments and redirect back to the translation.

        A message says how many segments were drafted, or why none were.
        """
        if not machine_translation.is_offered(self.translation):
            raise Http404
        try:
            count = machine_translation.draft(self.translation, request.user)
        except machine_translation.MachineError as error:
            messages.error(request, error)
        else:
            messages.success(request, draft_message(count))
        return redirect("translations:edit", self.translation.pk)


def draft_message(count: int) -> str:
    """Return a message with the number of drafted segments."""
    if not count:
        return _("There is nothing to draft: no segment is without a translation.")
    message = ngettext(
        "%(count)d segment was drafted. Read and confirm it.",
        "%(count)d segments were drafted. Read and confirm each.",
        count,
    )
    return message % {"count": count}


urlpatterns = [
    path("<int:translation_id>/machine/", MachineDraftView.as_view(), name="machine_draft")
]

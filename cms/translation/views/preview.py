"""A preview of the page with the current translations."""

from django.http import Http404, HttpResponse
from django.utils.decorators import method_decorator
from wagtail.utils.decorators import xframe_options_sameorigin_override

from cms.translation import localize
from cms.translation.views.base import AdminRequest, TranslationView


@method_decorator(xframe_options_sameorigin_override, name="dispatch")
class PreviewView(TranslationView):
    """Shows the page with the current translations.

    Segments without a translation show the original's text.
    """

    http_method_names = ["get"]

    def get(self, request: AdminRequest) -> HttpResponse:
        """Render the page as its readers would see it, in one of its preview modes."""
        page = localize.build_translated_page(self.translation)
        mode = request.GET.get("mode", page.default_preview_mode)
        if mode not in dict(page.preview_modes):
            raise Http404
        # The side panel has no room for Wagtail's user bar.
        attributes = {"in_preview_panel": "panel" in request.GET}
        return page.make_preview_request(request, mode, extra_request_attrs=attributes)

"""What the addresses of one translation have in common."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, JsonResponse
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin.auth import permission_denied

from cms.translation import localize
from cms.translation.status import standing_of
from cms.visibility import may_see, with_known_title


class TranslationView(View):
    """A view of one translation, for those who may change its page and may see its original.

    Where it `writes`, only as long as the page is neither locked nor in review.
    """

    writes = False

    def dispatch(self, request, translation_id, **kwargs):
        """Find the translation and its pages; turn away who may not change one or see the other."""
        self.translation = localize.page_translation(translation_id)
        if self.translation is None:
            raise Http404
        try:
            self.page = localize.target_of(self.translation)
            self.original = localize.original_of(self.translation)
        except ObjectDoesNotExist:
            raise Http404 from None
        if not self.page.permissions_for_user(request.user).can_edit():
            return permission_denied(request)
        if not may_see(request.user, self.original):
            return permission_denied(request)
        self.original = with_known_title(request.user, self.original)
        if self.writes and self.standing.reason:
            return permission_denied(request)
        return super().dispatch(request, **kwargs)

    @cached_property
    def standing(self):
        """Return what the user may do with the translation now."""
        return standing_of(self.request.user, self.page)


def answer(status=200, **content):
    """Return an answer to the desk's script."""
    return JsonResponse(content, status=status)

"""The base of the views of one translation."""

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin.auth import permission_denied
from wagtail.models import Page

from cms.translation import localize
from cms.translation.desk_permissions import DeskPermissions, desk_permissions_of
from cms.visibility import may_see, with_visible_title


class AdminRequest(HttpRequest):
    """A request to the admin, which only users who are signed in can make."""

    user: User


class TranslationView(View):
    """A view of one translation, for users who may change its page and see its original.

    If `writes` is set, the view is refused while the page is locked or in review.
    """

    request: AdminRequest
    translation: localize.Translation
    page: Page
    original: Page
    writes = False

    def dispatch(
        self, request: HttpRequest, translation_id: int, **kwargs: Any
    ) -> HttpResponseBase:
        """Find the translation and its pages.

        Refuse users who may not change the translated page or may not see the original.
        """
        self.translation = localize.enabled_page_translation(translation_id)
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
        self.original = with_visible_title(request.user, self.original)
        if self.writes and self.permissions.read_only_reason:
            return permission_denied(request)
        return super().dispatch(request, **kwargs)

    @cached_property
    def permissions(self) -> DeskPermissions:
        """Return what the user may do with the translation now."""
        return desk_permissions_of(self.request.user, self.page)


def json_response(status: int = 200, **content: Any) -> JsonResponse:
    """Return a JSON response for the desk's script."""
    return JsonResponse(content, status=status)

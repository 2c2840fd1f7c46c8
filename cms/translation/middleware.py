"""The guard of wagtail-localize's URLs, which refuses the actions that are not allowed here."""

from collections.abc import Callable
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail.models import DraftStateMixin, Page
from wagtail.snippets.views.snippets import get_snippet_model_from_url_params
from wagtail_localize.models import Translation, TranslationSource

from cms.translation.drafts import UnpublishableError
from cms.translation.rights import may_edit, may_stop_or_restart, may_submit
from cms.visibility import sees_everything

NAMESPACE = "wagtail_localize"


def allow(request: HttpRequest, **kwargs: object) -> bool:
    """Leave the decision to the view, whose own check is sufficient."""
    return True


def deny(request: HttpRequest, **kwargs: object) -> bool:
    """Refuse everybody.

    An alias would publish Vietnamese text under another language. The other views would bypass the
    desk. The desk writes drafts, while wagtail-localize writes live pages. The desk also knows
    which machine translations nobody has confirmed.
    """
    return False


def check_report(request: HttpRequest) -> bool:
    """Allow users who may see every page.

    The report names the originals of all translations.
    """
    return sees_everything(request.user)


def check_snippet_listing(
    request: HttpRequest, app_label: str, model_name: str, **kwargs: object
) -> bool:
    """Check that the user has a permission on this type of snippet.

    The list includes drafts.
    """
    policy = get_snippet_model_from_url_params(
        app_label, model_name
    ).snippet_viewset.permission_policy
    actions = {"add", "change", "choose", "delete", "view"}
    return policy.user_has_any_permission(request.user, actions)


def check_submit_page(request: HttpRequest, page_id: int) -> bool | str:
    """Check the permission to submit the page, and that its parent exists in the chosen locales.

    wagtail-localize would replace a missing parent with a live alias: Vietnamese text under `/en/`.
    """
    page = get_object_or_404(Page, id=page_id)
    if not may_submit(request.user, page):
        return False
    chosen = {locale for locale in request.POST.getlist("locales") if locale.isdecimal()}
    there = page.get_parent().get_translations().values_list("locale_id", flat=True)
    if request.method == "POST" and not chosen <= {str(locale) for locale in there}:
        return _("Translate the page above this one first.")
    return True


def check_submit_snippet(
    request: HttpRequest, app_label: str, model_name: str, pk: str
) -> bool | str:
    """Check the permission to submit the snippet, and that its translation can be a draft.

    If a snippet has no drafts, wagtail-localize would show Vietnamese text at once. It would also
    overwrite text that already exists in the other language.
    """
    model = get_snippet_model_from_url_params(app_label, model_name)
    try:
        pk = model._meta.pk.to_python(unquote(pk))
    except ValidationError:
        raise Http404 from None
    if not may_submit(request.user, get_object_or_404(model, pk=pk)):
        return False
    if not issubclass(model, DraftStateMixin):
        return _(
            "This one is worded in each language by itself: choose the language above the list."
        )
    return True


def check_update(request: HttpRequest, translation_source_id: int) -> bool | str:
    """Check the permission to update translations.

    Refuse to publish them in the same step: wagtail-localize would publish Vietnamese text where a
    new text is not translated yet. Also refuse to let an engine translate everything at once,
    because it would have no time limit.
    """
    source = get_object_or_404(TranslationSource, id=translation_source_id)
    if not may_submit(request.user, source.get_source_instance()):
        return False
    if request.POST.get("publish_translations"):
        return _("Update without publishing, then publish each translation when it is complete.")
    if request.POST.get("use_machine_translation"):
        return _("Update without an engine, then ask for a machine draft of each translation.")
    return True


def check_stop(request: HttpRequest, translation_id: int) -> bool:
    """Check the permission to stop the synchronisation of the translation."""
    translation = get_object_or_404(Translation, id=translation_id)
    return may_stop_or_restart(request.user, translation.get_target_instance())


def check_text_editing(request: HttpRequest, translation_id: int, **kwargs: object) -> bool:
    """Check the permission to edit the snippet that is being translated.

    Pages are edited at the desk.
    """
    target = get_object_or_404(Translation, id=translation_id).get_target_instance()
    return not isinstance(target, Page) and may_edit(request.user, target)


def check_upload(request: HttpRequest, translation_id: int) -> bool | str:
    """Check the permission to edit, and that there is a file that is not empty."""
    file = request.FILES.get("file")
    if (
        check_text_editing(request, translation_id)
        and request.method == "POST"
        and not (file and file.size)
    ):
        return _("The PO file is missing or empty.")
    return check_text_editing(request, translation_id)


# The check before each view of wagtail-localize. A view that is missing here is refused.
#
# A check returns `True`, `False`, or a message that tells the user why the request is refused.
CHECKS: dict[str, Callable[..., bool | str]] = {
    "javascript_catalog": allow,
    "translations_report": check_report,
    "translations_report_results": check_report,
    "snippets_api_listing": check_snippet_listing,
    "snippets_api_detail": check_snippet_listing,
    "submit_page_translation": check_submit_page,
    "submit_snippet_translation": check_submit_snippet,
    "update_translations": check_update,
    "convert_to_alias": deny,
    "stop_translation": check_stop,
    "edit_string_translation": check_text_editing,
    "edit_override": check_text_editing,
    "download_pofile": check_text_editing,
    "upload_pofile": check_upload,
    "machine_translate": deny,
    "preview_translation": deny,
}


class TranslationRightsMiddleware:
    """Runs the check of a wagtail-localize view before the view.

    It also tells the user that a translation was not published because it has gaps.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        """Refuse a request as Wagtail does.

        The view itself sends users who are not logged in to the login page.
        """
        match = request.resolver_match
        assert match is not None  # Django sets it before this method is called.
        if NAMESPACE not in match.namespaces or not request.user.is_authenticated:
            return None
        allowed = CHECKS.get(match.url_name or "", deny)(request, **kwargs)
        if allowed is True:
            return None
        if allowed is False:
            return permission_denied(request)
        messages.error(request, allowed)
        return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Show why a translation was not published, on any page of the admin."""
        if not isinstance(exception, UnpublishableError):
            return None
        messages.error(request, exception.message)
        return redirect("translations:edit", exception.translation.pk)

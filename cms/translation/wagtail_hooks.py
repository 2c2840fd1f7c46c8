"""The desk's admin hooks, and the guards that do not concern URLs of wagtail-localize."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets.button import Button
from wagtail.models import Page, TranslatableMixin
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.translation import drafts, localize, page_edits, urls
from cms.translation.dashboard import WaitingPanel
from cms.translation.menus import BOARD, EXCHANGE, translation_state_buttons
from cms.translation.models import GlossaryTerm
from cms.translation.rights import may_stop_or_restart, target_locales_of
from cms.translation.sync import live_translations_of
from cms.translation.views.base import AdminRequest
from cms.translation.views.review import ReviewView
from cms.visibility import may_review

RESTART = "localize-restart-translation"
CONVERT = "localize-convert-to-alias"


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLResolver]:
    """Register the desk's URLs below the admin's URL."""
    return [path("translations/", include(urls))]


@hooks.register("register_admin_menu_item")
def board_in_the_menu() -> MenuItem:
    """Add the board to the menu of users who have a language to translate into."""
    return BOARD


@hooks.register("register_admin_menu_item")
def exchange_in_the_menu() -> MenuItem:
    """Add the PO files to the menu of the same users."""
    return EXCHANGE


@hooks.register("construct_reports_menu")
def remove_localize_report(request: AdminRequest, menu_items: list[MenuItem]) -> None:
    """Remove wagtail-localize's own report, because the board shows more."""
    report = reverse("wagtail_localize:translations_report")
    menu_items[:] = [item for item in menu_items if item.url != report]


@hooks.register("construct_homepage_panels")
def add_waiting_panel(request: AdminRequest, panels: list[Component]) -> None:
    """Show translators the most urgent rows on the admin's home page."""
    if locales := list(target_locales_of(request.user)):
        panels.append(WaitingPanel(locales))


@hooks.register("register_page_header_buttons")
def add_translation_state_buttons(
    page: Page, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Show the editors of an original the state of its translations."""
    return translation_state_buttons(page, user)


class GlossaryTermViewSet(SnippetViewSet):
    """The admin views in which moderators edit official names and translators look them up."""

    model = GlossaryTerm
    icon = "openquote"
    list_display = ["source", "translation", "locale"]
    list_filter = ["locale"]
    inspect_view_enabled = True
    inspect_view_fields = ["source", "locale", "translation", "note"]


register_snippet(GlossaryTermViewSet)


@hooks.register("before_edit_page", order=-10)
@hooks.register("before_edit_snippet", order=-10)
def guard_restart(request: AdminRequest, instance: Model) -> HttpResponse | None:
    """Check the permission to restart a translation.

    wagtail-localize restarts it from the editor without a check of its own.
    """
    if request.method != "POST":
        return None
    if CONVERT in request.POST:
        raise PermissionDenied
    if RESTART not in request.POST:
        return None
    if not may_stop_or_restart(request.user, instance):
        raise PermissionDenied
    return restart(request, instance) if isinstance(instance, Page) else None


def restart(request: AdminRequest, page: Page) -> HttpResponse:
    """Restart the translation and redirect to the desk.

    Edits that were made by hand while the translation was stopped are kept.
    """
    translation = localize.any_translation(page, page.locale_id)
    if translation is None:
        raise Http404
    page_edits.restart(translation, request.user)
    messages.success(request, _("The page is kept in step with its original again."))
    return redirect("translations:edit", translation.pk)


@hooks.register("before_edit_snippet", order=-10)
def refuse_snippet_gaps(request: AdminRequest, instance: Model) -> HttpResponse | None:
    """Refuse to publish a snippet with gaps, which would contain the original's text.

    Pages are checked wherever they are published (cms/translation/drafts.py).
    """
    publishes = request.method == "POST" and request.POST.get("action") == "publish"
    if not publishes or not isinstance(instance, TranslatableMixin):
        return None
    translation = localize.translation_of(instance)
    if translation is None or localize.is_complete(translation):
        return None
    messages.error(request, drafts.GAPS_MESSAGE)
    return redirect(request.path)


@hooks.register("before_edit_page", order=-5)
def redirect_to_desk(request: AdminRequest, page: Page) -> HttpResponse | None:
    """Open a translation at the desk instead of in wagtail-localize's editor.

    A user who is asked to review it gets Wagtail's own editor with its comments and review actions.
    """
    translation = localize.translation_of(page)
    if translation is None:
        return None
    if may_review(request.user, page):
        return ReviewView.as_view()(request, page_id=page.pk)
    return redirect("translations:edit", translation.pk)


@hooks.register("before_publish_page")
def refuse_gaps_in_editor(request: AdminRequest, page: Page) -> None:
    """Refuse to publish a page with gaps from Wagtail's editor.

    The editor publishes without calling the page's own `publish` method.
    """
    drafts.check_publishable(page, page.latest_revision)


@hooks.register("construct_page_action_menu", order=100)
@hooks.register("construct_snippet_action_menu", order=100)
def hide_refused_actions(
    menu_items: list[Component], request: AdminRequest, context: Mapping[str, Any]
) -> None:
    """Hide the menu items that the guards would refuse."""
    instance = context.get("page") or context.get("instance")
    hidden = {CONVERT}
    if instance is None or not may_stop_or_restart(request.user, instance):
        hidden.add(RESTART)
    menu_items[:] = [item for item in menu_items if item.name not in hidden]


@hooks.register("insert_editor_js")
def editor_script() -> SafeString:
    """Hide what is refused in wagtail-localize's editor.

    This needs a script, because a script renders that editor.
    """
    return format_html(
        '<script src="{}"></script>', static("translation/hide_machine_translator.js")
    )


@hooks.register("insert_global_admin_css")
def admin_styles() -> SafeString:
    """Add the styles for the states of translations in the admin's menus."""
    return format_html('<link rel="stylesheet" href="{}">', static("translation/admin.css"))


@hooks.register("construct_translated_pages_to_cascade_actions")
def translations_to_unpublish(pages: Iterable[Page], action: str) -> dict[Page, QuerySet[Page]]:
    """Return the translations of `pages`, so that the confirmation page can count them."""
    if action != "unpublish":
        return {}
    return {page: live_translations_of(page) for page in pages}

"""The desk in the admin, and the guards that are no addresses of wagtail-localize."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page, TranslatableMixin
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.translation import drafts, localize, page_edits, urls
from cms.translation.dashboard import WaitingPanel
from cms.translation.menus import BOARD, EXCHANGE, translation_state_buttons
from cms.translation.models import GlossaryTerm
from cms.translation.rights import may_stop_or_restart, target_locales_of
from cms.translation.sync import live_translations_of
from cms.translation.views.review import ReviewView
from cms.visibility import may_review

RESTART = "localize-restart-translation"
CONVERT = "localize-convert-to-alias"


@hooks.register("register_admin_urls")
def desk_urls():
    """Put the desk below the admin's address."""
    return [path("translations/", include(urls))]


@hooks.register("register_admin_menu_item")
def board_in_the_menu():
    """Lead those who have a language to translate into to the board."""
    return BOARD


@hooks.register("register_admin_menu_item")
def exchange_in_the_menu():
    """Lead them to the PO files."""
    return EXCHANGE


@hooks.register("construct_reports_menu")
def remove_localize_report(request, menu_items):
    """Take wagtail-localize's own report out of the menu: the board tells more."""
    report = reverse("wagtail_localize:translations_report")
    menu_items[:] = [item for item in menu_items if item.url != report]


@hooks.register("construct_homepage_panels")
def add_waiting_panel(request, panels):
    """Show translators on the first page what is most urgent."""
    if locales := list(target_locales_of(request.user)):
        panels.append(WaitingPanel(locales))


@hooks.register("register_page_header_buttons")
def add_translation_state_buttons(page, user, view_name, next_url=None):
    """Let whoever edits an original know how its translations stand."""
    return translation_state_buttons(page, user)


class GlossaryTermViewSet(SnippetViewSet):
    """Where moderators word official names, and translators look them up."""

    model = GlossaryTerm
    icon = "openquote"
    list_display = ["source", "translation", "locale"]
    list_filter = ["locale"]
    inspect_view_enabled = True
    inspect_view_fields = ["source", "locale", "translation", "note"]


register_snippet(GlossaryTermViewSet)


@hooks.register("before_edit_page", order=-10)
@hooks.register("before_edit_snippet", order=-10)
def guard_restart(request, instance):
    """Check the right to restart, which wagtail-localize does from the editor, unasked."""
    if request.method != "POST":
        return None
    if CONVERT in request.POST:
        raise PermissionDenied
    if RESTART not in request.POST:
        return None
    if not may_stop_or_restart(request.user, instance):
        raise PermissionDenied
    return restart(request, instance) if isinstance(instance, Page) else None


def restart(request, page):
    """Go back to the desk with what was edited by hand since the translation was stopped."""
    translation = localize.any_translation(page, page.locale_id)
    if translation is None:
        raise Http404
    page_edits.restart(translation, request.user)
    messages.success(request, _("The page is kept in step with its original again."))
    return redirect("translations:edit", translation.pk)


@hooks.register("before_edit_snippet", order=-10)
def refuse_snippet_gaps(request, instance):
    """Refuse to publish a snippet with gaps, which would be filled with the original.

    Pages are guarded wherever they are published (cms/translation/drafts.py).
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
def redirect_to_desk(request, page):
    """Lead whoever edits a translation to the desk, in place of wagtail-localize's editor.

    Who is asked to review it gets Wagtail's own editor, with its comments and its decisions.
    """
    translation = localize.translation_of(page)
    if translation is None:
        return None
    if may_review(request.user, page):
        return ReviewView.as_view()(request, page_id=page.pk)
    return redirect("translations:edit", translation.pk)


@hooks.register("before_publish_page")
def refuse_gaps_in_editor(request, page):
    """Refuse gaps where Wagtail's editor publishes past the page's own method."""
    drafts.check_publishable(page, page.latest_revision)


@hooks.register("construct_page_action_menu", order=100)
@hooks.register("construct_snippet_action_menu", order=100)
def hide_refused_actions(menu_items, request, context):
    """Offer nobody what the guards would refuse."""
    instance = context.get("page") or context.get("instance")
    hidden = {CONVERT}
    if instance is None or not may_stop_or_restart(request.user, instance):
        hidden.add(RESTART)
    menu_items[:] = [item for item in menu_items if item.name not in hidden]


@hooks.register("insert_editor_js")
def editor_script():
    """Take what is refused out of wagtail-localize's editor, which is drawn by a script."""
    return format_html(
        '<script src="{}"></script>', static("translation/hide_machine_translator.js")
    )


@hooks.register("insert_global_admin_css")
def admin_styles():
    """Show how translations stand in the menus of the admin."""
    return format_html('<link rel="stylesheet" href="{}">', static("translation/admin.css"))


@hooks.register("construct_translated_pages_to_cascade_actions")
def translations_to_unpublish(pages, action):
    """Let the page that asks "are you sure?" say how many translations follow."""
    if action != "unpublish":
        return {}
    return {page: live_translations_of(page) for page in pages}

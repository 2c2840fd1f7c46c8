"""The guards that are no addresses of wagtail-localize, and its menu items."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import TranslatableMixin
from wagtail_localize.models import Translation

from cms.translation.following import followers
from cms.translation.rights import is_complete, may_steer

RESTART = "localize-restart-translation"
CONVERT = "localize-convert-to-alias"


@hooks.register("before_edit_page", order=-10)
@hooks.register("before_edit_snippet", order=-10)
def guard_restart(request, instance):
    """Check the right to restart, which wagtail-localize does from the editor, unasked."""
    if request.method != "POST":
        return
    if CONVERT in request.POST:
        raise PermissionDenied
    if RESTART in request.POST and not may_steer(request.user, instance):
        raise PermissionDenied


@hooks.register("before_edit_page", order=-10)
@hooks.register("before_edit_snippet", order=-10)
def guard_gaps(request, instance):
    """Refuse to publish a translation with gaps, which would be filled with the original."""
    publishes = request.method == "POST" and request.POST.get("action") == "publish"
    if not publishes or not isinstance(instance, TranslatableMixin):
        return None
    translation = Translation.objects.filter(
        source__object_id=instance.translation_key, target_locale=instance.locale_id, enabled=True
    ).first()
    if translation is None or is_complete(translation):
        return None
    messages.error(request, _("Translate what is still missing, then publish."))
    return redirect(request.path)


@hooks.register("construct_page_action_menu", order=100)
@hooks.register("construct_snippet_action_menu", order=100)
def hide_what_is_refused(menu_items, request, context):
    """Offer nobody what the guards would refuse."""
    instance = context.get("page") or context.get("instance")
    hidden = {CONVERT}
    if instance is None or not may_steer(request.user, instance):
        hidden.add(RESTART)
    menu_items[:] = [item for item in menu_items if item.name not in hidden]


@hooks.register("insert_editor_js")
def editor_script():
    """Take what is refused out of wagtail-localize's editor, which is drawn by a script."""
    return format_html('<script src="{}"></script>', static("translation/editor.js"))


@hooks.register("insert_global_admin_css")
def editor_styles():
    """Hide in the editor what the script cannot take out."""
    return format_html('<link rel="stylesheet" href="{}">', static("translation/editor.css"))


@hooks.register("construct_translated_pages_to_cascade_actions")
def count_translations(pages, action):
    """Let the page that asks "are you sure?" say how many translations follow."""
    if action != "unpublish":
        return {}
    return {page: followers(page) for page in pages}

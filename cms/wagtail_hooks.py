"""Admin customisations: the site frame's snippet, Vietnamese slugs, dates and sort order."""

from django.db import models
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.models import Page, get_page_models
from wagtail.query import PageQuerySet
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

# Each package keeps its hooks beside the code that they concern. Importing a module registers them.
import cms.addresses.unpublishing
import cms.deletion.hooks
import cms.documents.serving
import cms.operations.hooks
import cms.rich_text.entities
import cms.rich_text.language_styles
import cms.users.bulk_actions
import cms.visibility.hooks
import cms.visibility.privacy  # noqa: F401 - importing these modules registers their hooks
from cms.images.alt_text import repeats_caption
from cms.models import BodyPage, PortalPage, SiteFrame
from cms.text.dates import DateTimeField
from cms.text.slug_input import VietnameseSlugInput
from cms.text.truncation import truncate

register_form_field_override(models.SlugField, override={"widget": VietnameseSlugInput})
register_form_field_override(
    models.DateTimeField, override={"form_class": DateTimeField, "widget": AdminDateTimeInput}
)


class SiteFrameViewSet(SnippetViewSet):
    """The admin views in which editors change names, addresses and the licence line."""

    model = SiteFrame
    icon = "form"
    list_display = ["site_name", "locale"]


register_snippet(SiteFrameViewSet)


@hooks.register("insert_editor_js")
def publish_after_autosave() -> SafeString:
    """Add the script that keeps a quick click on "publish" from creating a page twice."""
    return format_html('<script src="{}"></script>', static("cms/js/publish-after-autosave.js"))


@hooks.register("construct_explorer_page_queryset")
def sort_titles_alphabetically(
    parent_page: Page, pages: PageQuerySet, request: HttpRequest
) -> PageQuerySet:
    """Sort a list of pages by title in Vietnamese order.

    The databases do not know this order, so the query uses the stored `title_sort_key`.
    """
    ordering = request.GET.get("ordering", "")
    if ordering.removeprefix("-") != "title" or request.GET.get("q"):
        return pages
    keys = [
        f"{model._meta.model_name}__title_sort_key"
        for model in get_page_models()
        if issubclass(model, PortalPage)
    ]
    key = Coalesce(*keys, "title")
    return pages.order_by(key.desc() if ordering.startswith("-") else key.asc())


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def point_out_repeated_captions(request: HttpRequest, page: Page) -> None:
    """Warn about each alt text that only repeats its caption. The page is saved anyway."""
    saved_by_itself = "application/json" in request.headers.get("Accept", "")
    if saved_by_itself or not isinstance(page, BodyPage):
        return
    for picture in page.get_latest_revision_as_object().captioned_pictures():
        if repeats_caption(picture["image"].contextual_alt_text or "", picture["caption"]):
            messages.warning(
                request,
                _(
                    "The alt text of a picture repeats its caption: “%(caption)s”. Who hears the "
                    "page hears it twice. Say what the picture shows."
                )
                % {"caption": truncate(picture["caption"], 80)},
            )

"""Form fields that hold a page, and hide its title from users who may not see the page."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from wagtail import hooks
from wagtail.admin.compare import ForeignObjectComparison, register_comparison_class
from wagtail.admin.rich_text.converters.html_to_contentstate import ExternalLinkElementHandler
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry

from cms.rich_text.entities import PageLinkInEditor, link_entity
from cms.visibility import may_see
from cms.visibility.viewer import title_for_viewer, viewer


class VisiblePageLinkHandler(PageLinkInEditor):
    """A link to a page in the rich text editor, without the URL of a hidden page.

    The URL would reveal the title.
    """

    def get_attribute_data(self, attrs: Mapping[str, str]) -> dict[str, Any]:
        """Return the editor's data about the page, with no URL if the page is hidden."""
        data = super().get_attribute_data(attrs)
        page = Page.objects.filter(pk=data.get("id")).first()
        user = viewer()
        if page is not None and user is not None and not may_see(user, page):
            data["url"] = None
        return data


@hooks.register("register_rich_text_features", order=10)
def register_visible_link_handler(features: FeatureRegistry) -> None:
    """Register our handler for the links of rich text, in place of Wagtail's."""
    features.register_converter_rule(
        "contentstate",
        "link",
        {
            "from_database_format": {
                "a[href]": ExternalLinkElementHandler("LINK"),
                'a[linktype="page"]': VisiblePageLinkHandler("LINK"),
            },
            "to_database_format": {"entity_decorators": {"LINK": link_entity}},
        },
    )


class VisiblePageComparison(ForeignObjectComparison):
    """The comparison of two versions of a field that holds a page."""

    def get_objects(self) -> tuple[Page | None, Page | None]:
        """Return the pages, with the titles that the current user may see."""
        pages = super().get_objects()
        for page in filter(None, pages):
            page.title = title_for_viewer(page)
        return pages


register_comparison_class(models.ForeignKey, to=Page, comparison_class=VisiblePageComparison)


def hide_titles() -> None:
    """Patch the page chooser widget so that it shows the title only to users who may see it.

    Forms, panels and blocks create this widget themselves, and Wagtail has no hook for it. In a
    comparison of versions, the block itself renders the title (cms/blocks/related.py).
    """
    AdminPageChooser.get_display_title = lambda self, page: title_for_viewer(page)

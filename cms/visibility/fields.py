"""The fields of forms that hold a page: a page that was chosen may be hidden from who looks."""

from django.db import models
from wagtail import hooks
from wagtail.admin.compare import ForeignObjectComparison, register_comparison_class
from wagtail.admin.rich_text.converters.html_to_contentstate import ExternalLinkElementHandler
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from cms.rich_text.entities import PageLinkInEditor, link_entity
from cms.visibility import may_see
from cms.visibility.viewer import title_seen, viewer


class DiscreetLinkHandler(PageLinkInEditor):
    """A link to a page in the editor of rich text: its address tells the title, too."""

    def get_attribute_data(self, attrs):
        """Return what the editor tells of the page; without an address where it is hidden."""
        data = super().get_attribute_data(attrs)
        page = Page.objects.filter(pk=data.get("id")).first()
        if page is not None and viewer() is not None and not may_see(viewer(), page):
            data["url"] = None
        return data


@hooks.register("register_rich_text_features", order=10)
def tell_no_hidden_address(features):
    """Have the links of rich text be read by our handler, in place of Wagtail's."""
    features.register_converter_rule(
        "contentstate",
        "link",
        {
            "from_database_format": {
                "a[href]": ExternalLinkElementHandler("LINK"),
                'a[linktype="page"]': DiscreetLinkHandler("LINK"),
            },
            "to_database_format": {"entity_decorators": {"LINK": link_entity}},
        },
    )


class KnownPageComparison(ForeignObjectComparison):
    """Compares two versions of a field that holds a page."""

    def get_objects(self):
        """Return the pages, called as whoever compares may know them."""
        pages = super().get_objects()
        for page in filter(None, pages):
            page.title = title_seen(page)
        return pages


register_comparison_class(models.ForeignKey, to=Page, comparison_class=KnownPageComparison)


def hide_titles():
    """Have the fields in which a page is chosen name it only to who may know of it.

    Forms, panels and blocks make these themselves: there is no hook for it. What a comparison
    of versions shows of a block, the block says (cms/blocks/related.py).
    """
    AdminPageChooser.get_display_title = lambda self, page: title_seen(page)

"""Links and embeds within rich text, whose ids come from outside.

Wagtail looks up every id that it finds. One `id="abc"` breaks the published page, its editor and
its feed. Here, an id that is not a valid key is a link to nothing. Such a link is shown as plain
text if it is stored already. A new one is refused (`MarkedRichTextBlock`).
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Model
from django.utils.html import escape
from draftjs_exporter.types import Element
from wagtail import hooks
from wagtail.admin.rich_text.converters import contentstate
from wagtail.admin.rich_text.converters.html_to_contentstate import PageLinkElementHandler
from wagtail.documents.models import AbstractDocument
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.embeds.rich_text import MediaEmbedHandler
from wagtail.images.formats import get_image_formats
from wagtail.images.models import AbstractImage
from wagtail.images.rich_text import ImageEmbedHandler
from wagtail.models import Page
from wagtail.rich_text import EntityHandler
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.rich_text.pages import PageLinkHandler

from cms.text.keys import is_key, valid_keys


class ValidatedKeyEntityMixin(EntityHandler):
    """Mixin for handlers that look up only valid keys."""

    @classmethod
    def get_many(
        cls, attrs_list: Iterable[Mapping[str, str]]
    ) -> list[Page | AbstractDocument | AbstractImage | None]:
        """Return the object of each entity, or `None` if its id is not a valid key."""
        keys = valid_keys(attrs.get("id") for attrs in attrs_list)
        return super().get_many([{"id": key} for key in keys])

    @classmethod
    def extract_references(
        cls, attrs: Mapping[str, str]
    ) -> Iterator[tuple[type[Model], str, str, str]]:
        """Yield the references of an entity only if its id is a valid key."""
        if is_key(attrs.get("id")):
            yield from super().extract_references(attrs)


class PageLink(ValidatedKeyEntityMixin, PageLinkHandler):
    """A link to a page. It becomes plain text if the page is deleted or has no URL."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: Iterable[Mapping[str, str]]) -> list[str]:
        """Return the opening tag of each link."""
        addresses = [page and page.localized.url for page in cls.get_many(attrs_list)]
        return [f'<a href="{escape(address)}">' if address else "<a>" for address in addresses]


class DocumentLink(ValidatedKeyEntityMixin, DocumentLinkHandler):
    """A link to a file."""


class ImageEmbed(ValidatedKeyEntityMixin, ImageEmbedHandler):
    """A picture within the text. No block of ours offers it, but an import may bring one."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: Iterable[Mapping[str, str]]) -> list[str]:
        """Return the HTML of each picture, but draw nothing if the format is unknown."""
        known = {image_format.name for image_format in get_image_formats()}
        return super().expand_db_attributes_many(
            [attrs if attrs.get("format") in known else {} for attrs in attrs_list]
        )


class MediaEmbed(MediaEmbedHandler):
    """A video within the text."""

    @staticmethod
    def expand_db_attributes(attrs: Mapping[str, str]) -> str:
        """Return the HTML of the video, or an empty text if it has no URL."""
        return MediaEmbedHandler.expand_db_attributes(attrs) if attrs.get("url") else ""


class PageLinkInEditor(PageLinkElementHandler):
    """The handler that opens a link to a page in the editor.

    A link to nothing opens as a link without a URL. cms/visibility/fields.py registers this handler
    and adds a check of whether the user may know the URL.
    """

    def get_attribute_data(self, attrs: Mapping[str, str]) -> dict[str, int | str | None]:
        """Return the data of the link for the editor."""
        if not is_key(attrs.get("id")):
            return {"url": ""}
        return super().get_attribute_data(attrs)


def link_entity(props: Mapping[str, Any]) -> Element:
    """Return the link in its stored form, or only its text if it has no target."""
    if props.get("id") is None and not props.get("url"):
        return props["children"]
    return contentstate.link_entity(props)


@hooks.register("register_rich_text_features", order=100)
def register_link_and_embed_handlers(features: FeatureRegistry) -> None:
    """Replace Wagtail's handlers, which are registered before these."""
    features.register_link_type(PageLink)
    features.register_link_type(DocumentLink)
    features.register_embed_type(ImageEmbed)
    features.register_embed_type(MediaEmbed)

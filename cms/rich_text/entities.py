"""Links and embeds within rich text: the ids that they carry come from outside.

Wagtail looks up whatever stands there, and one `id="abc"` breaks the published page, its editor and
its feed. An id that is no key of the database is a link to nothing here: what is stored already is
shown as plain text, and what is new is refused (`MarkedRichTextBlock`).
"""

from django.utils.html import escape
from wagtail import hooks
from wagtail.admin.rich_text.converters import contentstate
from wagtail.admin.rich_text.converters.html_to_contentstate import PageLinkElementHandler
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.embeds.rich_text import MediaEmbedHandler
from wagtail.images.formats import get_image_formats
from wagtail.images.rich_text import ImageEmbedHandler
from wagtail.rich_text.pages import PageLinkHandler

from cms.text.keys import is_key, valid_keys


class ValidatedKeyEntityMixin:
    """Looks up what may be there, and nothing else."""

    @classmethod
    def get_many(cls, attrs_list):
        """Return the object of each entity, `None` where its id is no key."""
        keys = valid_keys(attrs.get("id") for attrs in attrs_list)
        return super().get_many([{"id": key} for key in keys])

    @classmethod
    def extract_references(cls, attrs):
        """Yield no reference to what cannot be there."""
        if is_key(attrs.get("id")):
            yield from super().extract_references(attrs)


class PageLink(ValidatedKeyEntityMixin, PageLinkHandler):
    """A link to a page, plain text where the page is gone or has no address."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        """Return the opening tag of each link."""
        addresses = [page and page.localized.url for page in cls.get_many(attrs_list)]
        return [f'<a href="{escape(address)}">' if address else "<a>" for address in addresses]


class DocumentLink(ValidatedKeyEntityMixin, DocumentLinkHandler):
    """A link to a file."""


class ImageEmbed(ValidatedKeyEntityMixin, ImageEmbedHandler):
    """A picture within the text: none of ours offers it, an import may bring it."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        """Draw nothing where the format of the picture is unknown."""
        known = {image_format.name for image_format in get_image_formats()}
        return super().expand_db_attributes_many(
            [attrs if attrs.get("format") in known else {} for attrs in attrs_list]
        )


class MediaEmbed(MediaEmbedHandler):
    """A film within the text."""

    @staticmethod
    def expand_db_attributes(attrs):
        """Show nothing where there is no address."""
        return MediaEmbedHandler.expand_db_attributes(attrs) if attrs.get("url") else ""


class PageLinkInEditor(PageLinkElementHandler):
    """Opens a link to a page in the editor, one to nothing as a link without an address.

    It is registered by cms/visibility/fields.py, which adds who may know the address.
    """

    def get_attribute_data(self, attrs):
        """Return what the editor knows of the link."""
        if not is_key(attrs.get("id")):
            return {"url": ""}
        return super().get_attribute_data(attrs)


def link_entity(props):
    """Return the link as it is stored, its text alone where it leads nowhere."""
    if props.get("id") is None and not props.get("url"):
        return props["children"]
    return contentstate.link_entity(props)


@hooks.register("register_rich_text_features", order=100)
def register_link_and_embed_handlers(features):
    """Take the place of Wagtail's handlers, which are registered before."""
    features.register_link_type(PageLink)
    features.register_link_type(DocumentLink)
    features.register_embed_type(ImageEmbed)
    features.register_embed_type(MediaEmbed)

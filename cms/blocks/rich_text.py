"""The block of rich text: it refuses links to nothing, and keeps marks of language in translations.

wagtail-localize takes `span` for a block, which tears sentences apart and reorders what stands
around a link (https://github.com/wagtail/wagtail-localize/issues/778), and lets no inline tag but
`a` keep its attributes. So a mark travels as a link without an address: translators see
`<a id="a1">`, may move it or leave it out, and cannot make up another.
"""

from bs4 import BeautifulSoup
from django.core.exceptions import BadRequest, ValidationError
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.rich_text import RichText
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor
from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter

from cms.rich_text.content_state import broken_links, is_content_state
from cms.text.truncation import truncate

RICH_TEXT_BLOCK = blocks.RichTextBlock()


def rename_tag(value, old, new):
    """Return the rich text with the tag `new` instead of `old` where a language is marked."""
    soup = BeautifulSoup(value.source, "html.parser")
    for mark in soup.select(f"{old}[lang]"):
        mark.name = new
    return RichText(str(soup))


class MarkedRichTextBlock(blocks.RichTextBlock):
    """Rich text whose marks of language come back from translation; its links lead somewhere."""

    def value_from_datadict(self, data, files, prefix):
        """Refuse a request with something else than the editor sends."""
        sent = data.get(prefix)
        if sent is not None and not is_content_state(sent):
            raise BadRequest(f"{prefix} is no content state")
        return super().value_from_datadict(data, files, prefix)

    def clean(self, value):
        """Refuse links to what cannot be there, naming each."""
        value = super().clean(value)
        errors = [
            ValidationError(
                _("The link “%(text)s” leads to no page: “%(id)s” is no number. Choose it again."),
                code="broken_link",
                params={"text": truncate(text, 60), "id": truncate(key, 30)},
            )
            for text, key in broken_links(value.source)
        ]
        if errors:
            raise ValidationError(errors)
        return value

    def get_translatable_segments(self, value):
        """Return the segments that wagtail-localize finds where marks look like links."""
        return StreamFieldSegmentExtractor(None).handle_block(
            RICH_TEXT_BLOCK, rename_tag(value, "span", "a")
        )

    def restore_translated_segments(self, value, segments):
        """Return the translated text with its marks."""
        writer = StreamFieldSegmentsWriter(None, None, None)
        return rename_tag(writer.handle_block(RICH_TEXT_BLOCK, value, segments), "a", "span")

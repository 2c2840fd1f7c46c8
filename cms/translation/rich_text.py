"""Marks of language on their way through wagtail-localize.

It takes `span` for a block, which tears sentences apart and reorders what stands around a link
(https://github.com/wagtail/wagtail-localize/issues/778), and lets no inline tag but `a` keep its
attributes. So a mark travels as a link without an address: translators see `<a id="a1">`, may move
it or leave it out, and cannot make up another.
"""

from bs4 import BeautifulSoup
from wagtail import blocks
from wagtail.rich_text import RichText
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor
from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter

PLAIN = blocks.RichTextBlock()


def renamed(value, old, new):
    """Return the rich text with the tag `new` instead of `old` where a language is marked."""
    soup = BeautifulSoup(value.source, "html.parser")
    for mark in soup.select(f"{old}[lang]"):
        mark.name = new
    return RichText(str(soup))


class MarkedRichTextBlock(blocks.RichTextBlock):
    """Rich text whose marks of language come back from translation."""

    def get_translatable_segments(self, value):
        """Return the segments that wagtail-localize finds where marks look like links."""
        return StreamFieldSegmentExtractor(None).handle_block(PLAIN, renamed(value, "span", "a"))

    def restore_translated_segments(self, value, segments):
        """Return the translated text with its marks."""
        writer = StreamFieldSegmentsWriter(None, None, None)
        return renamed(writer.handle_block(PLAIN, value, segments), "a", "span")

"""The rich text block, which refuses broken links and keeps language marks in translations.

wagtail-localize treats `span` as a block element. This splits sentences and reorders the text
around a link (https://github.com/wagtail/wagtail-localize/issues/778). `a` is the only inline tag
that keeps its attributes in wagtail-localize. A language mark is therefore sent to translation as a
link without a URL. Translators see `<a id="a1">`. They may move it or leave it out, but they cannot
add a new one.
"""

from collections.abc import Mapping
from typing import Any

from bs4 import BeautifulSoup
from django.core.exceptions import BadRequest, ValidationError
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.rich_text import RichText
from wagtail_localize.segments import (
    OverridableSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor
from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter

from cms.rich_text.content_state import broken_links, is_content_state
from cms.text.truncation import truncate

RICH_TEXT_BLOCK = blocks.RichTextBlock()

# What wagtail-localize extracts from rich text: a template, sentences and link targets.
Segments = list[TemplateSegmentValue | StringSegmentValue | OverridableSegmentValue]


def rename_tag(value: RichText, old: str, new: str) -> RichText:
    """Return the rich text with each language mark renamed from the tag `old` to `new`."""
    soup = BeautifulSoup(value.source, "html.parser")
    for mark in soup.select(f"{old}[lang]"):
        mark.name = new
    return RichText(str(soup))


class MarkedRichTextBlock(blocks.RichTextBlock):
    """Rich text that keeps its language marks in translations and refuses broken links."""

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Mapping[str, Any], prefix: str
    ) -> RichText:
        """Raise `BadRequest` if the request holds content that the editor does not send."""
        sent = data.get(prefix)
        if sent is not None and not is_content_state(sent):
            raise BadRequest(f"{prefix} is no content state")
        return super().value_from_datadict(data, files, prefix)

    def clean(self, value: RichText) -> RichText:
        """Refuse links whose target cannot exist, and name each of these links in an error."""
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

    def get_translatable_segments(self, value: RichText) -> Segments:
        """Return the segments that wagtail-localize finds when marks look like links."""
        return StreamFieldSegmentExtractor(None).handle_block(
            RICH_TEXT_BLOCK, rename_tag(value, "span", "a")
        )

    def restore_translated_segments(self, value: RichText, segments: Segments) -> RichText:
        """Return the translated text with its language marks."""
        writer = StreamFieldSegmentsWriter(None, None, None)
        return rename_tag(writer.handle_block(RICH_TEXT_BLOCK, value, segments), "a", "span")

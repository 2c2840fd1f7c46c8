"""Text blocks: headings, paragraphs, quotes and callouts."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.rich_text import MarkedRichTextBlock
from cms.rich_text.languages import LANGUAGE_FEATURES, LANGUAGES


class HeadingBlock(blocks.CharBlock):
    """A heading within the article. The title itself is a field of the page."""

    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("A short line that opens a part of the article.")
        template = "cms/blocks/heading.html"
        preview_value = _("What changes from next month")


class ParagraphBlock(MarkedRichTextBlock):
    """Running text with the features that a newsroom needs.

    These are emphasis, links, lists and marks for foreign words.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", ["bold", "italic", "link", "ol", "ul", *LANGUAGE_FEATURES])
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Paragraph")
        description = _("Text with bold, italic, links and lists. Paste as many paragraphs as fit.")
        template = "cms/blocks/paragraph.html"
        preview_value = _(
            "<p>The department receives citizens every <b>Tuesday and Thursday</b> morning. "
            "Bring the receipt of your file.</p>"
        )


class QuoteBlock(blocks.StructBlock):
    """A quotation, shown separately from the text."""

    text = blocks.TextBlock(label=_("Quote"), max_length=1000)
    attribution = blocks.CharBlock(label=_("Who said it"), required=False, max_length=200)
    language = blocks.ChoiceBlock(
        label=_("Language"),
        choices=list(LANGUAGES.items()),
        required=False,
        search_index=False,
        help_text=_("If the words are in another language than the page: how they are read aloud."),
    )

    class Meta:
        icon = "openquote"
        label = _("Quote")
        description = _("A statement set apart from the text, with its speaker.")
        template = "cms/blocks/quote.html"
        preview_value = {
            "text": _("We used to wait a week for an answer. Now it comes the same afternoon."),
            "attribution": _("A farmer of the commune"),
        }


class CalloutBlock(blocks.StructBlock):
    """A box beside the article, for example with things to bring, a contact or a deadline."""

    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[("note", _("Note")), ("important", _("Important"))],
        default="note",
        search_index=False,
    )
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    text = ParagraphBlock(label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        description = _("A box that stands out: what to bring, whom to call, until when.")
        template = "cms/blocks/callout.html"
        preview_value = {
            "kind": "note",
            "title": _("What to bring"),
            "text": _("<p>Your identity card and the receipt of your file.</p>"),
        }

"""The blocks of an article's body.

wagtail-localize can translate a stream of structs. A struct may hold plain fields, an `ImageBlock`
or a list of such structs. With deeper nesting, wagtail-localize loses data or fails, so keep the
blocks this shallow.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from cms.blocks.document import OfficialDocumentBlock
from cms.blocks.pictures import CaptionedImageBlock, GalleryBlock
from cms.blocks.related import RelatedBlock
from cms.blocks.table import TableBlock
from cms.blocks.text import CalloutBlock, HeadingBlock, ParagraphBlock, QuoteBlock
from cms.blocks.video import VideoBlock
from cms.blocks.visitor_count import VisitorCountBlock

# The groups of the menu in which editors choose a block.
TEXT = pgettext_lazy("group of blocks", "Text")
PICTURES = _("Pictures and video")
DOCUMENTS = _("Tables and documents")
LINKS = _("Links and numbers")


class BodyBlock(blocks.StreamBlock):
    """The body of an article or of a plain page. The editor's menu has the same order."""

    heading = HeadingBlock(group=TEXT)
    paragraph = ParagraphBlock(group=TEXT)
    quote = QuoteBlock(group=TEXT)
    callout = CalloutBlock(group=TEXT)
    image = CaptionedImageBlock(group=PICTURES)
    gallery = GalleryBlock(group=PICTURES)
    video = VideoBlock(group=PICTURES)
    table = TableBlock(group=DOCUMENTS)
    document = OfficialDocumentBlock(group=DOCUMENTS)
    related = RelatedBlock(group=LINKS)
    visitor_count = VisitorCountBlock(group=LINKS)

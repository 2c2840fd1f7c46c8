"""The blocks of an article's body.

wagtail-localize can translate a stream of structs. A struct may hold plain fields, an `ImageBlock`
or a list of such structs. With deeper nesting, wagtail-localize loses data or fails, so keep the
blocks this shallow.
"""

from wagtail import blocks

from cms.blocks.document import OfficialDocumentBlock
from cms.blocks.pictures import CaptionedImageBlock, GalleryBlock
from cms.blocks.related import RelatedBlock
from cms.blocks.table import TableBlock
from cms.blocks.text import CalloutBlock, HeadingBlock, ParagraphBlock, QuoteBlock
from cms.blocks.video import VideoBlock
from cms.blocks.visitor_count import VisitorCountBlock


class BodyBlock(blocks.StreamBlock):
    """The body of an article or of a plain page."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    image = CaptionedImageBlock()
    gallery = GalleryBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    table = TableBlock()
    document = OfficialDocumentBlock()
    video = VideoBlock()
    related = RelatedBlock()
    visitor_count = VisitorCountBlock()

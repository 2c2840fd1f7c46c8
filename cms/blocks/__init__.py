"""The blocks of an article's body.

wagtail-localize carries a stream of structs that hold plain fields, an `ImageBlock` or a list of
such structs, and loses or breaks on anything nested deeper: keep them this shallow.
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
    """What an article or a plain page is made of."""

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

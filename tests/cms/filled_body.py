"""A test body with a block of every kind and with every field filled.

It is built from the block definitions.
"""

import itertools
import uuid

from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.blocks import BodyBlock
from cms.blocks.document import DocumentNumberBlock
from cms.visitors.models import VisitorCounter
from tests.factories import DocumentFactory, PictureFactory

# The start of every text of a filled body. It distinguishes the text from its translation.
WORD = "Chữ"


class FilledBody:
    """Builder of raw values for blocks.

    No two texts are alike. Page choosers get a page from `pages`.
    """

    def __init__(self, pages):
        self.pages = list(pages)
        self.numbers = itertools.count(1)

    def raw(self):
        """Return the raw stream with each kind of block once, but a video as link and as file."""
        stream = []
        for name, block in BodyBlock().child_blocks.items():
            if name == "video":
                # A video has a link or a file, never both.
                for unused in ({"file": None}, {"link": ""}):
                    stream.append((name, {**self.value(block), **unused}))
            else:
                stream.append((name, self.value(block)))
        return [{"type": name, "value": value, "id": str(uuid.uuid4())} for name, value in stream]

    def text(self):
        """Return a text that differs from all others."""
        return f"{WORD} {next(self.numbers)}"

    def value(self, block):
        """Return a raw value for `block` with every field filled.

        Raise `NotImplementedError` for an unknown kind of block.
        """
        for kind, fill in self.fillers():
            if isinstance(block, kind):
                return fill(block)
        raise NotImplementedError(f"Tell tests/cms/filled_body.py how to fill {block!r}")

    def fillers(self):
        """Return pairs of a kind of block and the function that fills it, special kinds first."""
        return [
            (DocumentNumberBlock, lambda block: "62/2020/NĐ-CP"),
            (ImageBlock, self.picture),
            (TableBlock, self.table),
            (blocks.StructBlock, self.struct),
            (blocks.ListBlock, self.list),
            (ImageChooserBlock, lambda block: PictureFactory().pk),
            (DocumentChooserBlock, lambda block: DocumentFactory(file__filename="phim.mp4").pk),
            (blocks.PageChooserBlock, lambda block: self.pages[0].pk),
            (SnippetChooserBlock, lambda block: VisitorCounter.objects.first().pk),
            (blocks.URLBlock, lambda block: "https://www.youtube.com/watch?v=abcdefghijk"),
            (blocks.DateBlock, lambda block: "2020-08-12"),
            (blocks.ChoiceBlock, lambda block: block.field.choices[-1][0]),
            (blocks.RichTextBlock, self.rich_text),
            (blocks.CharBlock, lambda block: self.text()),
            (blocks.TextBlock, lambda block: self.text()),
        ]

    def struct(self, block):
        """Return a struct with every field filled."""
        return {name: self.value(child) for name, child in block.child_blocks.items()}

    def list(self, block):
        """Return a list of two filled items."""
        return [
            {"type": "item", "value": self.value(block.child_block), "id": str(uuid.uuid4())}
            for _number in range(2)
        ]

    def picture(self, block):
        """Return a picture with its alt text."""
        return {"image": PictureFactory().pk, "alt_text": self.text(), "decorative": False}

    def rich_text(self, block):
        """Return paragraphs and a list, with emphasis and a link."""
        return (
            f"<p>{self.text()} <b>{self.text()}</b></p>"
            f'<p>{self.text()} <a href="https://tinh.example/">{self.text()}</a></p>'
            f"<ul><li>{self.text()}</li><li>{self.text()}</li></ul>"
        )

    def table(self, block):
        """Return a table. One cell holds only a figure, and two cells hold the same word."""
        same = self.text()
        return {
            "data": [[self.text(), self.text()], [same, "1.204"], [same, ""]],
            "cell": [],
            "mergeCells": [],
            "first_row_is_table_header": True,
            "first_col_is_header": False,
            "table_header_choice": "row",
            "table_caption": self.text(),
        }

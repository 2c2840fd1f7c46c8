"""The blocks of an article's body.

wagtail-localize carries a stream of structs that hold plain fields or an `ImageBlock`, and loses
or breaks on anything nested deeper: keep them this shallow.
"""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.snippets.blocks import SnippetChooserBlock


class HeadingBlock(blocks.CharBlock):
    """A heading within the article; the title itself is the page's."""

    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("A short line that opens a part of the article.")
        template = "cms/blocks/heading.html"
        preview_value = _("What changes from next month")


class ParagraphBlock(blocks.RichTextBlock):
    """Running text with what a news desk needs: emphasis, links and lists."""

    def __init__(self, **kwargs):
        kwargs.setdefault("features", ["bold", "italic", "link", "ol", "ul"])
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


class PictureBlock(ImageBlock):
    """Wagtail's picture with alt text, whose chooser has a label that can be translated."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.child_blocks["image"].label = _("Picture")


class CaptionedImageBlock(blocks.StructBlock):
    """A picture with all that belongs to it in one place. The caption is shown once."""

    image = PictureBlock(
        label=_("Picture"),
        help_text=_(
            "The alt text tells who cannot see the picture what it shows. Mark it as decorative "
            "only when nothing would be lost without it."
        ),
    )
    caption = blocks.CharBlock(
        label=_("Caption"), required=False, max_length=500, help_text=_("Shown below the picture.")
    )
    credit = blocks.CharBlock(
        label=_("Credit"),
        required=False,
        max_length=120,
        help_text=_("Who took the picture, without the word for picture itself."),
    )

    class Meta:
        icon = "image"
        label = _("Captioned picture")
        description = _("A picture with alt text, caption and credit.")
        template = "cms/blocks/image.html"
        preview_template = "cms/blocks/image_preview.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words, set apart."""

    text = blocks.TextBlock(label=_("Quote"), max_length=1000)
    attribution = blocks.CharBlock(label=_("Who said it"), required=False, max_length=200)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        description = _("A statement set apart from the text, with its speaker.")
        template = "cms/blocks/quote.html"
        preview_value = {
            "text": _("We used to wait a week for an answer. Now it comes the same afternoon."),
            "attribution": _("A farmer of the commune"),
        }


class VisitorCountBlock(SnippetChooserBlock):
    """The live number of people online, in the words of the chosen counter."""

    def __init__(self, target_model="visitors.VisitorCounter", **kwargs):
        super().__init__(target_model, **kwargs)

    def get_translatable_segments(self, value):
        """Keep wagtail-localize's hands off the counter.

        It would submit the counter along with the page and, a snippet being live at once, write
        Vietnamese into the English one. The template asks for the counter of the page's language.
        """
        return []

    def restore_translated_segments(self, value, segments):
        """Keep the chosen counter: see above."""
        return value

    def get_preview_value(self):
        """Show the first counter, as the block picker has nothing chosen yet."""
        return self.target_model.objects.first()

    class Meta:
        icon = "group"
        label = _("Visitor count")
        description = _("How many people are on the site at this moment.")
        template = "cms/blocks/visitor_count.html"


class BodyBlock(blocks.StreamBlock):
    """What an article or a plain page is made of."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    image = CaptionedImageBlock()
    quote = QuoteBlock()
    visitor_count = VisitorCountBlock()

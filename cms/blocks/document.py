"""The official document (văn bản) as a block."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.choosers import FileChooserBlock
from cms.blocks.translatable import UntranslatedMixin


class DocumentNumberBlock(UntranslatedMixin, blocks.CharBlock):
    """The number of a document, which is the same in every language."""


class OfficialDocumentBlock(blocks.StructBlock):
    """An issued document: first its file, then number, issue date, issuing body and abstract."""

    file = FileChooserBlock(
        label=_("File"), help_text=_("Choose it from the library or upload it: one step.")
    )
    number = DocumentNumberBlock(
        label=_("Number"), max_length=80, help_text=_("Number and symbol, as 62/2020/NĐ-CP.")
    )
    issue_date = blocks.DateBlock(label=_("Issue date"), required=False)
    issuing_body = blocks.CharBlock(label=_("Issuing body"), required=False, max_length=200)
    abstract = blocks.TextBlock(label=_("Abstract"), required=False, max_length=1000, rows=3)

    class Meta:
        icon = "doc-full"
        label = _("Official document")
        description = _("A file to read, with number, issue date, issuing body and abstract.")
        template = "cms/blocks/document.html"
        preview_template = "cms/blocks/document_preview.html"

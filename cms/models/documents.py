"""A custom model for the documents of the library, so that fields can be added later."""

from wagtail.documents.models import AbstractDocument, Document
from wagtail.search import index

from cms.models.text_mixin import NormalisedTextMixin
from cms.text.folding import fold


class PortalDocument(NormalisedTextMixin, AbstractDocument):
    """A document of the library."""

    admin_form_fields = Document.admin_form_fields
    search_fields = [
        *AbstractDocument.search_fields,
        index.SearchField("folded_title"),
        index.AutocompleteField("folded_title"),
    ]

    class Meta(AbstractDocument.Meta):
        pass

    def clean(self) -> None:
        """Check the file extension only if there is a file. A missing file has its own error."""
        if self.file:
            super().clean()

    def folded_title(self) -> str:
        """Return the text of the document for the search index."""
        return fold(" ".join([self.title, self.filename, *self.tags.names()]))

"""Files of the library, in a model of our own so that it can grow."""

from wagtail.documents.models import AbstractDocument, Document
from wagtail.search import index

from cms.models.text_mixin import NormalisedTextMixin
from cms.text.folding import fold


class PortalDocument(NormalisedTextMixin, AbstractDocument):
    """A file of the library."""

    admin_form_fields = Document.admin_form_fields
    search_fields = [
        *AbstractDocument.search_fields,
        index.SearchField("folded_title"),
        index.AutocompleteField("folded_title"),
    ]

    class Meta(AbstractDocument.Meta):
        pass

    def clean(self):
        """Judge the suffix of a file only where there is one: its lack is told already."""
        if self.file:
            super().clean()

    def folded_title(self):
        """Return what the index holds of the document."""
        return fold(" ".join([self.title, self.filename, *self.tags.names()]))

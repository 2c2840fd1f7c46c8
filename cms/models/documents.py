"""Files of the library, in a model of our own so that it can grow."""

from wagtail.documents.models import AbstractDocument, Document

from cms.models.normalised import NormalisedTextMixin


class PortalDocument(NormalisedTextMixin, AbstractDocument):
    """A file of the library."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        pass

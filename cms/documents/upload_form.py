"""The upload form of documents. It checks the content of a file and does not trust its name."""

from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm

from cms.storage.upload_form import StoredWhenValidMixin

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"

# For each suffix: the offset and the bytes of the signature that shows the kind of the file.
SIGNATURES = {
    "doc": (0, OLE),
    "docx": (0, ZIP),
    "mp4": (4, b"ftyp"),
    "ods": (0, ZIP),
    "odt": (0, ZIP),
    "pdf": (0, b"%PDF-"),
    "webm": (0, b"\x1a\x45\xdf\xa3"),
    "xls": (0, OLE),
    "xlsx": (0, ZIP),
}

MAX_DOCUMENT_BYTES = 50 * 1024 * 1024
MAX_VIDEO_BYTES = 200 * 1024 * 1024


class DocumentForm(StoredWhenValidMixin, BaseDocumentForm):
    """The form of a document in the library and in the chooser."""

    def add_error(self, field: str | None, error: Any) -> None:
        """Add an error to the form.

        If the form has no field for the file, an error of the file is shown above the form.
        Wagtail's form for several documents at once has no such field. The model still checks the
        file. It refuses a stored file of a kind that is no longer allowed.
        """
        of_fields = getattr(error, "error_dict", {})
        if field is None and "file" in of_fields and "file" not in self.fields:
            error = of_fields["file"]
        super().add_error(field, error)

    def clean_file(self) -> File | None:
        """Refuse a file that does not match its name or is too large."""
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data or not file:
            return file
        suffix = PurePath(file.name).suffix.lower().removeprefix(".")
        largest = MAX_VIDEO_BYTES if suffix in ("mp4", "webm") else MAX_DOCUMENT_BYTES
        if file.size > largest:
            raise ValidationError(
                _("“%(name)s” has %(size)s. A file may have at most %(largest)s."),
                params={
                    "name": file.name,
                    "size": filesizeformat(file.size),
                    "largest": filesizeformat(largest),
                },
            )
        offset, signature = SIGNATURES.get(suffix, (0, b""))
        file.seek(offset)
        beginning = file.read(len(signature))
        file.seek(0)
        if beginning != signature:
            raise ValidationError(
                _("“%(name)s” is no %(kind)s file, whatever its name says."),
                params={"name": file.name, "kind": suffix.upper()},
            )
        return file

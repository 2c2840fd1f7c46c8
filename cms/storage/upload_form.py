"""The part that the forms of pictures and of documents share: storing the file."""

from dataclasses import dataclass
from functools import partial

from django.db import DatabaseError, transaction
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _

from cms.storage.disk import is_disk_full


@dataclass
class ReplacedFile:
    """The file that another one replaces: what Wagtail's forms delete, and too early.

    It stays until the row names the other one, for good.
    """

    file: FieldFile

    @property
    def name(self):
        """Its name."""
        return self.file.name

    @property
    def storage(self):
        """Where the form has it deleted."""
        return self

    def delete(self, name):
        """Delete it when nothing can bring it back into use."""
        transaction.on_commit(partial(self.file.storage.delete, name))


class StoredWhenValidMixin:
    """Stores the file as the last step of validation.

    A full disk is then an error of the form, which keeps what was typed.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.original_file:
            self.original_file = ReplacedFile(self.original_file)

    def save(self, commit=True):
        """Save the row, or neither row nor file."""
        try:
            with transaction.atomic():
                return super().save(commit)
        except DatabaseError:
            if "file" in self.changed_data:
                stored = self.instance.file
                stored.storage.delete(stored.name)
            raise

    def full_clean(self):
        """Validate the form; once all is right, write the file as saving the object would."""
        super().full_clean()
        if not self.is_bound or self.errors or "file" not in self.changed_data:
            return
        stored = self.instance.file
        try:
            stored.save(stored.name, stored.file, save=False)
        except OSError as error:
            if not is_disk_full(error):
                raise
            self.add_error(
                "file",
                _(
                    "The disk of the server is full: “%(name)s” was not stored. Tell whoever runs "
                    "the server, then choose the file again."
                )
                % {"name": self.cleaned_data["file"].name},
            )

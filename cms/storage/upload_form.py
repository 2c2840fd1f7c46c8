"""The part that the forms of pictures and of documents share: storing the file."""

from dataclasses import dataclass
from functools import partial
from typing import Any, Self

from django.db import DatabaseError, transaction
from django.db.models import Model
from django.db.models.fields.files import FieldFile
from django.forms import ModelForm
from django.utils.translation import gettext as _

from cms.storage.disk import is_disk_full


@dataclass
class ReplacedFile:
    """A file that a new one replaces. Wagtail's forms would delete it too early.

    It stays until the transaction is committed in which the row names the new file.
    """

    file: FieldFile

    @property
    def name(self) -> str | None:
        """The name of the file."""
        return self.file.name

    @property
    def storage(self) -> Self:
        """The object that deletes the file for the form."""
        return self

    def delete(self, name: str) -> None:
        """Delete the file after the commit, when nothing can bring it back into use."""
        transaction.on_commit(partial(self.file.storage.delete, name))


class StoredWhenValidMixin(ModelForm):
    """Mixin that stores the file as the last step of validation.

    A full disk is then an error of the form, and the form keeps the typed values.
    """

    original_file: FieldFile | ReplacedFile

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.original_file, FieldFile) and self.original_file:
            # It has all that Wagtail's forms use of a `FieldFile`.
            self.original_file = ReplacedFile(self.original_file)

    def save(self, commit: bool = True) -> Model:
        """Save the row. If that fails, delete the new file too."""
        try:
            with transaction.atomic():
                return super().save(commit)
        except DatabaseError:
            if "file" in self.changed_data:
                stored = self.instance.file
                stored.storage.delete(stored.name)
            raise

    def full_clean(self) -> None:
        """Validate the form. If it is valid, write the file as saving the object would."""
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

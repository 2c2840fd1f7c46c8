"""Custom models for the library's pictures and renditions, so that fields can be added later."""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from os.path import splitext
from pathlib import PurePath
from typing import Any

from django.db import OperationalError, models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.coreutils import string_to_ascii
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Filter,
    Image,
    SourceImageIOError,
)
from wagtail.search import index

from cms.images.alt_text import is_file_name
from cms.models.text_mixin import NormalisedTextMixin
from cms.storage.disk import is_disk_full
from cms.text.folding import fold
from cms.text.slugs import slug_from

# Random bytes in the name of a file, so that nobody can guess it. Each is two hexadecimal digits.
RANDOM_BYTES = 8

# Maximum length in characters of a rendition's file name, without its folder.
#
# If the name is taken, the storage adds up to 8 characters. It truncates the result to the 100
# characters of the column.
MAX_NAME_LENGTH = 80

# Maximum number of characters of a former name of a rendition.
MAX_FORMER_NAME_LENGTH = 100

# Maximum length in characters of a file's suffix, including its dot.
MAX_SUFFIX_LENGTH = 10


@contextmanager
def report_full_disk_as_missing_file() -> Iterator[None]:
    """Raise `SourceImageIOError` if the block fails because the disk is full.

    Wagtail handles this error, which normally means that a source file is missing.
    """
    try:
        yield
    except (OSError, OperationalError) as error:
        if is_disk_full(error):
            raise SourceImageIOError(str(error)) from error
        raise


@contextmanager
def delete_files_unless_saved(renditions: Iterable[AbstractRendition]) -> Iterator[None]:
    """Delete the files that were written for `renditions` if the block raises an exception.

    Otherwise files would remain without database rows.
    """
    unwritten = [rendition.file for rendition in renditions if not rendition.file._committed]
    try:
        yield
    except BaseException:
        for file in unwritten:
            if file._committed:
                file.delete(save=False)
        raise


class PortalImage(NormalisedTextMixin, AbstractImage):
    """A picture of the library. The article that uses the picture holds its caption and credit."""

    admin_form_fields = Image.admin_form_fields
    search_fields = [
        *AbstractImage.search_fields,
        index.SearchField("folded_title"),
        index.AutocompleteField("folded_title"),
    ]

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def get_upload_to(self, filename: str) -> str:
        """Return the upload path with a random part, so that nobody can guess the name."""
        path = PurePath(super().get_upload_to(filename))
        name = (
            f"{path.stem[:50]}-{secrets.token_hex(RANDOM_BYTES)}{path.suffix[:MAX_SUFFIX_LENGTH]}"
        )
        return str(path.with_name(name))

    def create_rendition(self, filter: Filter) -> AbstractRendition:  # noqa: A002 - Wagtail's name
        """Create and return a rendition.

        If the disk is full, pages show the same placeholder as for a missing file.
        """
        with report_full_disk_as_missing_file():
            return super().create_rendition(filter)

    def create_renditions(self, *filters: Filter) -> dict[Filter, AbstractRendition]:
        """Create and return several renditions, with the same handling of a full disk."""
        with report_full_disk_as_missing_file():
            return super().create_renditions(*filters)

    @property
    def default_alt_text(self) -> str:
        """Return the proposed alt text, which is never the name of a file."""
        if self.description:
            return self.description
        file_name = PurePath(self.file.name).stem.rpartition("-")[0]
        if is_file_name(self.title) or slug_from(self.title) == slug_from(file_name):
            return ""
        return self.title

    def folded_title(self) -> str:
        """Return the text of the picture for the search index."""
        return fold(" ".join([self.title, self.description, *self.tags.names()]))


class RenditionQuerySet(models.QuerySet[AbstractRendition]):
    """A queryset that can create several renditions at once."""

    def bulk_create(
        self, objs: Iterable[AbstractRendition], *args: Any, **kwargs: Any
    ) -> list[AbstractRendition]:
        """Write the files and rows. If this fails, delete the files, so that none lacks a row."""
        renditions = list(objs)
        with delete_files_unless_saved(renditions), transaction.atomic():
            return super().bulk_create(renditions, *args, **kwargs)


class PortalRendition(AbstractRendition):
    """One size and format of a picture, in a file whose name nobody can guess.

    Anyone who knows the name may fetch the file, even if the picture belongs to a draft.
    """

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")
    # NULL in a row from an older version, until the worker checks it. False until it is renamed.
    has_random_name = models.BooleanField(default=True, null=True, editable=False)

    objects = RenditionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition"
            )
        ]
        indexes = [
            # Contains the renditions that the worker has not checked yet. It is usually empty.
            models.Index(
                fields=["id"],
                condition=models.Q(has_random_name__isnull=True),
                name="rendition_to_rename",
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the file and the row. If this fails, delete the file."""
        with delete_files_unless_saved([self]):
            super().save(*args, **kwargs)

    def get_upload_to(self, filename: str) -> str:
        """Return the upload path with a random start, so that nobody can guess the name.

        The random part is at the start because Wagtail truncates the name of the picture at the
        end. The storage also truncates long names at the end.
        """
        plain = "".join(c if c.isascii() else "_" for c in string_to_ascii(filename))
        stem, suffix = splitext(plain.replace("/", "_"))
        if len(suffix) > MAX_SUFFIX_LENGTH:
            stem, suffix = stem + suffix, ""
        readable = f"{secrets.token_hex(RANDOM_BYTES)}-{stem}"
        return super().get_upload_to(readable[: MAX_NAME_LENGTH - len(suffix)] + suffix)


class FormerRenditionName(models.Model):
    """A guessable name of a rendition, which the worker replaces (`cms/renditions/renaming.py`).

    The row is saved before any file changes, so that the worker can resume an interrupted renaming.
    After the renaming, the row is kept as long as the former URL may be served.
    """

    # SET_NULL keeps the row if the picture is deleted. So the worker still removes the files before
    # it deletes the row.
    rendition = models.OneToOneField(
        PortalRendition, on_delete=models.SET_NULL, null=True, related_name="former_name"
    )
    name = models.CharField(max_length=MAX_FORMER_NAME_LENGTH)
    new_name = models.CharField(max_length=100)
    renamed = models.BooleanField(default=False)
    # The time when the worker processes the row: to rename, to retry or to delete the former name.
    due_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        indexes = [
            models.Index(fields=["name"], name="former_rendition_name"),
            models.Index(fields=["due_at"], name="former_rendition_due"),
        ]

    def __str__(self) -> str:
        return self.name

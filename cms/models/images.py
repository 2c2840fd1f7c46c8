"""Pictures of the library, in a model of our own so that it can grow."""

import secrets
from contextlib import contextmanager
from os.path import splitext
from pathlib import PurePath

from django.db import OperationalError, models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.coreutils import string_to_ascii
from wagtail.images.models import AbstractImage, AbstractRendition, Image, SourceImageIOError
from wagtail.search import index

from cms.images.alt_text import is_file_name
from cms.models.text_mixin import NormalisedTextMixin
from cms.storage.disk import is_disk_full
from cms.text.folding import fold
from cms.text.slugs import slug_from

# Bytes of chance in the name of a file, each two hexadecimal digits: beyond guessing.
RANDOM_BYTES = 8

# Characters of a rendition's name without its folder.
#
# Storage adds up to eight where the name is taken, and cuts it to the hundred of the column.
LONGEST_NAME = 80

# Characters of what is taken for the suffix of a file, with its dot.
LONGEST_SUFFIX = 10


@contextmanager
def room_or_lost():
    """Turn a full disk into what Wagtail knows how to bear: a file that cannot be had."""
    try:
        yield
    except (OSError, OperationalError) as error:
        if is_disk_full(error):
            raise SourceImageIOError(str(error)) from error
        raise


@contextmanager
def row_or_no_file(renditions):
    """Remove the files again that were written for rows which could not be."""
    unwritten = [rendition.file for rendition in renditions if not rendition.file._committed]
    try:
        yield
    except BaseException:
        for file in unwritten:
            if file._committed:
                file.delete(save=False)
        raise


class PortalImage(NormalisedTextMixin, AbstractImage):
    """A picture of the library. Caption and credit belong to its place in an article."""

    admin_form_fields = Image.admin_form_fields
    search_fields = [
        *AbstractImage.search_fields,
        index.SearchField("folded_title"),
        index.AutocompleteField("folded_title"),
    ]

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def get_upload_to(self, filename):
        """Add what nobody can guess to the name."""
        path = PurePath(super().get_upload_to(filename))
        name = f"{path.stem[:50]}-{secrets.token_hex(RANDOM_BYTES)}{path.suffix[:LONGEST_SUFFIX]}"
        return str(path.with_name(name))

    def create_rendition(self, filter):  # noqa: A002 - Wagtail's name
        """Draw a size; where it cannot be written, pages show a placeholder as for a lost file."""
        with room_or_lost():
            return super().create_rendition(filter)

    def create_renditions(self, *filters):
        """Draw several sizes, likewise."""
        with room_or_lost():
            return super().create_renditions(*filters)

    @property
    def default_alt_text(self):
        """Return what is proposed as alt text: never the name of a file."""
        if self.description:
            return self.description
        file_name = PurePath(self.file.name).stem.rpartition("-")[0]
        if is_file_name(self.title) or slug_from(self.title) == slug_from(file_name):
            return ""
        return self.title

    def folded_title(self):
        """Return what the index holds of the picture."""
        return fold(" ".join([self.title, self.description, *self.tags.names()]))


class RenditionQuerySet(models.QuerySet):
    """Sizes of pictures, several of which are written at once."""

    def bulk_create(self, objs, *args, **kwargs):
        """Write files and rows; no file stays without its row."""
        renditions = list(objs)
        with row_or_no_file(renditions), transaction.atomic():
            return super().bulk_create(renditions, *args, **kwargs)


class PortalRendition(AbstractRendition):
    """One size and format of a picture, in a file whose name nobody can guess.

    Everybody may fetch it who knows its name, that of a draft's picture too.
    """

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")
    # Empty in a row of older software, until the worker has seen it; False until it is renamed.
    has_random_name = models.BooleanField(default=True, null=True, editable=False)

    objects = RenditionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition"
            )
        ]
        indexes = [
            # Holds what the worker has still to rename: nothing, most of the time.
            models.Index(
                fields=["id"],
                condition=models.Q(has_random_name__isnull=True),
                name="rendition_to_rename",
            )
        ]

    def save(self, *args, **kwargs):
        """Write file and row; the file does not stay without its row."""
        with row_or_no_file([self]):
            super().save(*args, **kwargs)

    def get_upload_to(self, filename):
        """Begin the name with what nobody can guess.

        Wagtail cuts the name of the picture, and storage cuts what is too long: both at the end.
        """
        plain = "".join(c if c.isascii() else "_" for c in string_to_ascii(filename))
        stem, suffix = splitext(plain.replace("/", "_"))
        if len(suffix) > LONGEST_SUFFIX:
            stem, suffix = stem + suffix, ""
        readable = f"{secrets.token_hex(RANDOM_BYTES)}-{stem}"
        return super().get_upload_to(readable[: LONGEST_NAME - len(suffix)] + suffix)


class FormerRenditionName(models.Model):
    """A name that could be guessed, which the worker replaces (`cms/renditions/renaming.py`).

    It is written down before any file is touched, so that work that was cut off is taken up again.
    Once the rendition is renamed the row stays as long as the former address may answer.
    """

    # Nothing of a picture that is deleted meanwhile may be forgotten: its files are removed first.
    rendition = models.OneToOneField(
        PortalRendition, on_delete=models.SET_NULL, null=True, related_name="former_name"
    )
    name = models.CharField(max_length=100)
    new_name = models.CharField(max_length=100)
    renamed = models.BooleanField(default=False)
    # When the worker looks at the row: to rename, to try again, or to forget the former name.
    due_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        indexes = [
            models.Index(fields=["name"], name="former_rendition_name"),
            models.Index(fields=["due_at"], name="former_rendition_due"),
        ]

    def __str__(self):
        return self.name

"""The source strings from which a revision of a translation was made."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TranslatedRevision(models.Model):
    """A revision of a translation, with its source strings and the number of gaps.

    `source_strings` are pairs of ids in page order: a context and a string of wagtail-localize.
    `gaps` is how many of them have no finished translation. `unplaced` are texts that somebody
    wrote into the page by hand and that belong to no text of the original. The desk cannot keep
    them, and warns before it omits them.
    """

    revision = models.OneToOneField(
        "wagtailcore.Revision", on_delete=models.CASCADE, related_name="translated"
    )
    source_strings = models.JSONField()
    gaps = models.PositiveIntegerField()
    unplaced = models.JSONField(default=list)

    class Meta:
        verbose_name = _("revision of a translation")
        verbose_name_plural = _("revisions of translations")

    def __str__(self) -> str:
        return f"{self.revision}"

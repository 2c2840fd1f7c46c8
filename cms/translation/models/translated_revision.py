"""What a revision of a translation was made from."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TranslatedRevision(models.Model):
    """A revision of a translation: of which source strings it is, and how many of them it lacks.

    `source_strings` are pairs of the ids of a context and of a string of wagtail-localize, in the
    order of the page. `unplaced` are texts that somebody wrote into the page by hand and that
    belong to no text of the original: the desk cannot keep them, and asks before it leaves them
    out.
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

    def __str__(self):
        return f"{self.revision}"

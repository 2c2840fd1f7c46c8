"""One page in one language, as the board shows it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """How far a translation is. A published one whose original changed since is stale."""

    MISSING = "missing", _("missing")
    DRAFT = "draft", _("draft")
    RETURNED = "returned", _("sent back")
    REVIEW = "review", _("waiting for review")
    PUBLISHED = "published", _("published")
    STALE = "stale", _("stale")


# The states in which a translator is asked to do something.
WAITING = (State.RETURNED, State.STALE, State.DRAFT, State.MISSING)


# The urgency, at least, of what is not done: below any change, above what is published.
MIN_URGENCY = {State.RETURNED: 4, State.REVIEW: 3, State.DRAFT: 2, State.MISSING: 1}


class PageTranslationQuerySet(models.QuerySet):
    """The rows of the board."""

    def in_locales(self, locales):
        """Return the rows of these locales, and no others."""
        return self.filter(locale__in=locales)

    def of_pages_below(self, page):
        """Return the rows of `page` and of all pages below it."""
        return self.filter(source_page__path__startswith=page.path)

    def by_urgency(self):
        """Sort by how much of the meaning changed, then the newest first; an index serves this."""
        return self.order_by("-urgency", "-posted_at", "-pk")

    def for_lines(self):
        """Leave what the lines of the board do not tell."""
        return self.defer("approved_strings")


class PageTranslation(models.Model):
    """How far `source_page`, a page in its original language, is in `locale`.

    All but `translator`, `approved_at` and `approved_strings` can be counted anew
    (cms/translation/progress.py); it is kept so that the board answers at once for any number of
    pages. `approved_strings` are the source strings of the last
    published revision, pairs of ids as in `TranslatedRevision`; `changed_count` of the present ones
    are not among them, or of them not among the present ones. `urgency` grows with how much of the
    meaning changed (cms/translation/diff.py).
    """

    source_page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="page_translations"
    )
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")
    translation = models.OneToOneField(
        "wagtail_localize.Translation",
        on_delete=models.SET_NULL,
        null=True,
        related_name="page_translation",
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.MISSING)
    segment_count = models.PositiveIntegerField(default=0)
    translated_count = models.PositiveIntegerField(default=0)
    changed_count = models.PositiveIntegerField(default=0)
    stale_since = models.DateTimeField(null=True)
    urgency = models.PositiveIntegerField(default=0)
    translator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    approved_strings = models.JSONField(default=list)
    posted_at = models.DateTimeField(null=True)

    objects = PageTranslationQuerySet.as_manager()

    class Meta:
        verbose_name = _("translation of a page")
        verbose_name_plural = _("translations of pages")
        constraints = [
            models.UniqueConstraint(fields=["source_page", "locale"], name="one_row_a_language")
        ]
        indexes = [
            models.Index(
                fields=["locale", "-urgency", "-posted_at", "-id"], name="translation_by_urgency"
            ),
            models.Index(
                fields=["locale", "state", "-urgency", "-posted_at", "-id"],
                name="translation_state_urgency",
            ),
            models.Index(
                fields=["-urgency", "-posted_at", "-id"], name="translation_of_any_language"
            ),
            models.Index(fields=["-posted_at", "-id"], name="translation_by_posted_at"),
        ]

    def __str__(self):
        return f"{self.source_page} ({self.locale})"

    @property
    def approved_keys(self):
        """Return the keys of the segments that were published last, `None` if none ever were."""
        return self.approved_strings if self.approved_at else None

    @property
    def percentage(self):
        """Return how much is translated and confirmed, 0 to 100; 100 only when all is."""
        if not self.segment_count:
            return 0
        return 100 * self.translated_count // self.segment_count


def with_changed_at(pages, locale):
    """Annotate `pages`, which are originals, with `changed_at`.

    It is the time since when the translation of a page into `locale` is out of date, `None` where
    it is up to date.
    """
    behind = PageTranslation.objects.filter(source_page=models.OuterRef("pk"), locale=locale)
    return pages.annotate(changed_at=models.Subquery(behind.values("stale_since")))

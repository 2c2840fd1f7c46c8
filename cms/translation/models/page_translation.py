"""The state of one page in one language, which the board shows."""

from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page
from wagtail.query import PageQuerySet


class State(models.TextChoices):
    """The states of a translation. It is stale if its original changed after it was published."""

    MISSING = "missing", _("missing")
    DRAFT = "draft", _("draft")
    RETURNED = "returned", _("sent back")
    REVIEW = "review", _("waiting for review")
    PUBLISHED = "published", _("published")
    STALE = "stale", _("stale")


# The states in which a translator has something to do.
WAITING = (State.RETURNED, State.STALE, State.DRAFT, State.MISSING)


# The minimum urgency of unfinished translations. It is lower than the urgency of any change, and
# higher than that of a published translation without changes.
MIN_URGENCY: dict[str, int] = {State.RETURNED: 4, State.REVIEW: 3, State.DRAFT: 2, State.MISSING: 1}


class PageTranslationQuerySet(models.QuerySet["PageTranslation"]):
    """Queries for the rows of the board."""

    def in_locales(self, locales: Iterable[Locale]) -> Self:
        """Return only the rows of these locales."""
        return self.filter(locale__in=locales)

    def of_pages_below(self, page: Page) -> Self:
        """Return the rows of `page` and of all pages below it."""
        return self.filter(source_page__path__startswith=page.path)

    def by_urgency(self) -> Self:
        """Sort by how much of the meaning changed, then by the newest original.

        An index serves this order.
        """
        return self.order_by("-urgency", "-posted_at", "-pk")

    def for_lines(self) -> Self:
        """Defer `approved_strings`, which the lines of the board do not show."""
        return self.defer("approved_strings")


class PageTranslation(models.Model):
    """The progress of `source_page`, a page in its original language, in `locale`.

    All fields except `translator`, `approved_at` and `approved_strings` can be calculated again
    (cms/translation/progress.py). They are stored so that the board is fast for any number of
    pages. `approved_strings` are the source strings of the last published revision, as pairs of ids
    (see `TranslatedRevision`). `changed_count` is the number of differences between them and the
    current source strings. `urgency` grows with how much of the meaning changed
    (cms/translation/diff.py).
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

    def __str__(self) -> str:
        return f"{self.source_page} ({self.locale})"

    @property
    def approved_keys(self) -> list[list[int]] | None:
        """Return the keys of the last published segments, `None` if nothing was published."""
        return self.approved_strings if self.approved_at else None

    @property
    def percentage(self) -> int:
        """Return how much is translated and confirmed, from 0 to 100.

        It is 100 only if every text is translated and confirmed.
        """
        if not self.segment_count:
            return 0
        return 100 * self.translated_count // self.segment_count


def with_changed_at(pages: PageQuerySet, locale: Locale | int) -> PageQuerySet:
    """Annotate `pages`, which are originals, with `changed_at`.

    It is the time at which the translation of a page into `locale` became out of date, or `None` if
    the translation is up to date.
    """
    behind = PageTranslation.objects.filter(source_page=models.OuterRef("pk"), locale=locale)
    return pages.annotate(changed_at=models.Subquery(behind.values("stale_since")))

"""The querysets behind every list of articles."""

from collections.abc import Iterable
from typing import Self

from django.db.models import Q
from wagtail.models import Page, PageManager, TranslatableMixin
from wagtail.query import PageQuerySet

from cms.images.sizes import LISTING_PICTURE, PictureUse, prefetch_renditions
from cms.restrictions import without_restricted

# The order of every list. The primary key decides between two articles of the same minute.
NEWEST_FIRST = ("-published_at", "-pk")


class ArticleQuerySet(PageQuerySet):
    """Queryset of the articles that readers may see."""

    def published(self) -> Self:
        """Keep the articles that anyone may read: live and not private."""
        return without_restricted(self.live())

    def newest_first(self) -> Self:
        """Order by posted date, newest first."""
        return self.order_by(*NEWEST_FIRST)

    def for_listing(self) -> Self:
        """Defer the bodies, which no list shows, and join the pictures."""
        return self.defer("body").select_related("picture")

    def with_topic(self, topic: TranslatableMixin) -> Self:
        """Keep the articles of a topic in the topic's own language."""
        return self.filter(
            locale=topic.locale_id,
            pk__in=topic.article_topics.model.objects.filter(
                topic__translation_key=topic.translation_key
            ).values("article"),
        )

    def newest_per_section(self, sections: Iterable[Page], number: int) -> Self:
        """Keep the `number` newest articles of each section, whatever other sections contain."""
        newest = Q(pk__in=[])
        for section in sections:
            newest_here = self.child_of(section).newest_first().values("pk")[:number]
            newest |= Q(pk__in=newest_here)
        return self.filter(newest)


# Wagtail has no types, so mypy cannot know this base class.
class ArticleManager(PageManager.from_queryset(ArticleQuerySet)):  # type: ignore[misc]
    """The manager `ArticlePage.objects`."""


def listing(articles: Iterable[Page], *uses: PictureUse) -> list[Page]:
    """Return the articles of a `for_listing()` queryset, with their pictures' renditions."""
    articles = list(articles)
    prefetch_renditions(
        [article.picture for article in articles if article.picture], *(uses or [LISTING_PICTURE])
    )
    return articles

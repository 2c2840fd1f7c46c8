"""Updates of the search index of articles after a change of their topics."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django_tasks import task
from wagtail.search.backends import get_search_backend

from cms.operations.failed_tasks import name_task
from news.models import ArticlePage, ArticleTopic

# The number of articles that are indexed in one batch.
BATCH = 100


def article_ids_of_topic(translation_key: UUID) -> list[int]:
    """Return the primary keys of the articles of a topic.

    The indexed text of each of these articles contains the name of the topic.
    """
    chosen = ArticleTopic.objects.filter(topic__translation_key=translation_key)
    return list(chosen.values_list("article", flat=True).distinct())


@task(backend="background")
def index_articles(keys: Sequence[int]) -> None:
    """Index the articles with these primary keys again."""
    backend = get_search_backend()
    for start in range(0, len(keys), BATCH):
        articles = ArticlePage.objects.filter(pk__in=keys[start : start + BATCH])
        backend.add_bulk(ArticlePage, list(articles))


name_task(index_articles, _("Bringing the search up to date after a change of a topic"))

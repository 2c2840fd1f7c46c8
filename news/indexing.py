"""Keeping the index of search at what articles and their topics say."""

from django_tasks import task
from wagtail.search.backends import get_search_backend

from news.models import ArticlePage, ArticleTopic

BATCH = 100
"""Articles that are indexed at once."""


@task(backend="background")
def index_articles_about(translation_key):
    """Index the articles of a topic, in all languages, again: its name is among their words."""
    chosen = ArticleTopic.objects.filter(topic__translation_key=translation_key)
    keys = list(chosen.values_list("article", flat=True).distinct())
    backend = get_search_backend()
    for start in range(0, len(keys), BATCH):
        articles = ArticlePage.objects.filter(pk__in=keys[start : start + BATCH])
        backend.add_bulk(ArticlePage, list(articles))

"""Signal handlers for publishing, withdrawing and deleting articles and topics."""

from typing import Any

from django.db import transaction
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from wagtail.search.index import insert_or_update_object
from wagtail.signals import page_published, published, unpublished

from cms.models import GoneAddress
from news.indexing import article_ids_of_topic, index_articles
from news.models import ArticlePage, Topic


@receiver(page_published, sender=ArticlePage)
def reindex_article(sender: type[ArticlePage], instance: ArticlePage, **kwargs: Any) -> None:
    """Index the article again, because its topics are stored after the article itself."""
    # A new instance, because this one may have cached its former text.
    insert_or_update_object(ArticlePage.objects.get(pk=instance.pk))


@receiver([published, unpublished], sender=Topic)
def reindex_articles_of_topic(sender: type[Topic], instance: Topic, **kwargs: Any) -> None:
    """Index the topic's articles again, so that search finds them by its current name."""
    index_articles.enqueue(article_ids_of_topic(instance.translation_key))


@receiver(unpublished, sender=Topic)
def remember_withdrawn_topic(sender: type[Topic], instance: Topic, **kwargs: Any) -> None:
    """Remember the URL of the topic, so that it returns 410."""
    GoneAddress.remember(instance.get_absolute_url())


@receiver(pre_delete, sender=Topic)
def remember_deleted_topic(sender: type[Topic], instance: Topic, **kwargs: Any) -> None:
    """Remember the URL of a topic that was public."""
    if instance.live:
        GoneAddress.remember(instance.get_absolute_url())


@receiver(pre_delete, sender=Topic)
def reindex_articles_of_deleted_topic(sender: type[Topic], instance: Topic, **kwargs: Any) -> None:
    """Index the articles of a deleted topic again, so that its name no longer finds them."""
    articles = article_ids_of_topic(instance.translation_key)
    transaction.on_commit(lambda: index_articles.enqueue(articles))

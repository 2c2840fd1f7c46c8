"""What follows when articles and topics are published, withdrawn and deleted."""

from django.db import transaction
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from wagtail.search.index import insert_or_update_object
from wagtail.signals import page_published, published, unpublished

from cms.models import GoneAddress
from news.indexing import article_ids_of_topic, index_articles
from news.models import ArticlePage, Topic


@receiver(page_published, sender=ArticlePage)
def reindex_article(sender, instance, **kwargs):
    """Index the article again: its topics are stored after the article itself."""
    # Another instance: this one may know its words of before.
    insert_or_update_object(ArticlePage.objects.get(pk=instance.pk))


@receiver([published, unpublished], sender=Topic)
def reindex_articles_of_topic(sender, instance, **kwargs):
    """Let the articles be found by what the topic is called now."""
    index_articles.enqueue(article_ids_of_topic(instance.translation_key))


@receiver(unpublished, sender=Topic)
def remember_withdrawn_topic(sender, instance, **kwargs):
    """Keep the address of the topic, so that it answers 410."""
    GoneAddress.remember(instance.get_absolute_url())


@receiver(pre_delete, sender=Topic)
def remember_deleted_topic(sender, instance, **kwargs):
    """Keep the address of a topic that was public."""
    if instance.live:
        GoneAddress.remember(instance.get_absolute_url())


@receiver(pre_delete, sender=Topic)
def reindex_articles_of_deleted_topic(sender, instance, **kwargs):
    """Let the articles of a deleted topic no longer be found by its name."""
    articles = article_ids_of_topic(instance.translation_key)
    transaction.on_commit(lambda: index_articles.enqueue(articles))

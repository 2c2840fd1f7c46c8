"""What follows when a topic is withdrawn or deleted."""

from django.db.models.signals import pre_delete
from django.dispatch import receiver
from wagtail.signals import unpublished

from cms.models import GoneAddress
from news.models import Topic


@receiver(unpublished, sender=Topic)
def remember_withdrawn_topic(sender, instance, **kwargs):
    """Keep the address of the topic, so that it answers 410."""
    GoneAddress.remember(instance.get_absolute_url())


@receiver(pre_delete, sender=Topic)
def remember_deleted_topic(sender, instance, **kwargs):
    """Keep the address of a topic that was public."""
    if instance.live:
        GoneAddress.remember(instance.get_absolute_url())

"""The model of a topic (chủ đề), which articles of any section can have in common."""

from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import (
    DraftStateMixin,
    Orderable,
    Page,
    RevisionMixin,
    Site,
    TranslatableMixin,
)
from wagtail.search import index

from cms.addresses.redirects import redirect_path
from cms.models.text_mixin import NormalisedTextMixin
from cms.text.folding import fold
from cms.text.slugs import slug_from


class TopicQuerySet(models.QuerySet["Topic"]):
    """Queryset of the topics that readers may see."""

    def published(self) -> Self:
        """Keep the live topics, and join the locale, which the URL of a topic needs."""
        return self.filter(live=True).select_related("locale")

    def of_article(self, article: Page) -> Self:
        """Keep the topics of `article` in its own language, in the editors' order.

        An article and its translations refer to the topics in the original's language. The result
        has the translations of these topics.
        """
        chosen = ArticleTopic.objects.filter(
            article=article.pk, topic__translation_key=OuterRef("translation_key")
        )
        topics = self.filter(Exists(chosen), locale=article.locale_id)
        position = Subquery(chosen.values("sort_order")[:1])
        return topics.annotate(position=position).order_by(F("position").asc(nulls_last=True), "pk")


# The manager of `ArticleTopic` comes from Wagtail, which has no types.
class Topic(  # type: ignore[django-manager-missing]
    NormalisedTextMixin,
    DraftStateMixin,
    RevisionMixin,
    TranslatableMixin,
    index.Indexed,
    models.Model,
):
    """A topic, which has its own page in each language.

    It has drafts because a translation starts as a draft. So a Vietnamese name never appears under
    `/en/`.
    """

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(
        _("address"),
        max_length=120,
        blank=True,
        help_text=_("The end of its address. Left empty, it follows the name."),
    )
    description = models.TextField(
        _("description"),
        max_length=500,
        blank=True,
        help_text=_("One or two sentences, shown above the articles."),
    )

    objects = TopicQuerySet.as_manager()

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("description")]
    search_fields = [
        index.SearchField("folded_name"),
        index.AutocompleteField("folded_name"),
        index.FilterField("locale_id"),
    ]

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["locale", "slug"],
                name="one_topic_an_address",
                violation_error_message=_("There is a topic with this name or address already."),
            ),
            models.UniqueConstraint(
                fields=["translation_key", "locale"], name="unique_topic_translation"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Save the topic, and redirect from its former URL if it is published and renamed."""
        renames = update_fields is None or "slug" in update_fields
        former = Topic.objects.published().filter(pk=self.pk).first() if renames else None
        super().save(*args, update_fields=update_fields, **kwargs)
        if former and self.live and former.slug != self.slug:
            redirect_path(former.get_absolute_url(), self.get_absolute_url())

    def get_absolute_url(self) -> str:
        """Return the path of the topic's page."""
        with override(self.locale.language_code):
            return reverse("topic", args=[self.slug])

    def clean(self) -> None:
        """Derive a missing slug from the name, and reject a slug that another topic has."""
        super().clean()
        self.slug = self.slug or slug_from(self.name, max_length=120)
        if not self.slug:
            raise ValidationError({"name": _("Use letters or figures in the name.")})
        # The form has no field for the language, so it does not check the unique constraint.
        if Topic.objects.filter(locale=self.locale_id, slug=self.slug).exclude(pk=self.pk).exists():
            raise ValidationError(
                {"name": _("There is a topic with this name or address already.")}
            )

    def folded_name(self) -> str:
        """Return the text of the topic in the search index."""
        return fold(self.name)

    def get_url(self, request: HttpRequest | None = None) -> str:
        """Return the path of the topic's page, like `Page.get_url`."""
        return self.get_absolute_url()

    def get_full_url(self, request: HttpRequest | None = None) -> str:
        """Return the absolute URL of the topic's page, like `Page.get_full_url`."""
        site = Site.find_for_request(request) if request else None
        return (site.root_url if site else settings.WAGTAILADMIN_BASE_URL) + self.get_absolute_url()

    def live_translations(self) -> TopicQuerySet:
        """Return the published translations, for the language switch and `hreflang`."""
        translations = Topic.objects.published().filter(translation_key=self.translation_key)
        return translations.exclude(pk=self.pk)


class ArticleTopic(Orderable):
    """A topic of an article, with its position."""

    article = ParentalKey(
        "news.ArticlePage", on_delete=models.CASCADE, related_name="article_topics"
    )
    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), on_delete=models.CASCADE, related_name="article_topics"
    )

    panels = [FieldPanel("topic")]

    class Meta(Orderable.Meta):
        verbose_name = _("topic of an article")
        verbose_name_plural = _("topics of articles")

    def __str__(self) -> str:
        return str(self.topic)

"""The model of an article (bài viết)."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.images.sizes import LEAD_PICTURE, LISTING_PICTURE, SOCIAL_PICTURE, PictureUse
from cms.models import BodyPage, PortalImage
from news.models.topic import Topic, TopicQuerySet
from news.querysets import ArticleManager, ArticleQuerySet

# The number of articles that "Tin mới nhất" (latest news) lists.
LATEST_COUNT = 8

# The maximum number of topics of an article.
MAX_TOPICS = 5


def this_minute() -> datetime:
    """Return the current time without seconds, as editors type it."""
    return timezone.now().replace(second=0, microsecond=0)


class ArticlePage(BodyPage):
    """A news article. Only its title is required for saving."""

    introduction = models.TextField(
        _("lead"),
        blank=True,
        max_length=1000,
        help_text=_("One or two sentences that say what happened. Shown in lists too."),
    )
    published_at = models.DateTimeField(
        _("posted date"), default=this_minute, help_text=_("Lists show the newest first.")
    )
    author = models.CharField(_("author"), max_length=120, blank=True)
    source_name = models.CharField(
        _("source"), max_length=120, blank=True, help_text=_("Where the news was taken from.")
    )
    source_url = models.URLField(_("link to the source"), max_length=500, blank=True)
    chosen_picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("picture in lists"),
        help_text=_("Shown in lists and where the article is shared, in place of its first one."),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = ArticleManager()

    parent_page_types = ["news.NewsIndexPage"]
    subpage_types: list[str] = []
    page_description = _("A piece of news with text and captioned pictures.")
    template = "news/article.html"

    content_panels = [
        *BodyPage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
        FieldPanel("chosen_picture"),
        MultipleChooserPanel(
            "article_topics",
            chooser_field_name="topic",
            label=_("Topic"),
            heading=_("Topics"),
            max_num=MAX_TOPICS,
        ),
        MultiFieldPanel(
            [FieldPanel("source_name"), FieldPanel("source_url"), FieldPanel("author")],
            heading=_("Source and author"),
        ),
        FieldPanel("published_at"),
    ]
    search_fields = [
        *BodyPage.search_fields,
        index.FilterField("published_at"),
    ]

    # All translations of an article have the same posted date and the same link to the source.
    override_translatable_fields = [
        SynchronizedField("published_at", overridable=False),
        SynchronizedField("source_url", overridable=False),
    ]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = [models.Index(fields=["-published_at", "-page_ptr"], name="article_newest_first")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the picture of the article for lists, which do not load bodies."""
        if "body" not in self.get_deferred_fields():
            self.find_picture()
        super().save(*args, **kwargs)

    def find_picture(self) -> None:
        """Set the picture that lists show: the chosen one, otherwise the first one of the body."""
        self.picture = self.chosen_picture or next(iter(self.body_pictures()), None)

    def search_texts(self) -> list[str]:
        """Add the author and the source."""
        return [*super().search_texts(), self.author, self.source_name]

    def indexed_texts(self) -> list[str]:
        """Add the names of the topics, which excerpts do not show."""
        return [*super().indexed_texts(), *(topic.name for topic in self.topics())]

    def picture_uses(self) -> list[tuple[PortalImage, PictureUse]]:
        """Add the uses of the article's picture on other pages.

        The picture is set first, so that the picture of a draft is included.
        """
        self.find_picture()
        uses = super().picture_uses()
        if self.picture:
            uses += [(self.picture, use) for use in (LISTING_PICTURE, LEAD_PICTURE)]
        return uses

    def shown_picture_uses(self) -> list[tuple[PortalImage, PictureUse]]:
        """Add the picture that other sites show when the article is shared."""
        shown = super().shown_picture_uses()
        for picture, _use in shown:
            if picture.pk == self.picture_id:
                # The body has loaded this picture already, so it needs no query.
                self.picture = picture
                break
        return [*shown, (self.picture, SOCIAL_PICTURE)] if self.picture else shown

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the topics and the newest articles of the language."""
        context = super().get_context(request, *args, **kwargs)
        context["topics"] = self.topics()
        context["latest_articles"] = self.latest_articles()
        return context

    def topics(self) -> TopicQuerySet:
        """Return the published topics of the article in its language."""
        return Topic.objects.published().of_article(self)

    def latest_articles(self) -> ArticleQuerySet:
        """Return the newest articles in the language of this one, itself included."""
        articles = ArticlePage.objects.published().filter(locale=self.locale_id)
        return articles.newest_first().for_listing()[:LATEST_COUNT]

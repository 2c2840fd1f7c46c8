"""Atom feeds: the newest articles of a language, a section or a topic, with their pictures."""

from django.contrib.syndication.views import Feed
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Enclosure
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.models import SiteFrame
from cms.pictures import LEAD_PICTURE
from news.models import ArticlePage, Topic
from news.querysets import listing

NEWEST = 20
"""How many articles a feed names."""


class ArticleFeed(Feed):
    """The newest articles of the language of the address."""

    feed_type = Atom1Feed

    def get_object(self, request):
        """Return what the feed is about: here, the site."""
        return SiteFrame.for_active_language()

    def title(self, frame):
        """Return the name of the site."""
        return frame.site_name or _("News portal")

    def subtitle(self, frame):
        """Return who publishes it."""
        return frame.governing_body

    def link(self, frame):
        """Return the page that the feed is of."""
        return reverse("wagtail_serve", args=[""])

    def articles(self, frame):
        """Return the articles to choose the newest of."""
        return ArticlePage.objects.filter(locale__language_code=get_language())

    def items(self, about):
        """Return the newest articles with their pictures."""
        newest = self.articles(about).published().newest_first().for_listing()[:NEWEST]
        return listing(newest, LEAD_PICTURE)

    def item_title(self, article):
        """Return the title, which Django escapes."""
        return article.title

    def item_description(self, article):
        """Return the lead."""
        return article.introduction

    def item_link(self, article):
        """Return the address."""
        return article.get_full_url()

    def item_guid(self, article):
        """Return what stays the same when the article is renamed."""
        return f"urn:uuid:{article.translation_key}:{get_language()}"

    def item_author_name(self, article):
        """Return the author, if one is named."""
        return article.author or None

    def item_pubdate(self, article):
        """Return the posted date."""
        return article.published_at

    def item_updateddate(self, article):
        """Return when it was last published, which may be a correction."""
        return max(article.last_published_at or article.published_at, article.published_at)

    def item_enclosures(self, article):
        """Return the picture of the article."""
        if not article.picture:
            return []
        rendition = LEAD_PICTURE.rendition(article.picture)
        try:
            length = rendition.file.size
        except OSError:
            return []
        return [Enclosure(rendition.full_url, str(length), "image/jpeg")]


class SectionFeed(ArticleFeed):
    """The newest articles of a section."""

    def get_object(self, request, section):
        """Return the section."""
        return section

    def title(self, section):
        """Return the name of the section."""
        return section.title

    def subtitle(self, section):
        """Return what the section is about."""
        return section.introduction

    def link(self, section):
        """Return the address of the section."""
        return section.get_full_url()

    def articles(self, section):
        """Return the articles of the section."""
        return section.articles()


class TopicFeed(ArticleFeed):
    """The newest articles of a topic."""

    def get_object(self, request, slug):
        """Return the topic; 404 where there is none."""
        topics = Topic.objects.published().filter(locale__language_code=get_language())
        return get_object_or_404(topics, slug=slug)

    def title(self, topic):
        """Return the name of the topic."""
        return topic.name

    def subtitle(self, topic):
        """Return what the topic is about."""
        return topic.description

    def link(self, topic):
        """Return the address of the topic."""
        return topic.get_absolute_url()

    def articles(self, topic):
        """Return the articles of the topic."""
        return ArticlePage.objects.about(topic)

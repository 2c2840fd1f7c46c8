"""Atom feeds of the newest articles of a language, a section or a topic, with their pictures."""

import re
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Enclosure
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator
from wagtail.models import Page, TranslatableMixin

from cms.images.sizes import LEAD_PICTURE
from cms.models import SiteFrame
from cms.models.slugs import FEED
from news.querysets import ArticleQuerySet, listing

# The maximum number of articles in a feed.
MAX_ENTRIES = 20


# Characters that XML forbids, even if they are escaped.
INVALID_XML_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def strip_invalid_xml_characters(element: Mapping[str, object]) -> dict[str, object]:
    """Return the values of a feed element, with the characters that XML forbids removed."""
    return {
        name: INVALID_XML_CHARACTERS.sub("", value) if isinstance(value, str) else value
        for name, value in element.items()
    }


class PlainAtomFeed(Atom1Feed):
    """An Atom feed that stays valid if a stored text contains a forbidden character.

    Validation removes such characters, but rows may be older than the validation or bypass it.
    """

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """Write the elements that describe the feed."""
        self.feed = strip_invalid_xml_characters(self.feed)
        super().add_root_elements(handler)

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """Write one entry."""
        super().add_item_elements(handler, strip_invalid_xml_characters(item))


class ArticleFeed(Feed):
    """Base class for feeds of the newest of `articles`.

    `articles` is the queryset of the articles that the feed may contain. A subclass returns the
    object of the feed from `get_object`, and returns the `title`, `subtitle` and `link` of that
    object. `link` is an absolute URL, so that the feed is the same for every host name.
    """

    feed_type = PlainAtomFeed

    def __init__(self, articles: ArticleQuerySet) -> None:
        self.articles = articles

    def feed_url(self, obj: TranslatableMixin) -> str:
        """Return the URL of the feed, which is below the URL of the page that it belongs to."""
        return f"{self.link(obj)}{FEED}/"

    def author_name(self, obj: TranslatableMixin) -> str:
        """Return the site's name for articles without an author, because each entry needs one."""
        return name_of_site(SiteFrame.for_active_language())

    def items(self, obj: TranslatableMixin) -> list[Page]:
        """Return the newest articles with their pictures."""
        newest = self.articles.published().newest_first().for_listing()[:MAX_ENTRIES]
        return listing(newest, LEAD_PICTURE)

    def item_title(self, article: Page) -> str:
        """Return the title, which is plain text in Atom."""
        return article.title

    # Django leaves the element out for `None`.
    def item_description(self, article: Page) -> SafeString | None:  # type: ignore[override]
        """Return the lead as HTML, because Django declares the description as HTML."""
        return escape(article.introduction) or None

    def item_link(self, article: Page) -> str:
        """Return the absolute URL of the article."""
        return article.get_full_url()

    def item_guid(self, article: Page) -> str:
        """Return an id that stays the same when the article is renamed."""
        return uuid.uuid5(article.translation_key, get_language()).urn

    def item_author_name(self, article: Page) -> str | None:
        """Return the author, or `None` if the article has no author."""
        return article.author or None

    def item_pubdate(self, article: Page) -> datetime:
        """Return the posted date."""
        return article.published_at

    def item_updateddate(self, article: Page) -> datetime:
        """Return the time of the last publication, which may be a correction."""
        return max(article.last_published_at or article.published_at, article.published_at)

    def item_enclosures(self, article: Page) -> list[Enclosure]:
        """Return the picture of the article, if its file exists."""
        if not article.picture:
            return []
        rendition = LEAD_PICTURE.rendition(article.picture)
        try:
            length = rendition.file.size
        except OSError:
            return []
        return [Enclosure(rendition.full_url, str(length), "image/jpeg")]


class SiteFeed(ArticleFeed):
    """A feed of the newest articles in the language of the URL."""

    def get_object(self, request: HttpRequest) -> SiteFrame:
        """Return the frame, which names the site."""
        return SiteFrame.for_active_language()

    def title(self, frame: SiteFrame) -> str:
        """Return the name of the site."""
        return name_of_site(frame)

    def subtitle(self, frame: SiteFrame) -> str | None:
        """Return the governing body as the publisher of the site."""
        return frame.governing_body or None

    def author_name(self, frame: SiteFrame) -> str:
        """Return the name of the site from the frame that is loaded already."""
        return name_of_site(frame)

    def link(self, frame: SiteFrame) -> str:
        """Return the absolute URL of the home page."""
        return settings.WAGTAILADMIN_BASE_URL + reverse("wagtail_serve", args=[""])


class SectionFeed(ArticleFeed):
    """A feed of the newest articles of a section."""

    def get_object(self, request: HttpRequest, section: Page) -> Page:
        """Return the section."""
        return section

    def title(self, section: Page) -> str:
        """Return the name of the section."""
        return section.title

    def subtitle(self, section: Page) -> str | None:
        """Return the introduction of the section."""
        return section.introduction or None

    def link(self, section: Page) -> str:
        """Return the absolute URL of the section."""
        return section.get_full_url()


class TopicFeed(ArticleFeed):
    """A feed of the newest articles of a topic."""

    def get_object(self, request: HttpRequest, topic: TranslatableMixin) -> TranslatableMixin:
        """Return the topic."""
        return topic

    def title(self, topic: TranslatableMixin) -> str:
        """Return the name of the topic."""
        return topic.name

    def subtitle(self, topic: TranslatableMixin) -> str | None:
        """Return the description of the topic."""
        return topic.description or None

    def link(self, topic: TranslatableMixin) -> str:
        """Return the absolute URL of the topic."""
        return topic.get_full_url()


def name_of_site(frame: SiteFrame) -> str:
    """Return the name that `frame` gives the site."""
    return frame.site_name or _("News portal")

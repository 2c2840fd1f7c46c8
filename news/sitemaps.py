"""The sitemap of all public URLs, each with its translations in other languages."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from wagtail.models import Page

from cms.restrictions import without_restricted
from news.models import Topic


class TranslatedSitemap(Sitemap):
    """A sitemap of objects that are linked to their translations by `translation_key`.

    The number of queries does not depend on the length of the sitemap.
    """

    limit = 1000

    def items(self) -> QuerySet:
        """Return the objects, including those that are not public. Each subclass defines them."""
        raise NotImplementedError

    def get_urls(
        self, page: int | str = 1, site: object = None, protocol: str | None = None
    ) -> list[dict[str, Any]]:
        """Return the entries of one page, with `hreflang` where there is more than one language.

        Objects that are not public are left out. Objects without a URL are left out too, for
        example a page that is outside of all sites.
        """
        items = list(self.paginator.page(page).object_list)
        urls_by_key: dict[UUID, dict[str, str]] = {}
        keys = {item.translation_key for item in items}
        for each in self.without_private(self.items().filter(translation_key__in=keys)):
            if url := each.get_full_url():
                urls_by_key.setdefault(each.translation_key, {})[each.locale.language_code] = url
        entries = [
            self.entry(item, urls_by_key[item.translation_key])
            for item in items
            if item.locale.language_code in urls_by_key.get(item.translation_key, {})
        ]
        modified_dates = [entry["lastmod"] for entry in entries if entry["lastmod"]]
        self.latest_lastmod = max(modified_dates, default=None)
        return entries

    def without_private(self, items: QuerySet) -> QuerySet:
        """Return the `items` that anyone may read; called for one page of the sitemap at a time."""
        return items

    def entry(self, item: Page | Topic, urls_by_language: Mapping[str, str]) -> dict[str, Any]:
        """Return one entry in the form that Django's template expects."""
        alternates = [
            {"lang_code": code, "location": url} for code, url in sorted(urls_by_language.items())
        ]
        return {
            "item": item,
            "location": urls_by_language[item.locale.language_code],
            "lastmod": item.last_published_at,
            "changefreq": None,
            "priority": "",
            "alternates": alternates if len(urls_by_language) > 1 else [],
        }


class PageSitemap(TranslatedSitemap):
    """A sitemap of every page that anyone may read, in the order of the tree."""

    def items(self) -> QuerySet[Page]:
        """Return the live pages without their content, private pages included.

        A private page only takes up a position in the sitemap; `without_private` omits it later. So
        pages can be counted and divided without checking which of them are private.
        """
        pages = Page.objects.live().filter(depth__gt=1, **site_language_filter())
        return pages.select_related("locale").order_by("path")

    def without_private(self, items: QuerySet[Page]) -> QuerySet[Page]:
        """Return `items` without private pages."""
        return without_restricted(items)


class TopicSitemap(TranslatedSitemap):
    """A sitemap of every published topic."""

    def items(self) -> QuerySet[Topic]:
        """Return the published topics."""
        return Topic.objects.published().filter(**site_language_filter()).order_by("pk")


def site_language_filter() -> dict[str, dict[str, str]]:
    """Return the filter for objects in a current language of the site."""
    return {"locale__language_code__in": dict(settings.LANGUAGES)}


SITEMAPS = {"pages": PageSitemap, "topics": TopicSitemap}

"""The map of all public addresses, with the translations of each in other languages."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from wagtail.models import Page

from cms.restrictions import without_restricted
from news.models import Topic


class TranslatedSitemap(Sitemap):
    """A sitemap of what is translated by `translation_key`, so many queries however long it is."""

    limit = 1000

    def get_urls(self, page=1, site=None, protocol=None):
        """Return the entries of one page, with `hreflang` where there is more than one language.

        What nobody may read, and what has no address, such as a page that is of no site, is left
        out.
        """
        items = list(self.paginator.page(page).object_list)
        urls_by_key = {}
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

    def without_private(self, items):
        """Return those of `items` that anyone may read: asked of one page of the map at a time."""
        return items

    def entry(self, item, urls_by_language):
        """Return one entry as Django's template wants it."""
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
    """Every page that anyone may read, in the order of the tree."""

    def items(self):
        """Return the live pages, without their content; a private one takes a place, and no more.

        So the pages are counted and cut without asking of each of them whether it is private.
        """
        pages = Page.objects.live().filter(depth__gt=1, **site_language_filter())
        return pages.select_related("locale").order_by("path")

    def without_private(self, items):
        """Leave out private pages."""
        return without_restricted(items)


class TopicSitemap(TranslatedSitemap):
    """Every topic."""

    def items(self):
        """Return the topics."""
        return Topic.objects.published().filter(**site_language_filter()).order_by("pk")


def site_language_filter():
    """Return the condition that something is in a language that the site has now."""
    return {"locale__language_code__in": dict(settings.LANGUAGES)}


SITEMAPS = {"pages": PageSitemap, "topics": TopicSitemap}

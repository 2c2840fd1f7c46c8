"""Rules for slugs: a page may not use a slug of a sibling page or one that the site reserves."""

import re
from collections.abc import Iterator
from functools import cache

from django.conf import settings
from django.urls import LocalePrefixPattern, URLResolver, get_resolver
from django.utils import translation
from wagtail.models import Page

# The last part of a feed's URL, below the URL of the feed's page.
FEED = "feed"

# The first part of a URL pattern, if it is plain text: "admin" in "admin/pages/<int:id>/".
FIRST_PART = re.compile(r"\^?([\w-]+)(?:/|$)")


def reserved_slugs(parent: Page) -> set[str]:
    """Return the slugs that the site reserves, which no child page of `parent` can have."""
    return site_slugs() if parent.depth == 2 else {FEED}


def available_slug(parent: Page, slug: str, page: Page | None = None) -> str:
    """Return `slug`, with a number from 2 if a sibling page or the site uses it already."""
    siblings = parent.get_children().filter(slug__startswith=slug[:245])
    if page is not None and page.pk:
        siblings = siblings.exclude(pk=page.pk)
    taken = set(siblings.values_list("slug", flat=True))
    taken |= reserved_slugs(parent)
    candidate, number = slug, 1
    while candidate in taken:
        number += 1
        candidate = f"{slug[:245]}-{number}"
    return candidate


def site_slugs() -> set[str]:
    """Return the first parts of all URLs that do not belong to a page, in each language.

    These are the plain first parts in the URLconf (not "news" in "^news?/"), the folders of static
    files and media, which a proxy may serve, and the language codes.
    """
    languages = [language for language, _name in settings.LANGUAGES]
    folders = [url.strip("/") for url in (settings.STATIC_URL, settings.MEDIA_URL)]
    return {*languages, *folders, *_first_parts(get_resolver(), tuple(languages))}


@cache
def _first_parts(resolver: URLResolver, languages: tuple[str, ...]) -> frozenset[str]:
    """Return the first parts of the URLs of `resolver` in all `languages`."""
    found = set()
    for language in languages:
        with translation.override(language):
            found |= set(_walk(resolver))
    return frozenset(found)


def _walk(resolver: URLResolver) -> Iterator[str]:
    """Yield the first parts in the active language, including those below "/en/"."""
    for entry in resolver.url_patterns:
        is_prefix = isinstance(entry.pattern, LocalePrefixPattern)
        first = None if is_prefix else FIRST_PART.match(str(entry.pattern))
        if first:
            yield first[1]
        elif isinstance(entry, URLResolver):
            yield from _walk(entry)

"""Which slugs a page may have: none that the site needs itself, none that a page beside it has."""

import re
from functools import cache

from django.conf import settings
from django.urls import LocalePrefixPattern, get_resolver
from django.utils import translation

# The end of the address of a feed, below the page that it is of.
FEED = "feed"

# The first part of a pattern of addresses, where it is plain: "admin" of "admin/pages/<int:id>/".
FIRST_PART = re.compile(r"\^?([\w-]+)(?:/|$)")


def reserved_slugs(parent):
    """Return the slugs that no page below `parent` can have: the site's own."""
    return site_slugs() if parent.depth == 2 else {FEED}


def available_slug(parent, slug, page=None):
    """Return `slug`, numbered from 2 where a page beside it or the site has it already."""
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


def site_slugs():
    """Return the first parts of all addresses that are no page's, in each language.

    They are the plain ones of the URLconf (not "news" of "^news?/"), the folders of static files
    and media, which a proxy may answer, and the codes of the languages.
    """
    languages = [language for language, _name in settings.LANGUAGES]
    folders = [url.strip("/") for url in (settings.STATIC_URL, settings.MEDIA_URL)]
    return {*languages, *folders, *_first_parts(get_resolver(), tuple(languages))}


@cache
def _first_parts(resolver, languages):
    """Return the first parts of the addresses of `resolver`."""
    found = set()
    for language in languages:
        with translation.override(language):
            found |= set(_walk(resolver))
    return frozenset(found)


def _walk(resolver):
    """Yield the first parts in the active language, also of what stands below "/en/"."""
    for entry in resolver.url_patterns:
        is_prefix = isinstance(entry.pattern, LocalePrefixPattern)
        first = None if is_prefix else FIRST_PART.match(str(entry.pattern))
        if first:
            yield first[1]
        elif hasattr(entry, "url_patterns"):
            yield from _walk(entry)

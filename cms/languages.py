"""Where the reader finds the page in each language, told honestly."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, override


@dataclass(frozen=True)
class LanguageLink:
    """One language of the switch.

    `url` leads to the same page where `is_translated`, else to the home page of the language;
    `full_url` is for search engines, `None` where there is no such page.
    """

    code: str
    name: str
    url: str
    full_url: str | None
    is_current: bool
    is_translated: bool

    @property
    def is_default(self):
        """Say whether it is the language for readers who speak none of the site's."""
        return self.code == settings.LANGUAGE_CODE


def home_url(language):
    """Return the address of the home page in `language`."""
    with override(language):
        return reverse("wagtail_serve", args=("",))


def language_links(request, page):
    """Return a `LanguageLink` for each language of the site.

    `page` is the page shown, `None` on an address that is no page (search, an error): such an
    address has no twin.
    """
    active = get_language()
    twins = {}
    if page is not None and page.pk:
        twins = {twin.locale.language_code: twin for twin in page.live_translations()}
        twins[active] = page
    return [
        LanguageLink(
            code=code,
            name=name,
            url=twins[code].get_url(request) if code in twins else home_url(code),
            full_url=twins[code].get_full_url(request) if code in twins else None,
            is_current=code == active,
            is_translated=code in twins,
        )
        for code, name in settings.LANGUAGES
    ]

"""Links to the page in each language, which never promise a translation that does not exist."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, override
from wagtail.models import Locale, Site, TranslatableMixin

from cms.models import PortalPage
from cms.navigation.menu import site_navigation
from cms.translation.models import with_changed_at


@dataclass(frozen=True)
class LanguageLink:
    """One language of the language switch.

    `url` leads to the same page if `is_translated`, otherwise to the home page of the language.
    `full_url` is for search engines, and is `None` if there is no such page. `changed_at` is set on
    the link to the original. It says when the original was changed after the current page was
    translated.
    """

    code: str
    name: str
    url: str
    full_url: str | None
    is_current: bool
    is_translated: bool
    changed_at: datetime | None = None

    @property
    def is_default(self) -> bool:
        """Return whether it is the language for readers who speak none of the site's languages."""
        return self.code == settings.LANGUAGE_CODE


@dataclass(frozen=True)
class LocalisedUrl:
    """A named address of the site in every language, with the interface of a page.

    `languages` are the languages with a home page, whose readers may find the address.
    """

    name: str
    language: str
    languages: tuple[str, ...]

    pk = True

    @property
    def locale(self) -> Locale:
        """Return the locale of its language."""
        return Locale(language_code=self.language)

    def get_url(self, request: HttpRequest | None = None) -> str:
        """Return its path."""
        return url_in_language(self.language, self.name)

    def get_full_url(self, request: HttpRequest | None = None) -> str:
        """Return its absolute URL."""
        site = Site.find_for_request(request) if request else None
        return (site.root_url if site else settings.WAGTAILADMIN_BASE_URL) + self.get_url()

    def live_translations(self) -> list["LocalisedUrl"]:
        """Return its translations in the other languages."""
        others = (code for code in self.languages if code != self.language)
        return [LocalisedUrl(self.name, code, self.languages) for code in others]


def url_in_language(language: str, name: str, *arguments: object) -> str:
    """Return the path of the named address in `language`."""
    with override(language):
        return reverse(name, args=arguments)


def home_url(language: str) -> str:
    """Return the path of the home page in `language`."""
    return url_in_language(language, "wagtail_serve", "")


def nearest_home_url(request: HttpRequest) -> str:
    """Return the path of the home page for the reader of `request`.

    It is the Vietnamese home page if none is published in the language of the address.
    """
    language = get_language()
    is_open = language in site_navigation(request).homes
    return home_url(language if is_open else settings.LANGUAGE_CODE)


def translations_with_changes(
    page: TranslatableMixin | LocalisedUrl,
) -> Iterable[TranslatableMixin | LocalisedUrl]:
    """Return the published translations of `page`. The original among them has `changed_at`."""
    if isinstance(page, PortalPage):
        return with_changed_at(page.live_translations(), page.locale_id)
    return page.live_translations()


def language_links(
    request: HttpRequest, page: TranslatableMixin | LocalisedUrl | None
) -> list[LanguageLink]:
    """Return a `LanguageLink` for the current language and for each language with content.

    `page` is the current page. It is `None` on an address that is not a page (search, an error),
    which has no translation. A language with neither a translation nor a home page is left out.
    """
    active = get_language()
    homes = site_navigation(request).homes
    translations = {}
    if page is not None and page.pk:
        translations = {
            translation.locale.language_code: translation
            for translation in translations_with_changes(page)
        }
        translations[active] = page
    return [
        LanguageLink(
            code=code,
            name=name,
            url=translations[code].get_url(request) if code in translations else home_url(code),
            full_url=translations[code].get_full_url(request) if code in translations else None,
            is_current=code == active,
            is_translated=code in translations,
            changed_at=getattr(translations.get(code), "changed_at", None),
        )
        for code, name in settings.LANGUAGES
        if code == active or code in translations or code in homes
    ]

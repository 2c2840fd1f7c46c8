"""Tags and filters of the public templates."""

import locale
from datetime import datetime
from urllib.parse import quote, urlencode

from django import template
from django.http import HttpRequest
from django.template import Context
from django.template.defaultfilters import date as format_date
from django.utils.safestring import SafeString
from django.utils.translation import pgettext, to_locale
from wagtail.images.models import Picture
from wagtail.images.shortcuts import get_renditions_or_not_found
from wagtail.models import Page

from cms.images import sizes
from cms.middleware.headers import is_preview
from cms.models import PortalImage, PortalRendition
from cms.navigation.languages import LanguageLink, language_links, nearest_home_url
from cms.seo import structured_data
from cms.text.truncation import truncate
from cms.theme import display
from cms.theme.style_sheet import style_sheet as portal_style_sheet

register = template.Library()

PICTURE_USES = {
    "body": sizes.BODY_PICTURE,
    "gallery": sizes.BODY_PICTURE,
    "thumb": sizes.GALLERY_THUMB,
    "poster": sizes.BODY_PICTURE,
    "listing": sizes.LISTING_PICTURE,
    "column": sizes.COLUMN_PICTURE,
    "lead": sizes.LEAD_PICTURE,
}


@register.simple_tag
def style_sheet() -> SafeString:
    """Return the `<style>` element with the style sheet."""
    return portal_style_sheet().element


@register.filter
def truncate_title(title: str) -> str:
    """Cut a title at a word, to at most 100 characters including the ellipsis."""
    return truncate(title)


@register.filter
def truncate_description(text: str) -> str:
    """Cut the description for search engines at a word, to at most 200 characters."""
    return truncate(text, 200)


@register.filter(expects_localtime=True)
def posted_date(moment: datetime) -> str:
    """Return the day of a posted date: 01 - 06 - 2020."""
    # Translators: the day an article was posted, in Django's date format
    return format_date(moment, pgettext("posted date", "j F Y"))


@register.filter(expects_localtime=True)
def posted_time(moment: datetime) -> str:
    """Return a posted date with its time: 12/08/2020 4:47 CH."""
    return format_date(moment, "SHORT_DATETIME_FORMAT")


@register.simple_tag(takes_context=True)
def portal_picture(context: Context, image: PortalImage, use: str) -> SafeString:
    """Return the HTML of `image` for one use of the layout, a key of `PICTURE_USES`.

    The alt text belongs to the picture's place in the body. In lists and on videos the title is
    beside the picture, so the alt text is empty. A preview shows only JPEG, which is generated at
    once. With AVIF the editor would wait for seconds.
    """
    request = context.get("request")
    use_of_picture = PICTURE_USES[use].as_jpeg() if is_preview(request) else PICTURE_USES[use]
    attributes = {"sizes": use_of_picture.sizes, **loading_attributes(request)}
    if use not in ("body", "gallery"):
        attributes["alt"] = ""
    renditions = get_renditions_or_not_found(image, use_of_picture.filter_specs)
    for rendition in renditions.values():
        # Several places with the same picture share its renditions. The alt text is that of this
        # place.
        rendition.image = image
    return Picture(renditions, attributes).__html__()


def loading_attributes(request: HttpRequest | None) -> dict[str, str]:
    """Return the loading attributes of the next picture in the response to `request`.

    Readers see the first picture first, so it loads at once. The others load when they are near.
    """
    if request is None or getattr(request, "has_first_picture", False):
        return {"loading": "lazy", "decoding": "async"}
    # An attribute of our own, which no hint declares.
    request.has_first_picture = True  # type: ignore[attr-defined]
    return {"loading": "eager", "fetchpriority": "high"}


@register.simple_tag
def picture_url(image: PortalImage, use: str) -> str:
    """Return the URL of the largest JPEG of `image` for one use of the layout."""
    return PICTURE_USES[use].rendition(image).url


@register.simple_tag
def social_picture(image: PortalImage | None) -> PortalRendition | None:
    """Return the rendition of `image` for sharing the page, or `None` if there is none."""
    return next(reversed(sizes.social_renditions(image)), None)


@register.simple_tag(takes_context=True, name="structured_data")
def general_structured_data(context: Context) -> str:
    """Return structured data about the page and its position in the site.

    Without a page in the context, return an empty text.
    """
    page = context.get("page")
    if not page:
        return ""
    data = structured_data.page_data(page, context["frame"], context["request"])
    return structured_data.json_ld_script(*data)


@register.simple_tag
def open_graph_locale(language: str) -> str:
    """Return a language code as Open Graph spells it, with the usual country of the language."""
    script_country = {"zh-hans": "zh-cn", "zh-hant": "zh-tw"}.get(language, language)
    return locale.normalize(to_locale(script_country)).partition(".")[0]


@register.simple_tag(takes_context=True)
def languages(context: Context) -> list[LanguageLink]:
    """Return the links of the language switch for the page shown, a topic or a localised URL."""
    shown = context.get("page") or context.get("topic") or context.get("localised_url")
    return language_links(context["request"], shown)


@register.simple_tag(takes_context=True)
def home_url(context: Context) -> str:
    """Return the URL of the reader's home page, or of the Vietnamese one if there is no other."""
    return nearest_home_url(context["request"])


@register.simple_tag
def display_settings() -> tuple[display.DisplaySetting, ...]:
    """Return the display settings that readers may change."""
    return display.SETTINGS


@register.inclusion_tag("cms/tools.html", takes_context=True)
def tools(context: Context, page: Page) -> dict[str, str]:
    """Return the context for the tools of `page`, with which readers hear, share and print it."""
    letter = {"subject": page.title, "body": page.get_full_url(context.get("request"))}
    return {"share_by_mail": f"mailto:?{urlencode(letter, quote_via=quote)}"}

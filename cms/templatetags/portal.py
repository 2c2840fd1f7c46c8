"""Tags and filters of the public templates."""

from django import template
from django.template.defaultfilters import date as format_date
from django.utils.translation import pgettext
from wagtail.images.models import Picture
from wagtail.images.shortcuts import get_renditions_or_not_found

from cms import pictures, structured_data
from cms.languages import language_links
from cms.text import cut

register = template.Library()

USES = {
    "body": pictures.BODY_PICTURE,
    "gallery": pictures.GALLERY_PICTURE,
    "poster": pictures.BODY_PICTURE,
    "listing": pictures.LISTING_PICTURE,
    "lead": pictures.LEAD_PICTURE,
}


@register.filter
def cut_title(title):
    """Cut a title at a word, at most 100 characters with the ellipsis."""
    return cut(title)


@register.filter
def cut_description(text):
    """Cut what search engines show of a page at a word, at most 200 characters."""
    return cut(text, 200)


@register.filter(expects_localtime=True)
def posted_date(moment):
    """Show the day of a posted date: 01 - 06 - 2020."""
    # Translators: the day an article was posted, in Django's date format
    return format_date(moment, pgettext("posted date", "j F Y"))


@register.filter(expects_localtime=True)
def posted_time(moment):
    """Show a posted date with its time: 12/08/2020 4:47 CH."""
    return format_date(moment, "SHORT_DATETIME_FORMAT")


@register.simple_tag
def portal_picture(image, use, loading="lazy"):
    """Draw `image` for one use of the layout, a key of `USES`.

    The alt text is that of the picture's place in the body; in lists and on videos, where the
    title stands beside it, a picture says nothing of its own.
    """
    use_of_picture = USES[use]
    attributes = {"sizes": use_of_picture.sizes, "loading": loading, "decoding": "async"}
    if loading == "eager":
        attributes["fetchpriority"] = "high"
    if use not in ("body", "gallery"):
        attributes["alt"] = ""
    renditions = get_renditions_or_not_found(image, use_of_picture.filter_specs)
    return Picture(renditions, attributes).__html__()


@register.simple_tag
def picture_address(image, use):
    """Return the address of the largest JPEG of `image` for one use of the layout."""
    return USES[use].rendition(image).url


@register.simple_tag
def social_picture(image):
    """Return the rendition of `image` that is shown where the page is shared, if there is one."""
    return pictures.social_rendition(image)


@register.simple_tag(takes_context=True, name="structured_data")
def general_structured_data(context):
    """Tell machines what the page is and where it stands; nothing of what is no page."""
    page = context.get("page")
    if not page:
        return ""
    data = structured_data.of_page(page, context["frame"], context["request"])
    return structured_data.script(data) if data else ""


@register.simple_tag
def open_graph_locale(language):
    """Return a language code as Open Graph spells it."""
    return {"vi": "vi_VN", "en": "en_US"}.get(language, language)


@register.simple_tag(takes_context=True)
def languages(context):
    """Return the links of the language switch for the page shown, or for what stands for one."""
    return language_links(context.get("request"), context.get("page") or context.get("topic"))

"""Tags and filters of the public templates."""

from django import template
from django.template.defaultfilters import date as format_date
from django.utils.translation import pgettext
from wagtail.images.models import Picture
from wagtail.images.shortcuts import get_renditions_or_not_found

from cms import pictures
from cms.languages import language_links
from cms.text import cut

register = template.Library()

USES = {
    "body": pictures.BODY_PICTURE,
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
    """Draw `image` for one use of the layout: `body`, `listing` or `lead`.

    The alt text is that of the picture's place in the body; in lists, where the title stands
    beside it, a picture says nothing of its own.
    """
    use_of_picture = USES[use]
    attributes = {"sizes": use_of_picture.sizes, "loading": loading, "decoding": "async"}
    if loading == "eager":
        attributes["fetchpriority"] = "high"
    if use != "body":
        attributes["alt"] = ""
    renditions = get_renditions_or_not_found(image, use_of_picture.filter_specs)
    return Picture(renditions, attributes).__html__()


@register.simple_tag(takes_context=True)
def languages(context):
    """Return the links of the language switch for the page shown."""
    return language_links(context.get("request"), context.get("page"))

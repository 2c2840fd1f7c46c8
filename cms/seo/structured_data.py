"""Data for machines within a page: no script runs, so the content policy lets it stand."""

import json

from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Site

ESCAPES = str.maketrans(
    {
        character: f"\\u{ord(character):04x}"
        # The last two end a line in JavaScript, though not in JSON.
        for character in ("<", ">", "&", "\u2028", "\u2029")
    }
)


def json_ld_script(*data):
    """Return each of `data` as an element that search engines read; nothing in it can close it."""
    elements = (f'<script type="application/ld+json">{to_json_ld(item)}</script>' for item in data)
    return SafeString("".join(elements))


def to_json_ld(data):
    """Return `data`, in words of schema.org, as text that may stand in a page."""
    data = {"@context": "https://schema.org", **data}
    return json.dumps(data, ensure_ascii=False).translate(ESCAPES)


def organization(frame, request):
    """Return the department that `frame` names, which publishes the site of the request."""
    root_url = Site.find_for_request(request).root_url
    return {
        "@type": "GovernmentOrganization",
        "name": site_name(frame),
        "url": f"{root_url}/",
        "logo": {"@type": "ImageObject", "url": root_url + static("cms/icon.svg")},
    }


def contact(frame):
    """Return how to reach the department, as far as `frame` says."""
    told = {"address": frame.address, "telephone": frame.telephone, "email": frame.email}
    return {name: value for name, value in told.items() if value}


def web_site(home, frame, request):
    """Return the site in the language of its home page, and where it is searched."""
    search = Site.find_for_request(request).root_url + reverse("search")
    return {
        "@type": "WebSite",
        "name": site_name(frame),
        "url": home.get_full_url(request),
        "inLanguage": get_language(),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{words}}"},
            "query-input": "required name=words",
        },
    }


def breadcrumb_list(page, request):
    """Return the way from the home page to `page`, itself included."""
    steps = [*page.breadcrumbs, page]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": _("Home") if step.depth == 2 else step.title,
                "item": {"@type": "WebPage", "@id": step.get_full_url(request)},
            }
            for position, step in enumerate(steps, start=1)
        ],
    }


def page_data(page, frame, request):
    """Return what any page tells: a home page whose site it is, another where it stands."""
    if page.breadcrumbs:
        return [breadcrumb_list(page, request)]
    return [organization(frame, request) | contact(frame), web_site(page, frame, request)]


def site_name(frame):
    """Return the name of the department, or of what this is before it has one."""
    return frame.site_name or _("News portal")

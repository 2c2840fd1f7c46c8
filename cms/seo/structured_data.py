"""Structured data for machines within a page.

No script runs, so the content security policy allows it.
"""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Site

from cms.models import PortalPage, SiteFrame

ESCAPES = str.maketrans(
    {
        character: f"\\u{ord(character):04x}"
        # The last two characters end a line in JavaScript, but not in JSON.
        for character in ("<", ">", "&", "\u2028", "\u2029")
    }
)


def json_ld_script(*data: Mapping[str, Any]) -> SafeString:
    """Return each of `data` as an element that search engines read.

    Nothing in the data can close the element.
    """
    elements = (f'<script type="application/ld+json">{to_json_ld(item)}</script>' for item in data)
    return SafeString("".join(elements))


def to_json_ld(data: Mapping[str, Any]) -> str:
    """Return `data`, in the vocabulary of schema.org, as text that is safe within a page."""
    data = {"@context": "https://schema.org", **data}
    return json.dumps(data, ensure_ascii=False).translate(ESCAPES)


def organization(frame: SiteFrame, request: HttpRequest) -> dict[str, Any]:
    """Return the data of the department that `frame` names.

    The department publishes the site of the request.
    """
    root_url = Site.find_for_request(request).root_url
    return {
        "@type": "GovernmentOrganization",
        "name": site_name(frame),
        "url": f"{root_url}/",
        "logo": {"@type": "ImageObject", "url": root_url + static("cms/icon.svg")},
    }


def contact(frame: SiteFrame) -> dict[str, str]:
    """Return the contact details of the department that `frame` has."""
    values = {"address": frame.address, "telephone": frame.telephone, "email": frame.email}
    return {name: value for name, value in values.items() if value}


def web_site(home: PortalPage, frame: SiteFrame, request: HttpRequest) -> dict[str, Any]:
    """Return the data of the site in the language of its home page, with the URL of its search."""
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


def breadcrumb_list(page: PortalPage, request: HttpRequest) -> dict[str, Any]:
    """Return the breadcrumbs from the home page to `page`, including `page`."""
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


def page_data(page: PortalPage, frame: SiteFrame, request: HttpRequest) -> list[dict[str, Any]]:
    """Return the data of any page.

    For a home page these are the department and the site, for any other page its breadcrumbs.
    """
    if page.breadcrumbs:
        return [breadcrumb_list(page, request)]
    return [organization(frame, request) | contact(frame), web_site(page, frame, request)]


def site_name(frame: SiteFrame) -> str:
    """Return the name of the department, or “News portal” while it has no name."""
    return frame.site_name or _("News portal")

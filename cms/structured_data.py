"""Data for machines within a page: no script runs, so the content policy lets it stand."""

import json

from django.templatetags.static import static
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.models import Site

ESCAPES = str.maketrans(
    {
        character: f"\\u{ord(character):04x}"
        # The last two end a line in JavaScript, though not in JSON.
        for character in ("<", ">", "&", "\u2028", "\u2029")
    }
)


def script(data):
    """Return `data` as the element that search engines read; nothing in it can close it."""
    text = json.dumps(data, ensure_ascii=False).translate(ESCAPES)
    return SafeString(f'<script type="application/ld+json">{text}</script>')


def organization(frame, request):
    """Return the department that `frame` names, which publishes the site of the request."""
    root_url = Site.find_for_request(request).root_url
    return {
        "@type": "GovernmentOrganization",
        "name": frame.site_name or _("News portal"),
        "url": f"{root_url}/",
        "logo": {"@type": "ImageObject", "url": root_url + static("cms/icon.svg")},
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
                "item": step.get_full_url(request),
            }
            for position, step in enumerate(steps, start=1)
        ],
    }


def of_page(page, frame, request):
    """Return what any page tells: a home page who publishes, another where it stands."""
    data = breadcrumb_list(page, request) if page.breadcrumbs else organization(frame, request)
    return {"@context": "https://schema.org", **data}

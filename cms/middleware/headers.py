"""The content policy and its companions, chosen by kind of request.

Public pages may load nothing but this site's own files and, on a click, the players of videos; they
hold no inline script, and no inline style but the style sheet, which the policy names by its hash.
The admin needs inline code for its editor; a preview shows a public page inside the admin, with
Wagtail's user bar for the content checks, and therefore follows the admin's policy.
"""

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.urls import reverse

from cms.blocks.players import PLAYER_ORIGINS
from cms.theme.style_sheet import style_sheet

PUBLIC_POLICY = {
    "default-src": [NONE],
    "base-uri": [NONE],
    "connect-src": [SELF],
    "font-src": [NONE],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
    "frame-src": PLAYER_ORIGINS,
    "img-src": [SELF],
    "media-src": [SELF],
    "manifest-src": [SELF],
    "script-src": [SELF],
    "style-src": [SELF],
}

ADMIN_POLICY = {
    **PUBLIC_POLICY,
    "font-src": [SELF],
    "frame-ancestors": [SELF],
    "frame-src": [SELF, *PLAYER_ORIGINS],
    "img-src": [SELF, "data:", "blob:"],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
}


def is_preview(request):
    """Say whether the request is one that Wagtail made up to render a preview."""
    return getattr(request, "is_preview", False) or getattr(request, "is_dummy", False)


def is_admin(request):
    """Say whether the request is for the admin."""
    return request.path_info.startswith(reverse("wagtailadmin_home"))


class SecurityHeadersMiddleware(CSPMiddleware):
    """Sends the content policy of the kind of request, and keeps other sites from our files."""

    def get_policy_parts(self, request, response, report_only=False):
        """Return the policy for the request; nothing is sent in report-only mode."""
        if report_only:
            return PolicyParts()
        if is_preview(request) or is_admin(request):
            return PolicyParts(config=ADMIN_POLICY)
        return PolicyParts(config={**PUBLIC_POLICY, "style-src": [SELF, style_sheet().source]})

    def process_response(self, request, response):
        """Add the policy to whatever answers, errors and redirects included."""
        response = super().process_response(request, response)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

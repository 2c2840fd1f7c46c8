"""The Content-Security-Policy and related headers, chosen by the kind of request.

Public pages may load only this site's own files and, after a click, video players. They hold no
inline script. Their only inline style is the style sheet, which the policy names by its hash. The
admin needs inline code for its editor. A preview shows a public page inside the admin, with
Wagtail's user bar for the content checks. Therefore a preview follows the admin's policy.
"""

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponseBase
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


def is_preview(request: HttpRequest | None) -> bool:
    """Return whether Wagtail created the request to render a preview."""
    return getattr(request, "is_preview", False) or getattr(request, "is_dummy", False)


def is_admin(request: HttpRequest) -> bool:
    """Return whether the request is for the admin."""
    return request.path_info.startswith(reverse("wagtailadmin_home"))


class SecurityHeadersMiddleware(CSPMiddleware):
    """Sends the policy for the kind of request, and keeps other sites from embedding our files."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """Return the policy for the request. Return an empty one in report-only mode."""
        if report_only:
            return PolicyParts()
        if is_preview(request) or is_admin(request):
            return PolicyParts(config=ADMIN_POLICY)
        return PolicyParts(config={**PUBLIC_POLICY, "style-src": [SELF, style_sheet().source]})

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Add the headers to every response, including errors and redirects."""
        response = super().process_response(request, response)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

"""All URL patterns of the site. No page gets a slug that they use (cms/models/slugs.py)."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.utils.translation import pgettext_lazy
from django.views.i18n import JavaScriptCatalog
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern

from cms.addresses import routing
from cms.documents import serving
from cms.operations import health
from cms.renditions.media import media
from cms.seo.robots import robots
from cms.theme import accessibility
from cms.users import page_passwords
from cms.users.own_account import AccountView, SignOutView
from cms.visibility.privacy import set_privacy
from cms.visitors.views import visitors

# The translations for the admin's scripts: Wagtail's own, and ours where Wagtail has no Vietnamese.
ADMIN_SCRIPTS = JavaScriptCatalog.as_view(packages=["wagtail.admin", "wagtail_localize", "cms"])

urlpatterns = [
    path("admin/jsi18n/", ADMIN_SCRIPTS),
    path("admin/localize/jsi18n/", ADMIN_SCRIPTS),
    path("admin/pages/<int:page_id>/privacy/", set_privacy),
    path("admin/", include("cms.visibility.urls")),
    # Placed before Wagtail's own patterns. reverse() still uses the names of Wagtail's patterns.
    path("admin/account/", require_admin_access(AccountView.as_view())),
    path("admin/logout/", SignOutView.as_view()),
    path("admin/", include(wagtailadmin_urls)),
    re_path(r"^documents/(\d+)/(.*)$", serving.serve),
    path(
        "documents/authenticate_with_password/<int:restriction_id>/",
        page_passwords.collection_password,
    ),
    path("documents/", include(wagtaildocs_urls)),
    path("robots.txt", robots),
    path("", include("news.site_urls")),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("media/<path:path>", media),
    path("visitors/", visitors, name="visitors"),
]

urlpatterns += i18n_patterns(
    path("", include("news.urls")),
    path(
        # Translators: the address of the accessibility page, in plain letters
        pgettext_lazy("address", "accessibility/"),
        accessibility.accessibility_statement,
        name="accessibility",
    ),
    # Placed before Wagtail's own patterns. reverse() still uses the names of Wagtail's patterns.
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        page_passwords.page_password,
    ),
    # Wagtail's own patterns, except the one that serves pages.
    *(pattern for pattern in wagtail_urls.urlpatterns if pattern.name != "wagtail_serve"),
    re_path(serve_pattern, routing.serve, name="wagtail_serve"),
    prefix_default_language=False,
)

handler500 = "cms.errors.server_error"

"""Every address of the site. What stands before the pages is reserved in cms/models/pages.py."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.utils.translation import pgettext_lazy
from django.views.i18n import JavaScriptCatalog
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern

from cms import accessibility, documents, health, routing
from cms.media import media
from cms.robots import robots
from cms.visitors.views import visitors

ADMIN_SCRIPTS = JavaScriptCatalog.as_view(packages=["wagtail.admin", "wagtail_localize", "cms"])
"""The words of the admin's scripts: Wagtail's own, and ours where it has none in Vietnamese."""

urlpatterns = [
    path("admin/jsi18n/", ADMIN_SCRIPTS),
    path("admin/localize/jsi18n/", ADMIN_SCRIPTS),
    path("admin/", include(wagtailadmin_urls)),
    re_path(r"^documents/(\d+)/(.*)$", documents.serve),
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
        accessibility.statement,
        name="accessibility",
    ),
    # Wagtail's own addresses, but for the one that serves pages.
    *(pattern for pattern in wagtail_urls.urlpatterns if pattern.name != "wagtail_serve"),
    re_path(serve_pattern, routing.serve, name="wagtail_serve"),
    prefix_default_language=False,
)

handler500 = "cms.errors.server_error"

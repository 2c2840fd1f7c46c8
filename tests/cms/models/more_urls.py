"""The URLconf of a site that has more URLs than the portal."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import View

from cms import urls

VIEW = View.as_view()

urlpatterns = [
    path("", include([path("su-kien/<int:year>/", VIEW)])),
    re_path(r"^tin-cu/(\d+)/$", VIEW),
    path("lich.ics", VIEW),
    *i18n_patterns(path("surveys/", VIEW), prefix_default_language=False),
    *urls.urlpatterns,
]

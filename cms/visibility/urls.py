"""Addresses of the admin that are answered in place of Wagtail's, under the same names."""

from django.urls import path
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.visibility import choosers
from cms.visibility.reports import KnownPageTypesView

urlpatterns = decorate_urlpatterns(
    [
        path("choose-page/", choosers.BrowseView.as_view(), name="wagtailadmin_choose_page"),
        path(
            "choose-page/<int:parent_page_id>/",
            choosers.BrowseView.as_view(),
            name="wagtailadmin_choose_page_child",
        ),
        path(
            "choose-page/search/",
            choosers.SearchView.as_view(),
            name="wagtailadmin_choose_page_search",
        ),
        path(
            "choose-page/chosen-multiple/",
            choosers.ChosenMultipleView.as_view(),
            name="wagtailadmin_choose_page_chosen_multiple",
        ),
        path(
            "choose-external-link/",
            choosers.ExternalLinkView.as_view(),
            name="wagtailadmin_choose_page_external_link",
        ),
        path("reports/page-types-usage/", KnownPageTypesView.as_view()),
        path(
            "reports/page-types-usage/results/",
            KnownPageTypesView.as_view(results_only=True),
        ),
    ],
    require_admin_access,
)

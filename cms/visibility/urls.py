"""Admin URLs that replace Wagtail's URLs. Those with a name have the same name as Wagtail's."""

from django.urls import path
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.visibility import choosers
from cms.visibility.reports import VisiblePageTypesView

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
        path("reports/page-types-usage/", VisiblePageTypesView.as_view()),
        path(
            "reports/page-types-usage/results/",
            VisiblePageTypesView.as_view(results_only=True),
        ),
    ],
    require_admin_access,
)

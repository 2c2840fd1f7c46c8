"""Reports that name pages whoever asks."""

from django.db.models import F, IntegerField, Value
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.models import Page

from cms.visibility import (
    ASKED_MOST,
    perhaps_browsable_by,
    sees_everything,
    visible_to,
    with_known_title,
)


class KnownPageTypesView(PageTypesUsageReportView):
    """The types of pages, each with the page that was edited last among those one may know of."""

    def get_queryset(self):
        """Return the types; Wagtail's last page of each is kept for those who see every page."""
        page_types = super().get_queryset()
        if sees_everything(self.request.user):
            return page_types
        return page_types.annotate(last_edited_page_id=Value(None, output_field=IntegerField()))

    def edited_last(self, page_type):
        """Return the key of the page of a type that was edited last, as far as one may know.

        Of the pages edited last `ASKED_MOST` are asked about; of older ones none is named.
        """
        chosen = self.filters.form.cleaned_data
        pages = Page.objects.filter(content_type=page_type)
        if language_code := chosen.get("page_locale"):
            pages = pages.filter(locale__language_code=language_code)
        if site_root_path := chosen.get("site"):
            pages = pages.filter(path__startswith=site_root_path)
        pages = perhaps_browsable_by(self.request.user, pages).order_by(
            F("latest_revision_created_at").desc(nulls_last=True), "title", "-pk"
        )
        keys = list(pages.values_list("pk", flat=True)[:ASKED_MOST])
        asked = visible_to(self.request.user, Page.objects.filter(pk__in=keys))
        known = set(asked.values_list("pk", flat=True))
        return next((key for key in keys if key in known), None)

    def decorate_paginated_queryset(self, page_types):
        """Name each page as its readers know it, where there is no right to more."""
        user = self.request.user
        if not sees_everything(user):
            for page_type in page_types:
                page_type.last_edited_page_id = self.edited_last(page_type)
        for page_type in super().decorate_paginated_queryset(page_types):
            if page_type.last_edited_page:
                with_known_title(user, page_type.last_edited_page)
        return page_types

"""Replacements for Wagtail's reports that name pages to every user."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, IntegerField, QuerySet, Value
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.models import Page

from cms.visibility import (
    MAX_PAGES_CHECKED,
    perhaps_browsable_by,
    sees_everything,
    visible_to,
    with_visible_title,
)


class VisiblePageTypesView(PageTypesUsageReportView):
    """The report of page types, each with the last edited page that the user may see."""

    def get_queryset(self) -> QuerySet[ContentType]:
        """Return the page types.

        Keep Wagtail's last edited page only for users who may see every page.
        """
        page_types = super().get_queryset()
        if sees_everything(self.request.user):
            return page_types
        return page_types.annotate(last_edited_page_id=Value(None, output_field=IntegerField()))

    def edited_last(self, page_type: ContentType) -> int | None:
        """Return the key of the last edited page of a type that the user may see.

        Only the `MAX_PAGES_CHECKED` pages that were edited last are checked. Older pages are never
        named. Return `None` if the user may see none of the checked pages.
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
        keys = list(pages.values_list("pk", flat=True)[:MAX_PAGES_CHECKED])
        asked = visible_to(self.request.user, Page.objects.filter(pk__in=keys))
        known = set(asked.values_list("pk", flat=True))
        return next((key for key in keys if key in known), None)

    def decorate_paginated_queryset(
        self, page_types: QuerySet[ContentType]
    ) -> QuerySet[ContentType]:
        """Show the published title of each page, unless the user may see the draft's title."""
        user = self.request.user
        if not sees_everything(user):
            for page_type in page_types:
                # The annotation of the query, with another value.
                page_type.last_edited_page_id = self.edited_last(page_type)  # type: ignore[attr-defined]
        for page_type in super().decorate_paginated_queryset(page_types):
            if page_type.last_edited_page:
                with_visible_title(user, page_type.last_edited_page)
        return page_types

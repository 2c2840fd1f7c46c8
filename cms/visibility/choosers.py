"""The admin's page chooser, limited to the pages that the user may see."""

import json
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.template import Context
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import chooser
from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms.visibility import (
    MAX_PAGES_CHECKED,
    browsable_by,
    has_right,
    may_browse,
    perhaps_browsable_by,
    searchable_by,
    visible_title,
    visible_to,
    with_visible_title,
)


@hooks.register("construct_page_chooser_queryset")
def limit_page_chooser(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Leave out the pages that the user may neither see nor browse through."""
    user = request.user
    if parent := getattr(request, "browsed_page", None):
        if has_right(user, parent):
            return pages
        return (perhaps_browsable_by if is_large(parent) else browsable_by)(user, pages)
    if words := request.GET.get("q"):
        kinds = chooser.page_models_from_string(request.GET.get("page_type") or "wagtailcore.page")
        return searchable_by(user, pages.type(*kinds), words)
    return browsable_by(user, pages)


def is_large(parent: Page) -> bool:
    """Return whether `parent` has more than `MAX_PAGES_CHECKED` child pages."""
    return not parent.is_root() and parent.numchild > MAX_PAGES_CHECKED


class LazyVisiblePages:
    """The child pages of a large section, for a paginator: only the shown slice is checked.

    Checking all pages of the section would take a minute. So the count includes private pages, and
    a slice that contains a private page comes out shorter.
    """

    def __init__(self, pages: PageQuerySet, user: User | AnonymousUser) -> None:
        self.pages = pages
        self.user = user

    def filter(self, **conditions: Any) -> "LazyVisiblePages":
        """Return the pages that match `conditions`."""
        return LazyVisiblePages(self.pages.filter(**conditions), self.user)

    def count(self) -> int:
        """Return the number of pages, including private pages."""
        return self.pages.count()

    def __getitem__(self, part: slice) -> list[Page]:
        """Return the pages in the slice `part` that the user may browse."""
        pages = list(self.pages[part])
        asked = Page.objects.filter(pk__in=[page.pk for page in pages])
        known = set(browsable_by(self.user, asked).values_list("pk", flat=True))
        return [page for page in pages if page.pk in known]


class TitleColumn(chooser.PageTitleColumn):
    """The title column, which hides the title of a draft from users who may not see it."""

    def get_cell_context_data(self, instance: Page, parent_context: Context) -> dict[str, Any]:
        """Set the title that the user may see."""
        with_visible_title(parent_context["request"].user, instance)
        return super().get_cell_context_data(instance, parent_context)


class ParentColumn(chooser.ParentPageColumn):
    """The column for the parent page, which hides parents that the user may not browse."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_visible: dict[int, bool] = {}

    def get_cell_context_data(self, instance: Page, parent_context: Context) -> dict[str, Any]:
        """Leave the cell empty if the parent page is hidden. Each parent is checked once."""
        context = super().get_cell_context_data(instance, parent_context)
        user, parent = parent_context["request"].user, context["value"]
        if parent.pk not in self.is_visible:
            self.is_visible[parent.pk] = may_browse(user, parent)
        context["value"] = with_visible_title(user, parent) if self.is_visible[parent.pk] else None
        return context


def with_our_columns(columns: list[Column], is_multiple_choice: str | None) -> list[Column]:
    """Return `columns` with Wagtail's title and parent columns replaced by ours."""
    ours = {
        "title": lambda label: TitleColumn(
            "title", label=label, is_multiple_choice=is_multiple_choice
        ),
        "parent": lambda label: ParentColumn("parent", label=label),
    }
    return [
        ours[column.name](column.label) if column.name in ours else column for column in columns
    ]


class BrowseView(chooser.BrowseView):
    """The chooser's tree view, without hidden pages."""

    parent_page: Page

    @property
    def columns(self) -> list[Column]:
        """Wagtail's columns, with the titles that the user may see."""
        return with_our_columns(super().columns, self.is_multiple_choice)

    def get_object_list(self) -> PageQuerySet:
        """Return the child pages of the requested page.

        Without a requested page, start at the page from `first_visible_ancestor`. Raise
        `PermissionDenied` if the user may not browse the requested page.
        """
        user = self.request.user
        if "parent_page_id" in self.kwargs:
            if not may_browse(user, self.parent_page):
                raise PermissionDenied
        else:
            self.parent_page = self.first_visible_ancestor(user)
        self.request.browsed_page = self.parent_page
        return super().get_object_list()

    def filter_object_list(self, pages: PageQuerySet) -> PageQuerySet | LazyVisiblePages:
        """Return the pages of `pages` that the user may browse.

        In a large section, each page is checked later, when it is shown. Pages below a page on
        which the user has a permission are not checked.
        """
        pages = super().filter_object_list(pages)
        parent, user = self.parent_page, self.request.user
        if is_large(parent) and not has_right(user, parent):
            return LazyVisiblePages(pages, user)
        return pages

    def first_visible_ancestor(self, user: User | AnonymousUser) -> Page:
        """Return the page where browsing starts.

        This is the page that Wagtail chose, or its nearest ancestor that the user may browse.
        """
        way = self.parent_page.get_ancestors(inclusive=True)
        return browsable_by(user, way).order_by("-depth").first().specific


class SearchView(chooser.SearchView):
    """The chooser's search for pages by title."""

    @property
    def columns(self) -> list[Column]:
        """Wagtail's columns, with the titles that the user may see."""
        return with_our_columns(super().columns, self.is_multiple_choice)


class ChosenMultipleView(chooser.ChosenMultipleView):
    """The view that returns the pages chosen in a multiple choice."""

    def render_chosen_response(self, result: Sequence[dict[str, Any]]) -> JsonResponse:
        """Leave out the pages that the user may not see, as if they did not exist."""
        user = self.request.user
        pages = visible_to(user, Page.objects.filter(pk__in=[each["id"] for each in result]))
        seen = {page.pk: with_visible_title(user, page) for page in pages}
        return super().render_chosen_response(
            [
                {**each, "adminTitle": seen[each["id"]].get_admin_display_title()}
                for each in result
                if each["id"] in seen
            ]
        )


class ExternalLinkView(chooser.ExternalLinkView):
    """The form for a URL. The URL of a page of this site becomes a link to that page."""

    def post(self, request: HttpRequest) -> JsonResponse:
        """Keep the URL as it was typed if the response would reveal a hidden title."""
        response = super().post(request)
        answer = json.loads(response.content)
        found = answer.get("internal") or answer.get("result") or {}
        page = Page.objects.filter(pk=found.get("id")).first()
        if page is None or visible_title(request.user, page) == found["adminTitle"]:
            return response
        return self.render_chosen_response(self.get_result_data())

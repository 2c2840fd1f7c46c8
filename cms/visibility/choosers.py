"""Choosing a page in the admin: only those are named that the person may know of."""

import json

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.views import chooser
from wagtail.models import Page

from cms.visibility import (
    ASKED_MOST,
    browsable_by,
    found_by,
    has_right,
    known_title,
    may_browse,
    perhaps_browsable_by,
    visible_to,
    with_known_title,
)


@hooks.register("construct_page_chooser_queryset")
def offer_what_may_be_seen(pages: QuerySet, request: HttpRequest) -> QuerySet:
    """Leave out the pages that the user may neither know of nor has to pass on the way."""
    user = request.user
    if parent := getattr(request, "browsed_page", None):
        if has_right(user, parent):
            return pages
        return (perhaps_browsable_by if is_large(parent) else browsable_by)(user, pages)
    if words := request.GET.get("q"):
        kinds = chooser.page_models_from_string(request.GET.get("page_type") or "wagtailcore.page")
        return found_by(user, pages.type(*kinds), words)
    return browsable_by(user, pages)


def is_large(parent: Page) -> bool:
    """Say whether more stands right below `parent` than is asked about at once."""
    return not parent.is_root() and parent.numchild > ASKED_MOST


class AskedAboutWhenShown:
    """The pages of a large section, as a paginator takes them: a part is asked about when shown.

    Asking of all of them which may be known takes a minute. So the number counts private pages,
    and a page of the list is shorter where it held one.
    """

    def __init__(self, pages: QuerySet, user):
        self.pages = pages
        self.user = user

    def filter(self, **conditions):
        """Return those that fulfil `conditions`."""
        return AskedAboutWhenShown(self.pages.filter(**conditions), self.user)

    def count(self) -> int:
        """Return how many there are, private ones among them."""
        return self.pages.count()

    def __getitem__(self, part: slice) -> list[Page]:
        """Return those in `part` that the user may browse."""
        pages = list(self.pages[part])
        asked = Page.objects.filter(pk__in=[page.pk for page in pages])
        known = set(browsable_by(self.user, asked).values_list("pk", flat=True))
        return [page for page in pages if page.pk in known]


class TitleColumn(chooser.PageTitleColumn):
    """The title of a page, without that of a draft for who may not see it."""

    def get_cell_context_data(self, instance, parent_context):
        """Have the cell tell what the person knows of the page."""
        with_known_title(parent_context["request"].user, instance)
        return super().get_cell_context_data(instance, parent_context)


class ParentColumn(chooser.ParentPageColumn):
    """The page above, where it may be known."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.in_sight = {}

    def get_cell_context_data(self, instance, parent_context):
        """Leave the cell empty where the page above is hidden; each is asked about once."""
        context = super().get_cell_context_data(instance, parent_context)
        user, parent = parent_context["request"].user, context["value"]
        if parent.pk not in self.in_sight:
            self.in_sight[parent.pk] = may_browse(user, parent)
        context["value"] = with_known_title(user, parent) if self.in_sight[parent.pk] else None
        return context


def with_our_columns(columns: list, is_multiple_choice) -> list:
    """Put our columns in place of Wagtail's."""
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
    """Walks through the tree, past what is hidden."""

    @property
    def columns(self):
        """The columns of Wagtail, with titles as the person knows them."""
        return with_our_columns(super().columns, self.is_multiple_choice)

    def get_object_list(self):
        """Return what stands below the page that was asked for, or above it begin."""
        user = self.request.user
        if "parent_page_id" in self.kwargs:
            if not may_browse(user, self.parent_page):
                raise PermissionDenied
        else:
            self.parent_page = self.first_in_sight(user)
        self.request.browsed_page = self.parent_page
        return super().get_object_list()

    def filter_object_list(self, pages):
        """Return those of `pages` that may be known; in a large section each is asked about later.

        Below a page on which the user has a right, nothing is asked.
        """
        pages = super().filter_object_list(pages)
        parent, user = self.parent_page, self.request.user
        if is_large(parent) and not has_right(user, parent):
            return AskedAboutWhenShown(pages, user)
        return pages

    def first_in_sight(self, user):
        """Return the page where browsing begins: Wagtail's choice, or the first above it."""
        way = self.parent_page.get_ancestors(inclusive=True)
        return browsable_by(user, way).order_by("-depth").first().specific


class SearchView(chooser.SearchView):
    """Finds pages by their title."""

    @property
    def columns(self):
        """The columns of Wagtail, with titles as the person knows them."""
        return with_our_columns(super().columns, self.is_multiple_choice)


class ChosenMultipleView(chooser.ChosenMultipleView):
    """Tells what was chosen."""

    def render_chosen_response(self, result):
        """Leave out what the user may not know of, as if it were not there."""
        user = self.request.user
        pages = visible_to(user, Page.objects.filter(pk__in=[each["id"] for each in result]))
        seen = {page.pk: with_known_title(user, page) for page in pages}
        return super().render_chosen_response(
            [
                {**each, "adminTitle": seen[each["id"]].get_admin_display_title()}
                for each in result
                if each["id"] in seen
            ]
        )


class ExternalLinkView(chooser.ExternalLinkView):
    """Takes an address; one of a page of this site becomes a link to the page."""

    def post(self, request):
        """Keep the address as it was typed where the answer would tell a hidden title."""
        response = super().post(request)
        answer = json.loads(response.content)
        found = answer.get("internal") or answer.get("result") or {}
        page = Page.objects.filter(pk=found.get("id")).first()
        if page is None or known_title(request.user, page) == found["adminTitle"]:
            return response
        return self.render_chosen_response(self.get_result_data())

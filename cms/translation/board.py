"""The lines of the board: the state of a page in a language, and the user's next step.

A line needs no query of its own. The related objects of all rows on a screen are fetched together.
Permissions are those that Wagtail caches on the user during a request.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page
from wagtail.search.backends import get_search_backend

from cms.translation.models import WAITING, PageTranslation, PageTranslationQuerySet, State
from cms.translation.rights import has_change_permission, visible_rows
from cms.visibility import has_right, visible_to

# The maximum number of pages that a search uses, the best matches first.
MAX_PAGES_FOUND = 500

# The labels of a row's button.
STEP_LABELS: dict[str, Promise] = {
    State.MISSING: _("Start"),
    State.DRAFT: _("Continue"),
    State.RETURNED: _("Continue"),
    State.STALE: _("Settle"),
    State.REVIEW: _("Open"),
    State.PUBLISHED: _("Open"),
}


@dataclass(frozen=True)
class NextStep:
    """The action of a line's button: open `url`, or post a form to it to start a translation."""

    label: str | Promise
    url: str
    is_post: bool


@dataclass(frozen=True)
class BoardLine:
    """A row of the board with its related pages.

    `parent` is the parent page of the original and `translated_parent` its translation.
    `translated_page` is, or would be, a child of `translated_parent`. Each may be `None`, and
    `parent` is `None` if the user may not see it. `has_right_on_translation` says whether the user
    has a permission on `translated_page`, whose title may be a draft's.
    """

    row: PageTranslation
    translated_page: Page | None
    parent: Page | None
    translated_parent: Page | None
    has_right_on_translation: bool

    @property
    def pk(self) -> int:
        """Return the primary key of the row."""
        return self.row.pk

    @property
    def section(self) -> str:
        """Return the title of the parent page, `""` for a home page."""
        return self.parent.title if self.parent and not self.parent.is_root() else ""

    @property
    def translated_title(self) -> str:
        """Return the title of the translation.

        It is `""` while it equals the original's title, or if the user may not see it.
        """
        title = (
            self.translated_page.get_admin_display_title()
            if self.translated_page and self.has_right_on_translation
            else ""
        )
        return "" if title == self.row.source_page.title else title

    @property
    def needs_a_look(self) -> bool:
        """Return whether finished work has to be done again."""
        return self.row.state in (State.STALE, State.RETURNED)

    @property
    def is_by_hand(self) -> bool:
        """Return whether there is a translated page that is not synchronised with its original."""
        return self.translated_page is not None and not self.is_synced

    @property
    def is_synced(self) -> bool:
        """Return whether there is a translation that the desk can open."""
        translation = self.row.translation
        return self.translated_page is not None and translation is not None and translation.enabled

    @cached_property
    def changed_at(self) -> datetime | None:
        """Return when somebody last worked on the translation, else `None`."""
        translation = self.row.translation
        times = [
            self.translated_page and self.translated_page.latest_revision_created_at,
            self.translated_page and translation and translation.translations_last_updated_at,
        ]
        return max(filter(None, times), default=None)

    def next_step(self, user: User | AnonymousUser) -> NextStep | None:
        """Return the `NextStep` of `user`, else `None`."""
        if self.translated_page is None:
            return self._start(user)
        if not has_change_permission(user, self.translated_page):
            return None
        if self.is_synced:
            url = reverse("translations:edit", args=[self.row.translation_id])
        else:
            url = reverse("wagtailadmin_pages:edit", args=[self.translated_page.pk])
        return NextStep(STEP_LABELS[self.row.state], url, is_post=False)

    def _start(self, user: User | AnonymousUser) -> NextStep | None:
        # If the parent is not translated, the button says which page to translate first.
        if self.translated_parent is not None and not has_change_permission(
            user, self.translated_parent
        ):
            return None
        language = self.row.locale.language_code
        url = reverse("translations:start", args=[self.row.source_page_id, language])
        return NextStep(STEP_LABELS[State.MISSING], url, is_post=True)


def lines(rows: Iterable[PageTranslation], user: User | AnonymousUser) -> list[BoardLine]:
    """Return the `BoardLine`s of the rows for `user`, with six queries for all of them.

    Related objects are not joined, because a database would join all rows before it sorts them.
    """
    rows = list(rows)
    prefetch_related_objects(rows, "source_page", "locale", "translator", "translation")
    parents = visible_parents((row.source_page for row in rows), user)
    keys = {
        page.translation_key for page in [*parents.values(), *(row.source_page for row in rows)]
    }
    locales = {row.locale_id for row in rows}
    translated_pages = {
        (page.translation_key, page.locale_id): page
        for page in Page.objects.filter(translation_key__in=keys, locale__in=locales)
    }
    return [
        line(row, parents.get(row.source_page.path[: -Page.steplen]), translated_pages, user)
        for row in rows
    ]


def line(
    row: PageTranslation,
    parent: Page | None,
    translated_pages: Mapping[tuple[UUID, int], Page],
    user: User | AnonymousUser,
) -> BoardLine:
    """Return the `BoardLine` of a row.

    `parent` is the parent page, and `translated_pages` are pages by translation key and locale.
    """
    translated_page = translated_pages.get((row.source_page.translation_key, row.locale_id))
    # The parent of a home page is the root in every language.
    is_below_root = parent is not None and parent.is_root()
    translated_parent = (
        parent
        if is_below_root
        else parent and translated_pages.get((parent.translation_key, row.locale_id))
    )
    return BoardLine(
        row,
        translated_page,
        parent,
        translated_parent,
        has_right_on_translation=translated_page is not None and has_right(user, translated_page),
    )


def visible_parents(pages: Iterable[Page], user: User | AnonymousUser) -> dict[str, Page]:
    """Return the parent pages of `pages` that `user` may see, by their path."""
    paths = {page.path[: -Page.steplen] for page in pages}
    return {page.path: page for page in visible_to(user, Page.objects.filter(path__in=paths))}


def search_rows(rows: PageTranslationQuerySet, query: str) -> PageTranslationQuerySet:
    """Return the rows whose original or translation matches `query`."""
    pages = get_search_backend().autocomplete(query, Page.objects.only("translation_key"))
    keys = [page.translation_key for page in pages[:MAX_PAGES_FOUND]]
    return rows.filter(source_page__translation_key__in=keys)


def most_urgent(
    user: User | AnonymousUser, locales: Iterable[Locale], amount: int
) -> list[BoardLine]:
    """Return the `BoardLine`s of the work for `user`, the most urgent first.

    For example, a translation that was sent back comes before a missing one.

    There is one query for each state. An index provides the order of each query, so finished
    translations do not slow it down.
    """
    rows = visible_rows(user).in_locales(locales).for_lines()
    rows = rows.by_urgency()
    waiting = [row for state in WAITING for row in rows.filter(state=state)[:amount]]
    waiting.sort(key=lambda row: -row.urgency)
    return lines(waiting[:amount], user)

"""Translations in the admin's menus."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest
from django.urls import reverse, reverse_lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from cms.translation.board import BoardLine, lines
from cms.translation.models import PageTranslation
from cms.translation.rights import target_locales_of
from cms.visibility import may_see


class DeskMenuItem(MenuItem):
    """A link to a part of the desk, for users who have a language to translate into."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show the item to users who may open its page."""
        return target_locales_of(request.user).exists()


BOARD = DeskMenuItem(
    _("Translations"),
    reverse_lazy("translations:board"),
    name="translations",
    icon_name="wagtail-localize-language",
    # After the pages.
    order=150,
)
EXCHANGE = DeskMenuItem(
    _("PO files"), reverse_lazy("translations:exchange"), icon_name="download", order=250
)


class TranslationStateButton(Button):
    """A button with the state of a translation.

    It is a link if there is a page that the user may open.
    """

    template_name = "translation/state_button.html"


def translation_state_buttons(
    page: Page, user: User | AnonymousUser
) -> Iterator[TranslationStateButton]:
    """Yield a button for the translation of `page` into each language.

    A page that is a translation itself has none.
    """
    rows = PageTranslation.objects.filter(source_page=page).for_lines()
    for line in lines(rows.order_by("locale__language_code"), user):
        yield TranslationStateButton(
            state_label(line.row),
            address(line, user),
            icon_name="wagtail-localize-language",
            priority=90,
        )


def state_label(row: PageTranslation) -> str:
    """Return the state of a row, for example "English: Stale, 2 segments changed"."""
    label = f"{row.locale.get_display_name()}: {capfirst(row.get_state_display())}"
    if not row.changed_count:
        return label
    changed = ngettext(
        "%(number)s segment changed", "%(number)s segments changed", row.changed_count
    )
    return f"{label}, {changed % {'number': row.changed_count}}"


def address(line: BoardLine, user: User | AnonymousUser) -> str | None:
    """Return the URL where `user` can work on the translation.

    If there is none, return the URL where the user can read it, else `None`.
    """
    step = line.next_step(user) if line.row.locale in target_locales_of(user) else None
    if step is None:
        page = line.translated_page if line.translated_page and line.translated_page.live else None
        return page.url if page and may_see(user, page) else None
    if step.is_post:
        return f"{reverse('translations:board')}?{urlencode({'q': line.row.source_page.title})}"
    return step.url

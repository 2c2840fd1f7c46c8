"""An archive of articles, each with rows on the board in two languages."""

from django.db import connection
from django.db.models import Case, F, Value, When
from wagtail.models import Locale

from cms.translation import progress
from cms.translation.models import PageTranslation, State
from news.models import ArticlePage, NewsIndexPage
from tests.article_copies import multiply
from tests.factories import ArticleFactory

STALE = Case(When(urgency__gt=5000, then=Value(State.STALE)), default=F("state"))


def languages() -> list[Locale]:
    """Return the locales that articles are translated into, including a third language."""
    french, _created = Locale.objects.get_or_create(language_code="fr")
    return [Locale.objects.get(language_code="en"), french]


def grow(size: int) -> None:
    """Create articles until there are `size` published ones, with a board row for each language.

    Half of the board rows are stale, as if their original had changed. They have different
    urgencies.
    """
    section = NewsIndexPage.objects.get(locale__language_code="vi")
    first = ArticlePage.objects.child_of(section).first() or ArticleFactory(
        parent=section, title="Kế hoạch thi đua"
    )
    multiply(first, size - ArticlePage.objects.child_of(section).count())
    for locale in languages():
        progress.list_originals(locale)
    PageTranslation.objects.update(urgency=F("id") * 7919 % 10_000)
    PageTranslation.objects.update(state=STALE)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

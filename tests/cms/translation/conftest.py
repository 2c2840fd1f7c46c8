"""Fixtures for users of the admin, and for an article and its English translation."""

from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.coreutils import get_content_languages
from wagtail.models import Locale

from cms.translation import drafts, localize
from cms.translation.models import PageTranslation
from news.models import NewsIndexPage
from tests.factories import ArticleFactory, PictureFactory, image_block, member_of
from tests.shared_fixtures import shared_fixture

GROUPS = {
    "editor": "Editors",
    "translator": "Translators (English)",
    "moderator": "Moderators",
    "administrator": "Administrators",
}


@shared_fixture(autouse=True)
def empty_board():
    """An empty board, without the rows that a migration creates for the pages of a new site."""
    PageTranslation.objects.all().delete()


class AdminClient:
    """A client of one user in the admin, which also runs the on-commit callbacks."""

    def __init__(self, user, capture_on_commit):
        self.user = user
        self.django_client = Client()
        self.capture_on_commit = capture_on_commit
        if user is not None:
            self.django_client.force_login(user)

    def get(self, address):
        """Send a GET request."""
        return self.django_client.get(address)

    def post(self, address, form=None):
        """Send the form and run the on-commit callbacks. Publishing happens after the commit."""
        with self.capture_on_commit(execute=True):
            return self.django_client.post(address, form or {})

    def put(self, address, form):
        """Send the form as the translation editor's script does."""
        with self.capture_on_commit(execute=True):
            return self.django_client.put(
                address, urlencode(form), content_type="application/x-www-form-urlencoded"
            )

    def delete(self, address):
        """Send a DELETE request as the translation editor's script does."""
        return self.django_client.delete(address)


@pytest.fixture
def client_of(db, django_capture_on_commit_callbacks):
    """A function that signs a user in by role: `client_of("translator")`, or "anonymous"."""

    def sign_in(role):
        user = None if role == "anonymous" else member_of(GROUPS[role], username=f"mot-{role}")
        return AdminClient(user, django_capture_on_commit_callbacks)

    return sign_in


@pytest.fixture
def french(db, settings):
    """The locale of French, a third language."""
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [
        *settings.LANGUAGES,
        ("fr", "Français"),
    ]
    get_content_languages.cache_clear()
    yield Locale.objects.create(language_code="fr")
    get_content_languages.cache_clear()


@pytest.fixture
def french_home(french, home):
    """The French home page: a draft, which was created with the language."""
    return home.get_translation(french)


@pytest.fixture
def french_translator_client(french_home, django_capture_on_commit_callbacks):
    """The client of a user who translates only into French."""
    user = member_of("Translators (French)", username="mot-phap")
    return AdminClient(user, django_capture_on_commit_callbacks)


@shared_fixture
def article(empty_board):
    """A published Vietnamese article with a picture."""
    section = NewsIndexPage.objects.get(locale__language_code="vi")
    picture = PictureFactory(title="Ảnh")
    article = ArticleFactory(
        parent=section,
        title="Khai giảng năm học mới",
        introduction="Hôm nay các trường mở cửa.",
        published_at=datetime(2020, 8, 12, 9, 47, tzinfo=UTC),
    )
    article.body = [image_block(picture, alt_text="Sân trường", caption="Lễ khai giảng")]
    article.body = article._meta.get_field("body").to_python(article.body)
    article.save()
    return article


def translate(translation, text_of, user=None):
    """Translate each segment as `text_of(source)`. Both texts are fragments of HTML."""
    for segment in localize.segments(translation):
        localize.save_string(translation, segment, text_of(segment.source), user)


def publish_translated(translation, text_of, user=None):
    """Translate each segment, publish, and return the page."""
    translate(translation, text_of, user)
    drafts.publish(translation, user)
    return localize.target_of(translation)


@shared_fixture
def translation(article):
    """The translation of the article, submitted but not yet edited: a draft."""
    return localize.start(article, Locale.objects.get(language_code="en"), user=None)


@pytest.fixture
def english_article(translation):
    """The English page of the translation, a draft."""
    return translation.get_target_instance()


TEXTS = {"Khai giảng năm học mới": "The school year begins"}


@shared_fixture
def live_english_article(translation):
    """The English page of the translation, published with a title of its own."""
    return publish_translated(translation, lambda text: TEXTS.get(text, f"English {text}"))


def localize_url(name, *args):
    """Return a URL of wagtail-localize."""
    return reverse(f"wagtail_localize:{name}", args=args)


def editor_of(page):
    """Return the URL of the page's editor."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def is_refused(response):
    """Return whether the admin refused the request.

    A refusal is a 403, or a redirect to the sign-in page or to the admin's first page.
    """
    if response.status_code == 403:
        return True
    if response.status_code != 302:
        return False
    home = reverse("wagtailadmin_home")
    return response.url == home or response.url.startswith(reverse("wagtailadmin_login"))

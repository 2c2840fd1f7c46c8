"""People at their desks, and an article on its way into English."""

from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.coreutils import get_content_languages
from wagtail.models import Locale

from cms.translation import drafts, localize
from cms.translation.models import PageTranslation
from tests.factories import ArticleFactory, PictureFactory, image_block, member_of

GROUPS = {
    "editor": "Editors",
    "translator": "Translators (English)",
    "moderator": "Moderators",
    "administrator": "Administrators",
}


@pytest.fixture(autouse=True)
def empty_board(db):
    """A board without the pages that every site begins with, which a migration listed."""
    PageTranslation.objects.all().delete()


class AdminClient:
    """What one person asks of the admin, with everything that follows from it."""

    def __init__(self, user, capture_on_commit):
        self.user = user
        self.django_client = Client()
        self.capture_on_commit = capture_on_commit
        if user is not None:
            self.django_client.force_login(user)

    def get(self, address):
        """Open the address."""
        return self.django_client.get(address)

    def post(self, address, form=None):
        """Send the form, to its end: publishing happens after the commit."""
        with self.capture_on_commit(execute=True):
            return self.django_client.post(address, form or {})

    def put(self, address, form):
        """Send the form as the translation editor's script does."""
        with self.capture_on_commit(execute=True):
            return self.django_client.put(
                address, urlencode(form), content_type="application/x-www-form-urlencoded"
            )

    def delete(self, address):
        """Ask for deletion as the translation editor's script does."""
        return self.django_client.delete(address)


@pytest.fixture
def client_of(db, django_capture_on_commit_callbacks):
    """Sign somebody in by role: `client_of("translator")`, or "anonymous"."""

    def sign_in(role):
        user = None if role == "anonymous" else member_of(GROUPS[role], username=f"mot-{role}")
        return AdminClient(user, django_capture_on_commit_callbacks)

    return sign_in


@pytest.fixture
def french(db, settings):
    """A third language."""
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [
        *settings.LANGUAGES,
        ("fr", "Français"),
    ]
    get_content_languages.cache_clear()
    yield Locale.objects.create(language_code="fr")
    get_content_languages.cache_clear()


@pytest.fixture
def french_home(french, home):
    """The French home page, a draft, which came with the language."""
    return home.get_translation(french)


@pytest.fixture
def french_translator_client(french_home, django_capture_on_commit_callbacks):
    """Somebody who translates into French alone."""
    user = member_of("Translators (French)", username="mot-phap")
    return AdminClient(user, django_capture_on_commit_callbacks)


@pytest.fixture
def article(section):
    """A published Vietnamese article with a picture."""
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
    """Translate each segment with `text_of(source)`, from one fragment of HTML to another."""
    for segment in localize.segments(translation):
        localize.save_string(translation, segment, text_of(segment.source), user)


def publish_translated(translation, text_of, user=None):
    """Translate each segment, publish, and return the page."""
    translate(translation, text_of, user)
    drafts.publish(translation, user)
    return localize.target_of(translation)


@pytest.fixture
def translation(article, english):
    """The translation of the article, submitted and not yet worked on: a draft."""
    return localize.start(article, english, user=None)


@pytest.fixture
def english_article(translation):
    """The English page of the translation, a draft."""
    return translation.get_target_instance()


TEXTS = {"Khai giảng năm học mới": "The school year begins"}


@pytest.fixture
def live_english_article(translation):
    """The English page of the translation, published with a title of its own."""
    return publish_translated(translation, lambda text: TEXTS.get(text, f"English {text}"))


def localize_url(name, *args):
    """Return an address of wagtail-localize."""
    return reverse(f"wagtail_localize:{name}", args=args)


def editor_of(page):
    """Return the address of the page's editor."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def is_refused(response):
    """Say whether the admin turned the request away, at its door or at this one."""
    if response.status_code == 403:
        return True
    if response.status_code != 302:
        return False
    home = reverse("wagtailadmin_home")
    return response.url == home or response.url.startswith(reverse("wagtailadmin_login"))

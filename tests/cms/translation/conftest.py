"""People at their desks, and an article on its way into English."""

from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object

from tests.factories import ArticleFactory, PictureFactory, image_block, member_of

GROUPS = {
    "editor": "Editors",
    "translator": "Translators (English)",
    "moderator": "Moderators",
    "administrator": "Administrators",
}


class Desk:
    """What one person asks of the admin, with everything that follows from it."""

    def __init__(self, user, capture_on_commit):
        self.user = user
        self.client = Client()
        self.capture_on_commit = capture_on_commit
        if user is not None:
            self.client.force_login(user)

    def get(self, address):
        """Open the address."""
        return self.client.get(address)

    def post(self, address, form=None):
        """Send the form, to its end: publishing happens after the commit."""
        with self.capture_on_commit(execute=True):
            return self.client.post(address, form or {})

    def put(self, address, form):
        """Send the form as the translation editor's script does."""
        with self.capture_on_commit(execute=True):
            return self.client.put(
                address, urlencode(form), content_type="application/x-www-form-urlencoded"
            )

    def delete(self, address):
        """Ask for deletion as the translation editor's script does."""
        return self.client.delete(address)


@pytest.fixture
def desk_of(db, django_capture_on_commit_callbacks):
    """Seat somebody by role: `desk_of("translator")`, or "anonymous"."""

    def seat(role):
        user = None if role == "anonymous" else member_of(GROUPS[role], username=f"mot-{role}")
        return Desk(user, django_capture_on_commit_callbacks)

    return seat


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


@pytest.fixture
def translation(article, english):
    """The translation of the article, submitted and not yet worked on: a draft."""
    translate_object(article, [english])
    return Translation.objects.get(source__object_id=article.translation_key)


@pytest.fixture
def english_article(translation):
    """The English page of the translation, a draft."""
    return translation.get_target_instance()


@pytest.fixture
def live_english_article(english_article):
    """The English page of the translation, published with a title of its own."""
    english_article.title = "The school year begins"
    english_article.save_revision().publish()
    english_article.refresh_from_db()
    return english_article


def localize(name, *args):
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

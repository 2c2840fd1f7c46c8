"""A translation shows its readers a notice if the original was changed later."""

import pytest
from django.urls import reverse

from cms.translation import localize
from tests.cms.translation.conftest import publish_translated
from tests.factories import PlainPageFactory

NOTICE = "The original was changed on"


@pytest.fixture(params=["article", "plain page"])
def original(request, article, home):
    """A published Vietnamese page."""
    return article if request.param == "article" else PlainPageFactory(parent=home, title="Trang")


@pytest.fixture
def page(original, english):
    """The published translation of the original."""
    translation = localize.start(original, english, user=None)
    return publish_translated(translation, lambda text: f"English {text}")


def test_a_translation_that_is_up_to_date_says_nothing(client, page):
    assert NOTICE not in client.get(page.url).content.decode()


def test_a_translation_whose_original_changed_says_so_and_leads_to_it(client, original, page):
    original.title = "Tên khác"
    original.save_revision().publish()
    content = client.get(page.url).content.decode()
    assert NOTICE in content
    assert f'<a href="{original.url}" hreflang="vi">Read the original</a>' in content
    assert NOTICE not in client.get(original.url).content.decode()


def test_a_preview_of_the_next_version_does_not_say_so(client_of, original, page):
    original.title = "Tên khác"
    original.save_revision().publish()
    translation = localize.translation_of(page)
    preview = client_of("translator").get(reverse("translations:preview", args=[translation.pk]))
    assert preview.status_code == 200
    assert NOTICE not in preview.content.decode()

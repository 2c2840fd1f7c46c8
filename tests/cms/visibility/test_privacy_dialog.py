"""Tests of the privacy dialog of a page and of the privacy icons in the admin."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils.translation import gettext
from wagtail.models import GroupPagePermission

from tests.factories import ArticleFactory, publish_english_translation
from tests.privacy import restrict
from tests.rendered_pages import read, text_of


@pytest.fixture
def english_translation(client, section, administrator):
    """The English translation of an article, with an administrator signed in."""
    client.force_login(administrator)
    return publish_english_translation(ArticleFactory(parent=section, title="Tin"), "Story")


def original_of(english_translation):
    """Return the Vietnamese original."""
    return english_translation.get_translations().get()


def dialog(client, page):
    """Return the parsed HTML of the privacy dialog of a page."""
    answer = client.get(f"/admin/pages/{page.pk}/privacy/").json()
    return BeautifulSoup(answer["html"], "html.parser")


def chosen(shown):
    """Return the kind of restriction that is selected in the dialog."""
    return shown.select_one("input[type=radio][checked]")["value"]


def choose(client, page, kind):
    """Set the kind of restriction and return the JSON of the response."""
    return client.post(f"/admin/pages/{page.pk}/privacy/", {"restriction_type": kind}).json()


def linked_urls(shown):
    """Return the URLs of the pages to which the dialog links."""
    return [link["href"] for link in shown.select("label a")]


def test_the_dialog_names_the_private_original(client, english_translation):
    original = original_of(english_translation)
    restrict(original, "login")
    shown = dialog(client, english_translation)
    assert linked_urls(shown) == [f"/admin/pages/{original.pk}/edit/"]
    assert chosen(shown) == "none"


def test_the_dialog_names_the_private_section_of_the_original(client, section, english_translation):
    restrict(section, "login")
    assert linked_urls(dialog(client, english_translation)) == [f"/admin/pages/{section.pk}/edit/"]


def test_the_dialog_names_no_page_that_one_may_not_see(client, english_translation, translator):
    original = original_of(english_translation)
    restrict(original, "login")
    original.view_restrictions.update(restriction_type="password")
    GroupPagePermission.objects.create(
        group=translator.groups.get(),
        page=english_translation,
        permission=Permission.objects.get(codename="publish_page"),
    )
    translator_client = Client()
    translator_client.force_login(translator)
    shown = dialog(translator_client, english_translation)
    assert linked_urls(shown) == []
    assert original.title not in text_of(shown)
    assert gettext("A page you may not see") in text_of(shown)


def test_the_dialog_of_the_original_knows_nothing_of_the_translation(client, english_translation):
    restrict(english_translation, "login")
    assert linked_urls(dialog(client, original_of(english_translation))) == []


def test_a_translation_gets_and_loses_a_restriction_of_its_own(client, english_translation):
    restrict(original_of(english_translation), "login")
    assert choose(client, english_translation, "login")["is_public"] is False
    assert choose(client, english_translation, "login")["is_public"] is False
    assert english_translation.view_restrictions.count() == 1
    assert chosen(dialog(client, english_translation)) == "login"
    assert choose(client, english_translation, "none")["is_public"] is False
    assert english_translation.view_restrictions.count() == 0
    original_of(english_translation).view_restrictions.all().delete()
    assert choose(client, english_translation, "none")["is_public"] is True


def test_a_wrong_choice_sets_nothing(client, english_translation):
    answer = choose(client, english_translation, "groups")
    assert "error" in answer["html"]
    assert english_translation.view_restrictions.count() == 0


def test_who_may_not_publish_may_not_set_privacy(client, english_translation, translator):
    client.force_login(translator)
    choose_as = client.post(
        f"/admin/pages/{english_translation.pk}/privacy/", {"restriction_type": "login"}
    )
    assert choose_as.status_code == 302
    assert english_translation.view_restrictions.count() == 0


def test_nobody_sets_privacy_unseen(client, english_translation):
    client.logout()
    response = client.get(f"/admin/pages/{english_translation.pk}/privacy/")
    assert response.status_code == 302
    assert "login" in response["Location"]


def test_the_form_shows_whether_a_translation_is_private(client, english_translation):
    def shown_as():
        tags = read(client, f"/admin/pages/{english_translation.pk}/edit/").select(
            "header a.page-status-tag"
        )
        return [
            text_of(tag.parent) and tag["data-w-zone-switch-key-value"]
            for tag in tags
            if "w-hidden" not in tag["class"]
        ]

    assert shown_as() == ["isPublic"]
    restrict(original_of(english_translation), "login")
    assert shown_as() == ["!isPublic"]


def test_the_list_of_pages_marks_a_private_translation(client, english_translation):
    def marks():
        page = read(client, f"/admin/pages/{english_translation.get_parent().pk}/")
        return len(page.select("td .privacy-indicator"))

    assert marks() == 0
    restrict(original_of(english_translation), "login")
    assert marks() == 1

"""The privacy dialog of a page, and the signs of private pages in the admin."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils.translation import gettext
from wagtail.models import GroupPagePermission, PageViewRestriction

from tests.factories import ArticleFactory
from tests.news.reader import in_english, read, words


@pytest.fixture
def twin(client, section, administrator):
    """The English twin of an article, looked at by an administrator."""
    client.force_login(administrator)
    return in_english(ArticleFactory(parent=section, title="Tin"), "Story")


def make_private(page):
    """Restrict a page to who is signed in."""
    return PageViewRestriction.objects.create(page=page, restriction_type="login")


def original_of(twin):
    """Return the Vietnamese page."""
    return twin.get_translations().get()


def dialog(client, page):
    """Return the dialog of a page."""
    answer = client.get(f"/admin/pages/{page.pk}/privacy/").json()
    return BeautifulSoup(answer["html"], "html.parser")


def chosen(shown):
    """Return the kind of restriction that the dialog shows as set."""
    return shown.select_one("input[type=radio][checked]")["value"]


def choose(client, page, kind):
    """Set the kind of restriction, and return what the dialog tells the page."""
    return client.post(f"/admin/pages/{page.pk}/privacy/", {"restriction_type": kind}).json()


def linked(shown):
    """Return the addresses of the pages that the dialog names."""
    return [link["href"] for link in shown.select("label a")]


def test_the_dialog_names_the_private_original(client, twin):
    original = original_of(twin)
    make_private(original)
    shown = dialog(client, twin)
    assert linked(shown) == [f"/admin/pages/{original.pk}/edit/"]
    assert chosen(shown) == "none"


def test_the_dialog_names_the_private_section_of_the_original(client, section, twin):
    make_private(section)
    assert linked(dialog(client, twin)) == [f"/admin/pages/{section.pk}/edit/"]


def test_the_dialog_names_no_page_that_one_may_not_see(client, twin, translator):
    original = original_of(twin)
    make_private(original)
    original.view_restrictions.update(restriction_type="password")
    GroupPagePermission.objects.create(
        group=translator.groups.get(),
        page=twin,
        permission=Permission.objects.get(codename="publish_page"),
    )
    translator_client = Client()
    translator_client.force_login(translator)
    shown = dialog(translator_client, twin)
    assert linked(shown) == []
    assert original.title not in words(shown)
    assert gettext("A page you may not see") in words(shown)


def test_the_dialog_of_the_original_knows_nothing_of_the_translation(client, twin):
    make_private(twin)
    assert linked(dialog(client, original_of(twin))) == []


def test_a_translation_gets_and_loses_a_restriction_of_its_own(client, twin):
    make_private(original_of(twin))
    assert choose(client, twin, "login")["is_public"] is False
    assert choose(client, twin, "login")["is_public"] is False
    assert twin.view_restrictions.count() == 1
    assert chosen(dialog(client, twin)) == "login"
    assert choose(client, twin, "none")["is_public"] is False
    assert twin.view_restrictions.count() == 0
    original_of(twin).view_restrictions.all().delete()
    assert choose(client, twin, "none")["is_public"] is True


def test_a_wrong_choice_sets_nothing(client, twin):
    answer = choose(client, twin, "groups")
    assert "error" in answer["html"]
    assert twin.view_restrictions.count() == 0


def test_who_may_not_publish_may_not_set_privacy(client, twin, translator):
    client.force_login(translator)
    choose_as = client.post(f"/admin/pages/{twin.pk}/privacy/", {"restriction_type": "login"})
    assert choose_as.status_code == 302
    assert twin.view_restrictions.count() == 0


def test_nobody_sets_privacy_unseen(client, twin):
    client.logout()
    response = client.get(f"/admin/pages/{twin.pk}/privacy/")
    assert response.status_code == 302
    assert "login" in response["Location"]


def test_the_form_shows_whether_a_translation_is_private(client, twin):
    def shown_as():
        tags = read(client, f"/admin/pages/{twin.pk}/edit/").select("header a.page-status-tag")
        return [
            words(tag.parent) and tag["data-w-zone-switch-key-value"]
            for tag in tags
            if "w-hidden" not in tag["class"]
        ]

    assert shown_as() == ["isPublic"]
    make_private(original_of(twin))
    assert shown_as() == ["!isPublic"]


def test_the_list_of_pages_marks_a_private_translation(client, twin):
    def marks():
        page = read(client, f"/admin/pages/{twin.get_parent().pk}/")
        return len(page.select("td .privacy-indicator"))

    assert marks() == 0
    make_private(original_of(twin))
    assert marks() == 1

"""Tests for the addresses of pages that were renamed, moved, withdrawn or deleted."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from cms.addresses.descendant_redirects import moved_address
from cms.addresses.routing import MAX_DEPTH
from cms.models import GoneAddress
from news.models import ArticlePage
from tests.article_copies import multiply
from tests.factories import (
    ArticleFactory,
    PlainPageFactory,
    SectionFactory,
    publish_english_translation,
)
from tests.rendered_pages import read


@pytest.fixture
def article(section):
    """A published article."""
    return published(ArticleFactory(parent=section, title="Tin cũ"))


@pytest.fixture
def successor(section):
    """A published article that replaces the other."""
    return published(ArticleFactory(parent=section, title="Tin mới"))


def published(page):
    """Publish `page` as its editor would."""
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def withdraw(client, page, target=None, **form):
    """Unpublish `page` in the admin, and redirect its readers to `target`."""
    if target:
        form["send_readers_to"] = target.pk
    return client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]), form)


# Renamed and moved pages


def test_a_renamed_article_redirects_from_its_former_address(client, article, rename):
    former = article.url
    rename(article, "ten-moi")
    response = client.get(former)
    assert (response.status_code, response["Location"]) == (301, "/tin-tuc/ten-moi/")


def test_an_article_renamed_twice_redirects_from_both_addresses_in_one_step(
    client, article, rename
):
    for slug in ("hai", "ba"):
        rename(article, slug)
    for former in ("tin-cu", "hai"):
        assert client.get(f"/tin-tuc/{former}/")["Location"] == "/tin-tuc/ba/"


def test_an_article_named_back_is_served_and_not_redirected(client, article, rename):
    for slug in ("hai", "tin-cu"):
        rename(article, slug)
    assert client.get("/tin-tuc/tin-cu/").status_code == 200
    assert client.get("/tin-tuc/hai/")["Location"] == "/tin-tuc/tin-cu/"


def test_a_renamed_section_redirects_with_its_articles_in_both_languages(
    client, article, section, rename
):
    english = publish_english_translation(article, "Old news")
    english_section = english.get_parent().specific
    for page, slug in ((section, "thoi-su"), (english_section, "current")):
        rename(page, slug)
    assert client.get("/tin-tuc/tin-cu/")["Location"] == "/thoi-su/tin-cu/"
    assert client.get("/en/news/old-news/")["Location"] == "/en/current/old-news/"
    assert client.get("/tin-tuc/")["Location"] == "/thoi-su/"


def test_a_section_of_any_size_leaves_one_redirect(client, article, section, rename):
    multiply(article, 1200)
    rename(section, "thoi-su")
    assert Redirect.objects.count() == 1
    assert client.get("/tin-tuc/tin-cu-1000/")["Location"] == "/thoi-su/tin-cu-1000/"


def test_an_article_whose_slug_ends_like_that_of_a_feed_is_found(client, article, section, rename):
    rename(article, "tin-feed")
    rename(section, "thoi-su")
    assert client.get("/tin-tuc/tin-feed/")["Location"] == "/thoi-su/tin-feed/"


def test_the_feed_of_a_renamed_section_is_found(client, article, section, rename):
    rename(section, "thoi-su")
    assert client.get("/tin-tuc/feed/")["Location"] == "/thoi-su/feed/"


@pytest.mark.parametrize("tail", ["khong-co/", "tin-cu/x/", "tin-cu%00/", "a/" * 400])
def test_what_never_was_below_a_renamed_section_is_not_found(
    client, article, section, rename, tail
):
    rename(section, "thoi-su")
    assert client.get(f"/tin-tuc/{tail}").status_code in (400, 404)


def test_a_draft_below_a_renamed_section_is_not_given_away(client, section, rename):
    ArticleFactory(parent=section, title="Nháp", live=False)
    rename(section, "thoi-su")
    assert client.get("/tin-tuc/nhap/").status_code == 404


def test_what_was_withdrawn_below_a_renamed_section_is_gone(client, article, section, rename):
    rename(section, "thoi-su")
    Page.objects.get(pk=article.pk).unpublish()
    assert client.get("/tin-tuc/tin-cu/", follow=True).status_code == 410


def test_an_article_renamed_below_a_renamed_section_is_found(client, article, section, rename):
    rename(section, "thoi-su")
    rename(ArticlePage.objects.get(pk=article.pk), "ten-moi")
    response = client.get("/tin-tuc/tin-cu/", follow=True)
    assert response.status_code == 200
    assert response.redirect_chain[-1][0] == "/thoi-su/ten-moi/"


def test_a_moved_section_redirects_with_its_articles(client, article, section, home):
    other = SectionFactory(parent=home, title="Văn bản")
    section.move(other, pos="last-child")
    assert client.get("/tin-tuc/tin-cu/")["Location"] == "/van-ban/tin-tuc/tin-cu/"
    assert client.get("/tin-tuc/")["Location"] == "/van-ban/tin-tuc/"


def test_of_two_moved_pages_above_the_nearer_one_decides(client, home, rename):
    about = PlainPageFactory(parent=home, title="Giới thiệu")
    staff = PlainPageFactory(parent=about, title="Bộ máy")
    PlainPageFactory(parent=staff, title="Phòng")
    staff.move(home, pos="last-child")
    rename(type(about).objects.get(pk=about.pk), "ve-chung-toi")
    assert client.get("/gioi-thieu/bo-may/phong/")["Location"] == "/bo-may/phong/"


def test_of_two_articles_that_had_the_address_the_last_one_is_found(
    client, article, section, rename
):
    """One left it at the section's second address, the other at its third."""
    rename(section, "thoi-su")
    rename(ArticlePage.objects.get(pk=article.pk), "hai")
    section.refresh_from_db()
    rename(section, "su-kien")
    section.refresh_from_db()
    rename(published(ArticleFactory(parent=section, title="Tin cũ")), "ba")
    assert client.get("/tin-tuc/tin-cu/")["Location"] == "/su-kien/ba/"


def test_a_redirect_made_by_hand_leads_from_its_own_address_alone(client, article, section):
    """The administrator may have made it for another site of the department."""
    Redirect.objects.create(old_path="/ban-tin", redirect_page=section)
    assert client.get("/ban-tin/")["Location"] == "/tin-tuc/"
    assert client.get("/ban-tin/tin-cu/").status_code == 404


def test_an_address_too_deep_for_any_page_is_not_looked_up(rf, section, django_assert_num_queries):
    """Otherwise a long address would make a long query."""
    levels = "a/" * MAX_DEPTH
    with django_assert_num_queries(0):
        assert moved_address(rf.get(f"/tin-tuc/{levels}")) is None


def test_an_article_moved_in_english_redirects_from_its_former_address(
    client, article, english_home
):
    english = publish_english_translation(article, "Old news")
    english.move(SectionFactory(parent=english_home, title="Papers"), pos="last-child")
    response = client.get("/en/news/old-news/")
    assert (response.status_code, response["Location"]) == (301, "/en/papers/old-news/")


def test_no_browser_keeps_a_redirect_for_good(client, article, section, rename):
    rename(article, "hai")
    rename(section, "thoi-su")
    for former in ("/tin-tuc/tin-cu/", "/tin-tuc/hai/", "/tin-tuc/"):
        response = client.get(former)
        assert (response.status_code, response["Cache-Control"]) == (301, "max-age=300")


def test_a_draft_that_was_never_published_redirects_from_nowhere(section, home, rename):
    draft = ArticleFactory(parent=section, title="Nháp", live=False)
    draft.move(SectionFactory(parent=home, title="Văn bản"), pos="last-child")
    draft.refresh_from_db()
    rename(draft, "ten-moi")
    assert not Redirect.objects.exists()


def test_a_draft_that_moves_takes_the_readers_of_the_pages_below_it_along(client, home):
    draft = PlainPageFactory(parent=home, title="Chưa xong", live=False)
    PlainPageFactory(parent=draft, title="Bên dưới")
    assert client.get("/chua-xong/ben-duoi/").status_code == 200
    draft.move(PlainPageFactory(parent=home, title="Giới thiệu"), pos="last-child")
    response = client.get("/chua-xong/ben-duoi/")
    assert response["Location"] == "/gioi-thieu/chua-xong/ben-duoi/"


def test_a_moved_article_redirects_from_its_former_address(client, article, home):
    other = SectionFactory(parent=home, title="Văn bản")
    article.move(other, pos="last-child")
    assert client.get("/tin-tuc/tin-cu/")["Location"] == "/van-ban/tin-cu/"


def test_what_is_published_at_a_former_address_is_served(client, article, section, rename):
    rename(article, "ten-moi")
    published(ArticleFactory(parent=section, title="Tin khác", slug="tin-cu"))
    assert "Tin khác" in read(client, "/tin-tuc/tin-cu/").get_text()


# Withdrawn pages


def test_a_withdrawn_article_is_gone(client, article):
    article.unpublish()
    page = read(client, article.url, status=410)
    assert page.select_one("h1")
    assert page.select_one('meta[name="robots"]')["content"] == "noindex"
    assert page.select_one('main a[href="/"]')


def test_readers_of_what_is_gone_are_shown_the_section(client, article):
    article.unpublish()
    page = read(client, article.url, status=410)
    assert page.select_one('main a[href="/tin-tuc/"]').get_text() == "Tin tức"


def test_a_section_that_is_withdrawn_or_private_is_not_named(client, article, section):
    article.unpublish()
    PageViewRestriction.objects.create(page=section, restriction_type="login")
    assert client.get(article.url).status_code == 404
    PageViewRestriction.objects.all().delete()
    section.unpublish()
    assert not read(client, article.url, status=410).select('main a[href="/tin-tuc/"]')


def test_readers_of_a_deleted_article_are_not_told_of_its_section_that_is_private_now(
    client, article, section
):
    article.delete()
    PageViewRestriction.objects.create(page=section, restriction_type="login")
    page = read(client, "/tin-tuc/tin-cu/", status=410)
    assert section.title not in page.select_one("main").get_text()


def test_what_is_gone_is_so_at_its_own_address_alone(client, article):
    article.unpublish()
    assert client.get("/vi/tin-tuc/tin-cu/").status_code == 404


def test_articles_withdrawn_together_are_gone_with_their_translations(client, article, moderator):
    english = publish_english_translation(article, "Old news")
    client.force_login(moderator)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    client.post(f"{address}?id={article.pk}")
    client.logout()
    assert client.get(article.url).status_code == 410
    assert client.get(english.url).status_code == 410


def test_a_page_that_is_gone_is_so_in_english(client, article):
    english = publish_english_translation(article, "Old news")
    english.unpublish()
    page = read(client, "/en/news/old-news/", status=410)
    assert page.html["lang"] == "en"


def test_a_draft_that_was_never_published_is_not_found(client, section):
    draft = ArticleFactory(parent=section, title="Nháp", live=False)
    assert client.get(draft.url).status_code == 404


def test_a_withdrawn_private_page_is_not_found(client, article):
    PageViewRestriction.objects.create(page=article, restriction_type="login")
    article.unpublish()
    assert client.get(article.url).status_code == 404


@pytest.mark.parametrize("tail", ["x/", "tin-cu/x/", "%00/", "tin-cu%00/", "a/" * 400, "%ff/"])
def test_what_never_was_is_not_found_beside_what_is_gone(client, article, tail):
    article.unpublish()
    assert client.get(f"/tin-tuc/{tail}").status_code in (400, 404)


def test_an_article_published_again_is_back(client, article, successor, moderator):
    client.force_login(moderator)
    withdraw(client, article, successor)
    published(article)
    assert client.get(article.url).status_code == 200
    article.unpublish()
    assert client.get(article.url).status_code == 410


def test_an_article_that_is_only_scheduled_sends_its_readers_on_until_then(
    client, article, successor, moderator
):
    client.force_login(moderator)
    withdraw(client, article, successor)
    article = ArticlePage.objects.get(pk=article.pk)
    article.go_live_at = timezone.now() + timedelta(days=7)
    article.save_revision().publish()
    assert client.get(article.url)["Location"] == successor.url


def test_a_deleted_article_is_gone(client, article):
    article.delete()
    assert client.get("/tin-tuc/tin-cu/").status_code == 410


def test_a_deleted_private_article_is_not_found(client, article):
    """410 would tell that there was one."""
    PageViewRestriction.objects.create(page=article, restriction_type="login")
    article.delete()
    assert client.get("/tin-tuc/tin-cu/").status_code == 404


def test_a_deleted_section_is_gone_with_its_articles(client, article, section):
    section.delete()
    assert client.get("/tin-tuc/").status_code == 410
    assert client.get("/tin-tuc/tin-cu/").status_code == 410


def test_the_former_addresses_of_a_deleted_article_are_gone_too(client, article, rename):
    rename(article, "ten-moi")
    article.refresh_from_db()
    article.delete()
    assert client.get("/tin-tuc/tin-cu/").status_code == 410


def test_an_article_deleted_below_a_renamed_section_is_gone_at_both_addresses(
    client, article, section, rename
):
    rename(section, "thoi-su")
    ArticlePage.objects.get(pk=article.pk).delete()
    assert client.get("/thoi-su/tin-cu/").status_code == 410
    assert client.get("/tin-tuc/tin-cu/", follow=True).status_code == 410


@pytest.mark.parametrize(("length", "is_kept"), [(1000, True), (1001, False)])
def test_an_address_longer_than_its_column_is_not_kept(db, length, is_kept):
    GoneAddress.remember("https://example.vn/" + "a" * (length - 1))
    assert GoneAddress.objects.exists() is is_kept


def test_a_deleted_draft_leaves_no_trace(client, section):
    ArticleFactory(parent=section, title="Nháp", live=False).delete()
    assert client.get("/tin-tuc/nhap/").status_code == 404
    assert not GoneAddress.objects.exists()


# The redirect that the editor chooses


def test_readers_are_sent_where_the_editor_chose(client, article, successor, moderator):
    client.force_login(moderator)
    withdraw(client, article, successor)
    response = client.get(article.url)
    assert (response.status_code, response["Location"]) == (302, successor.url)


def test_readers_of_the_translation_are_sent_to_the_translation(
    client, article, successor, moderator
):
    english, target = (
        publish_english_translation(article, "Old news"),
        publish_english_translation(successor, "New story"),
    )
    client.force_login(moderator)
    withdraw(client, article, successor)
    assert client.get(english.url)["Location"] == target.url


def test_readers_of_a_translation_with_nowhere_to_go_are_told_it_is_gone(
    client, article, successor, moderator
):
    english = publish_english_translation(article, "Old news")
    client.force_login(moderator)
    withdraw(client, article, successor)
    assert client.get(english.url).status_code == 410


def test_the_question_names_the_choice_and_the_translations(client, article, moderator):
    publish_english_translation(article, "Old news")
    client.force_login(moderator)
    page = read(client, reverse("wagtailadmin_pages:unpublish", args=[article.pk]))
    assert page.select_one('[name="send_readers_to"]')


@pytest.mark.parametrize("target", ["itself", "draft", "private", "nothing", "text"])
def test_readers_cannot_be_sent_where_they_could_not_read(
    client, article, section, home, moderator, target
):
    draft = ArticleFactory(parent=section, title="Nháp", live=False)
    private = PlainPageFactory(parent=home, title="Riêng")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    values = {"itself": article.pk, "draft": draft.pk, "private": private.pk}
    client.force_login(moderator)
    response = withdraw(
        client, article, send_readers_to=values.get(target, {"nothing": 98765}.get(target, "x"))
    )
    assert response["Location"] == reverse("wagtailadmin_pages:unpublish", args=[article.pk])
    assert Page.objects.get(pk=article.pk).live
    assert read(client, response["Location"]).select_one(".messages .error")


@pytest.mark.parametrize("role", ["editor", "translator"])
def test_who_may_not_publish_may_not_withdraw(client, article, successor, role, request):
    client.force_login(request.getfixturevalue(role))
    withdraw(client, article, successor)
    assert Page.objects.get(pk=article.pk).live
    assert client.get(article.url).status_code == 200


# Translations


def test_translations_are_withdrawn_with_their_original(client, article):
    english = publish_english_translation(article, "Old news")
    article.unpublish()
    assert client.get(english.url).status_code == 410


def test_translations_are_withdrawn_when_their_original_is_deleted(client, article):
    english = publish_english_translation(article, "Old news")
    article.delete()
    assert client.get(english.url).status_code == 410


def test_the_original_stays_when_a_translation_is_withdrawn(client, article):
    publish_english_translation(article, "Old news").unpublish()
    assert client.get(article.url).status_code == 200

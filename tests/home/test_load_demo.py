"""Tests of `manage.py load_demo`: it loads a demo portal once and never overwrites any work."""

import io
import os
import re
from unittest import mock

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import TestCase
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from cms.models import PortalDocument, PortalImage, PortalRendition, SiteFrame
from cms.text.truncation import truncate
from cms.translation.diff import NUMBER_WEIGHT
from cms.translation.models import PageTranslation, State
from cms.visitors.models import VisitorCounter
from home.demo.load import DemoLoader
from home.models import PlainPage
from news.models import ArticlePage, NewsIndexPage, Topic
from tests.factories import ArticleFactory, PlainPageFactory
from tests.rendered_pages import links, read, text_of

PASSWORD = "mat-khau-cua-ban-trinh-dien"

GROUPS = {
    "quantri": "Administrators",
    "bientap": "Editors",
    "duyetbai": "Moderators",
    "phiendich": "Translators (English)",
}


def load_demo():
    """Run the command and return its output."""
    output = io.StringIO()
    call_command("load_demo", stdout=output)
    return output.getvalue()


def all_rows():
    """Return every row of every table."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models()
    }


def assert_untouched():
    """Run the command, assert that it changes nothing, and return its output."""
    before = all_rows()
    message = load_demo()
    assert all_rows() == before
    return message


class TestDemo(TestCase):
    """Tests of the loaded demo. It is loaded once for the whole class, with all its pictures."""

    @classmethod
    def setUpTestData(cls):
        with (
            mock.patch.dict(os.environ, {"DEMO_PASSWORD": PASSWORD}),
            cls.captureOnCommitCallbacks(execute=True),
        ):
            cls.message = load_demo()
        cls.vietnamese = Locale.objects.get(language_code="vi")
        cls.english = Locale.objects.get(language_code="en")
        cls.homes = [(cls.vietnamese, "/"), (cls.english, "/en/")]
        cls.articles = ArticlePage.objects.filter(locale=cls.vietnamese)

    def test_the_board_has_something_of_each_kind(self):
        states = PageTranslation.objects.values_list("state", flat=True)
        assert set(states) == {State.STALE, State.PUBLISHED, State.MISSING}
        stale = PageTranslation.objects.get(state=State.STALE)
        assert (stale.changed_count, stale.urgency) == (1, NUMBER_WEIGHT * 100 + 1)

    def test_24_articles_in_three_sections_and_plain_pages_are_published(self):
        assert self.articles.live().count() == 24
        sections = NewsIndexPage.objects.live().filter(locale=self.vietnamese)
        assert sections.count() == 3
        assert all(section.articles().exists() for section in sections)
        assert PlainPage.objects.live().filter(locale=self.vietnamese).count() >= 2
        assert not Page.objects.filter(live=False).exists()
        assert not Page.objects.filter(has_unpublished_changes=True).exists()

    def test_every_article_has_a_lead_and_a_date_of_its_own(self):
        assert all(article.introduction for article in self.articles)
        assert len({article.published_at for article in self.articles}) == 24

    def test_articles_differ_in_length_and_form(self):
        kinds = {block.block_type for article in self.articles for block in article.body}
        assert {"gallery", "table", "document", "callout", "quote", "related"} <= kinds
        lengths = sorted(len(article.body_text.split()) for article in self.articles)
        assert lengths[0] < 80
        assert lengths[-1] > 800

    def test_every_document_is_a_real_one_that_everybody_can_have(self):
        documents = PortalDocument.objects.all()
        assert len(documents) == 6
        for document in documents:
            content = b"".join(self.client.get(document.url))
            assert content.startswith(b"%PDF-")
            assert len(content) < 100_000

    def test_every_topic_has_articles_and_a_page_in_both_languages(self):
        for topic in Topic.objects.all():
            page = read(self.client, topic.get_absolute_url())
            assert text_of(page.h1) == topic.name
            if topic.locale == self.vietnamese:
                assert page.select(".card")
        assert Topic.objects.count() == 12

    def test_one_article_is_built_like_those_of_the_old_portal(self):
        """It has a lead, two captioned pictures, long paragraphs and a source."""
        assert any(
            article.source_name
            and article.source_url
            and sum(bool(b.value["caption"]) for b in article.body if b.block_type == "image") >= 2
            and any(len(str(b.value)) > 1000 for b in article.body if b.block_type == "paragraph")
            for article in self.articles
        )

    def test_every_picture_in_an_article_is_described_and_captioned(self):
        for article in ArticlePage.objects.all():
            for picture in article.captioned_pictures():
                assert picture["image"].contextual_alt_text
                assert picture["caption"]

    def test_sources_are_invented_ones(self):
        addresses = self.articles.exclude(source_url="").values_list("source_url", flat=True)
        assert addresses
        for address in addresses:
            assert re.match(r"https://[a-z.-]+\.example/", address)

    def test_the_english_articles_are_translations_that_the_desk_sees(self):
        english_articles = ArticlePage.objects.live().filter(locale=self.english)
        assert english_articles.count() == 6
        for english_article in english_articles:
            translation = Translation.objects.get(
                source__object_id=english_article.translation_key, target_locale=self.english
            )
            assert translation.enabled
            assert translation.source.locale == self.vietnamese
            total, translated = translation.get_progress()
            corrected = PageTranslation.objects.get(translation=translation).changed_count
            assert total == translated + corrected > 0
            assert translation.get_target_instance().pk == english_article.pk
            assert not english_article.alias_of_id

    def test_nothing_is_left_in_vietnamese_in_an_english_article(self):
        for english_article in ArticlePage.objects.filter(locale=self.english):
            original = english_article.get_translation(self.vietnamese)
            for before, after in zip(original.body, english_article.body, strict=True):
                if before.block_type in ("heading", "paragraph", "gallery", "callout", "table"):
                    assert str(before.value) != str(after.value)
            ours = set(original.body_text.split(". "))
            assert not {text for text in ours if len(text) > 40} & set(
                english_article.body_text.split(". ")
            )

    def test_an_english_article_has_the_date_and_pictures_of_its_original(self):
        for english_article in ArticlePage.objects.filter(locale=self.english):
            original = english_article.get_translation(self.vietnamese)
            pictures = [
                [p.pk for p in page.body_pictures()] for page in (english_article, original)
            ]
            assert pictures[0] == pictures[1]
            assert english_article.published_at == original.published_at
            assert english_article.source_url == original.source_url
            assert english_article.title != original.title

    def test_the_frame_is_filled_in_both_languages(self):
        for locale, address in self.homes:
            frame = SiteFrame.objects.get(locale=locale)
            page = read(self.client, address)
            for row in (frame.site_name, frame.address, frame.person_responsible, frame.licence):
                assert row
                assert row in page.get_text()
            assert page.select_one("footer [data-visitor-count]").text.isdigit()

    def test_the_home_pages_lead_with_stories_in_their_language(self):
        for locale, address in self.homes:
            leads = links(read(self.client, address), ".leads h2 a")
            articles = ArticlePage.objects.filter(locale=locale)
            titles = {article.title for article in articles}
            titles |= {truncate(article.title) for article in articles}
            assert leads
            assert len(set(leads)) == len(leads)
            assert set(leads) <= titles

    def test_the_menu_leads_to_sections_and_plain_pages_in_both_languages(self):
        for _locale, address in self.homes:
            entries = [link["href"] for link in read(self.client, address).select(".main-menu a")]
            assert len(entries) >= 5
            for entry in entries:
                read(self.client, entry)

    def test_slugs_are_plain_words_in_both_languages(self):
        for slug in Page.objects.filter(depth__gt=2).values_list("slug", flat=True):
            assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)

    def test_every_page_answers_in_its_language_with_pictures_drawn_beforehand(self):
        drawn = PortalRendition.objects.count()
        assert drawn
        pages = Page.objects.filter(depth__gt=1).specific()
        assert {page.locale.language_code for page in pages} == {"vi", "en"}
        for page in pages:
            shown = read(self.client, page.url)
            assert shown.html["lang"] == page.locale.language_code
            assert text_of(shown.h1)
            for image in shown.select("img[srcset]"):
                assert self.client.get(image["src"]).status_code == 200
        assert PortalRendition.objects.count() == drawn

    def test_each_account_is_in_its_group_alone(self):
        users = get_user_model().objects.all()
        groups = {user.username: [group.name for group in user.groups.all()] for user in users}
        assert groups == {username: [group] for username, group in GROUPS.items()}
        assert not users.filter(is_superuser=True).exists()

    def test_each_account_signs_in_with_the_given_password(self):
        assert self.message.count(PASSWORD) == 1
        for username in GROUPS:
            assert username in self.message
            self.client.post("/admin/login/", {"username": username, "password": PASSWORD})
            assert self.client.get("/admin/").status_code == 200
            self.client.logout()

    def test_a_second_run_changes_nothing(self):
        message = assert_untouched()
        assert "nothing was changed" in message
        assert "password" not in message

    def test_a_second_run_keeps_what_was_edited_and_deleted(self):
        article, doomed = self.articles[:2]
        article.title = "Tiêu đề đã sửa"
        article.save_revision().publish()
        doomed.delete()
        get_user_model().objects.get(username="bientap").delete()
        SiteFrame.objects.filter(locale=self.vietnamese).update(licence="Giấy phép đã sửa")
        PortalImage.objects.exclude(pk=article.picture_id).first().delete()
        assert_untouched()


@pytest.fixture
def without_renditions(monkeypatch, db):
    """Set the demo password, and create no renditions, because nothing is committed."""
    monkeypatch.setenv("DEMO_PASSWORD", PASSWORD)


@pytest.mark.once
def test_without_a_given_password_one_is_made_up_printed_and_works(without_renditions, monkeypatch):
    monkeypatch.delenv("DEMO_PASSWORD")
    password = re.search(r"password: (\S+)", load_demo()).group(1)
    assert len(password) >= 10
    for username in GROUPS:
        user = get_user_model().objects.get(username=username)
        assert user.check_password(password)


@pytest.mark.parametrize("live", [True, False], ids=["published", "draft"])
def test_a_site_with_an_article_of_its_own_is_left_as_it_is(without_renditions, section, live):
    ArticleFactory(parent=section, title="Tin của tôi", live=live)
    assert_untouched()
    assert not get_user_model().objects.exists()


def test_a_site_with_a_plain_page_of_its_own_is_left_as_it_is(without_renditions, home):
    PlainPageFactory(parent=home, title="Trang của tôi")
    assert_untouched()
    assert not get_user_model().objects.exists()


@pytest.mark.once
def test_a_load_that_fails_leaves_nothing_behind(without_renditions, monkeypatch):
    def fail(self, home, articles):
        raise OSError("no space left on device")

    monkeypatch.setattr(DemoLoader, "choose_leads", fail)
    before = all_rows()
    with pytest.raises(OSError, match="no space left"):
        load_demo()
    assert all_rows() == before


@pytest.mark.once
def test_an_account_that_is_there_already_keeps_its_password(without_renditions):
    get_user_model().objects.create_user("bientap", password="mat-khau-cua-toi")
    load_demo()
    user = get_user_model().objects.get(username="bientap")
    assert user.check_password("mat-khau-cua-toi")


def test_a_site_without_english_is_told_why_it_gets_no_demo(db, settings):
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [("vi", "Tiếng Việt")]
    with pytest.raises(CommandError, match="LANGUAGES"):
        load_demo()
    assert not ArticlePage.objects.exists()


@pytest.mark.parametrize("model", [VisitorCounter, SiteFrame])
def test_a_site_that_lacks_what_the_demo_fills_is_told_so(db, model):
    model.objects.filter(locale__language_code="vi").delete()
    with pytest.raises(CommandError, match="empty database"):
        load_demo()
    assert not get_user_model().objects.filter(username="bientap").exists()

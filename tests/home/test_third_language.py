"""Tests of a third language: its set-up by an administrator, and the pages that readers see."""

import xml.etree.ElementTree as ElementTree
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.urls import reverse
from wagtail.models import Locale, Page, Site
from wagtail.models.sites import SITE_ROOT_PATHS_CACHE_KEY, SITE_ROOT_PATHS_CACHE_VERSION
from wagtail_localize.models import LocaleSynchronization, Translation

from cms.models import SiteFrame
from cms.templatetags.portal import open_graph_locale
from cms.translation import drafts, localize
from cms.visitors.models import VisitorCounter
from home.languages import set_up_language
from home.models import HomePage, HomePageLead
from news.models import NewsIndexPage
from tests.factories import (
    ArticleFactory,
    PlainPageFactory,
    TopicFactory,
    publish_english_translation,
)
from tests.rendered_pages import links, read, text_of

THREE = [("vi", "Tiếng Việt"), ("en", "English"), ("fr", "Français")]

NOT_TRANSLATED = "This page is not translated; to the home page"


@pytest.fixture(autouse=True)
def three_languages(settings):
    """The settings with French as a third language."""
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = THREE


@pytest.fixture
def french(home):
    """French, which an administrator has just added."""
    return Locale.objects.create(language_code="fr")


@pytest.fixture
def french_home(french):
    """The French home page, translated and published."""
    page = HomePage.objects.get(locale=french)
    page.title = "Accueil"
    page.save_revision().publish()
    return HomePage.objects.get(pk=page.pk)


@pytest.fixture
def french_section(section, french, french_home):
    """The French translation of the section, published."""
    translation = section.copy_for_translation(french)
    translation.title, translation.slug = "Actualités", "actualites"
    translation.save_revision().publish()
    return NewsIndexPage.objects.get(pk=translation.pk)


@pytest.fixture
def article(section, english_section, french_section, french):
    """An article in all three languages."""
    article = ArticleFactory(parent=section, title="Tin")
    publish_english_translation(article, "News item")
    translation = article.copy_for_translation(french)
    translation.title, translation.slug = "Nouvelle", "nouvelle"
    translation.save_revision().publish()
    return article


def switch(page):
    """Return the URLs of the language switch by language; the current language has `None`."""
    return {entry["lang"]: entry.a and entry.a["href"] for entry in page.select(".languages li")}


def alternates(page):
    """Return the URLs for search engines (`hreflang`), by language."""
    return {link["hreflang"]: link["href"] for link in page.select("link[hreflang]")}


def rights(group):
    """Return all permissions of `group`, with their collections and pages."""
    return {
        "model": set(group.permissions.values_list("codename", flat=True)),
        "library": set(
            group.collection_permissions.values_list("permission__codename", "collection")
        ),
        "pages": set(group.page_permissions.values_list("permission__codename", "page")),
    }


# Set-up by an administrator


def test_an_administrator_adds_the_language_in_the_admin(client, administrator, home):
    client.force_login(administrator)
    form = read(client, reverse("wagtaillocales:add"))
    assert {option["value"] for option in form.select("[name=language_code] option")} == {"fr"}
    answer = client.post(reverse("wagtaillocales:add"), {"language_code": "fr"})
    assert answer.status_code == 302
    assert HomePage.objects.filter(locale__language_code="fr").count() == 1


def test_the_home_page_is_a_draft_beside_the_others(french, home):
    page = HomePage.objects.get(locale=french)
    assert not page.live
    assert page.slug == "home-fr"
    assert page.get_parent() == home.get_parent()
    assert page.translation_key == home.translation_key
    assert Page.find_problems() == ([], [], [], [], [])


def test_the_home_page_waits_to_be_translated(french, home):
    translation = Translation.objects.get(target_locale=french)
    assert translation.source.object_id == home.translation_key
    assert translation.enabled
    missing = translation.source.stringsegment_set.annotate_translation(french)
    paths = missing.filter(translation__isnull=True).values_list("context__path", flat=True)
    assert set(paths) == {"title"}


def open_home(locale):
    """Translate the title of the home page, which alone is untranslated, and publish the page."""
    translation = Translation.objects.get(target_locale=locale)
    title = next(each for each in localize.segments(translation) if each.path == "title")
    localize.save_string(translation, title, "Accueil", user=None)
    drafts.publish(translation, user=None)


def test_translating_and_publishing_it_opens_the_language(client, french):
    assert client.get("/fr/").status_code == 404
    open_home(french)
    page = HomePage.objects.get(locale=french)
    assert (page.title, page.slug, page.live) == ("Accueil", "home-fr", True)
    assert text_of(read(client, "/fr/").title).startswith("Accueil")


def test_the_frame_and_its_counter_say_nothing_in_vietnamese(french, vietnamese):
    SiteFrame.objects.filter(locale=vietnamese).update(site_name="Sở Nội vụ", address="Bến Lụa")
    frame = SiteFrame.objects.get(locale=french)
    original = SiteFrame.objects.get(locale=vietnamese)
    assert frame.translation_key == original.translation_key
    assert frame.site_name == "News portal"
    assert (frame.address, frame.licence, frame.governing_body) == ("", "", "")
    counter = VisitorCounter.objects.get(locale=french)
    assert frame.visitor_counter == counter
    assert counter.translation_key == original.visitor_counter.translation_key
    assert counter.wording == "{count} people online"
    assert counter.wording_one == "{count} person online"


def test_the_counter_shows_the_figures_of_the_vietnamese_one(home):
    VisitorCounter.objects.filter(locale=home.locale).update(show_total=True)
    Locale.objects.create(language_code="fr")
    assert VisitorCounter.objects.get(locale__language_code="fr").show_total


def test_a_counter_that_is_made_speaks_every_language(french, english, vietnamese):
    counter = VisitorCounter.objects.create(
        name="Trang chủ", wording="Có {count} người xem", show_peak=True, locale=vietnamese
    )
    translations = VisitorCounter.objects.filter(translation_key=counter.translation_key)
    assert {translation.locale: translation.wording for translation in translations} == {
        vietnamese: "Có {count} người xem",
        english: "{count} people online",
        french: "{count} people online",
    }
    assert all(
        translation.show_peak and translation.name == "Trang chủ" for translation in translations
    )
    counter.wording = "{count} người xem"
    counter.save()
    assert translations.get(locale=english).wording == "{count} people online"


def test_an_upgrade_words_counters_that_stood_in_one_language(french, english, vietnamese):
    counter = VisitorCounter.objects.create(name="Cũ", wording="{count} người", locale=vietnamese)
    translations = VisitorCounter.objects.filter(translation_key=counter.translation_key)
    translations.exclude(locale=vietnamese).delete()
    import_module("home.migrations.0012_counters_in_every_language").make_twins(apps, None)
    assert {translation.locale: translation.wording for translation in translations.all()} == {
        vietnamese: "{count} người",
        english: "{count} people online",
        french: "{count} people online",
    }


def test_its_translators_have_the_rights_of_the_english_ones_in_their_own_tree(
    french, english_home
):
    page = HomePage.objects.get(locale=french)
    own = rights(Group.objects.get(name="Translators (French)"))
    english = rights(Group.objects.get(name="Translators (English)"))
    assert english["pages"] == {("change_page", english_home.pk)}
    assert own == {**english, "pages": {("change_page", page.pk)}}


def test_preparing_it_again_changes_nothing(french_home, french):
    SiteFrame.objects.filter(locale=french).update(site_name="Département")
    group = Group.objects.get(name="Translators (French)")
    group.permissions.clear()
    set_up_language(french)
    assert HomePage.objects.get(locale=french).title == "Accueil"
    assert SiteFrame.objects.get(locale=french).site_name == "Département"
    assert rights(group)["model"] == set()
    assert VisitorCounter.objects.filter(locale=french).count() == 1


def test_a_language_of_a_site_without_pages_is_left_alone(db):
    Site.objects.all().delete()
    Locale.objects.create(language_code="fr")
    assert not HomePage.objects.filter(locale__language_code="fr").exists()
    assert not Group.objects.filter(name="Translators (French)").exists()


def test_an_administrator_can_take_it_back(client, administrator, french):
    client.force_login(administrator)
    remove = reverse("wagtaillocales:delete", args=[french.pk])
    client.post(remove)
    assert Locale.objects.filter(pk=french.pk).exists()
    page = HomePage.objects.get(locale=french)
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    for model in (SiteFrame, VisitorCounter):
        snippet = model.objects.get(locale=french)
        client.post(reverse(snippet.snippet_viewset.get_url_name("delete"), args=[snippet.pk]))
    client.post(remove)
    assert not Locale.all_objects.filter(language_code="fr").exists()
    assert not Group.objects.filter(name="Translators (French)").exists()
    assert Translation.objects.count() == 0


def test_translators_who_have_members_are_not_removed_with_the_language(french, django_user_model):
    group = Group.objects.get(name="Translators (French)")
    django_user_model.objects.create_user("dich").groups.add(group)
    Page.objects.get(locale=french).delete()
    SiteFrame.objects.filter(locale=french).delete()
    VisitorCounter.objects.filter(locale=french).delete()
    french.delete()
    assert Group.objects.filter(pk=group.pk).exists()


def test_no_form_offers_to_copy_vietnamese_pages_live(client, administrator, section):
    client.force_login(administrator)
    form = client.get(reverse("wagtaillocales:add")).content.decode()
    assert "sync_from" not in form
    vietnamese = Locale.objects.get(language_code="vi")
    component = LocaleSynchronization._meta.db_table
    client.post(
        reverse("wagtaillocales:add"),
        {
            "language_code": "fr",
            f"component-{component}-enabled": "on",
            f"component-{component}-sync_from": vietnamese.pk,
        },
    )
    assert not LocaleSynchronization.objects.exists()
    assert not Page.objects.filter(locale__language_code="fr", live=True).exists()


# Pages for readers before the language is published


def test_before_it_is_added_its_address_is_an_honest_page(client, home):
    page = read(client, "/fr/", status=404)
    assert text_of(page.h1) == "Page not found"
    assert page.html["lang"] == "fr"
    assert page.select_one(".message a")["href"] == "/"
    assert page.select_one("a.masthead-name")["href"] == "/"


def test_a_home_page_that_is_a_draft_is_not_found_and_not_offered(client, french, english_home):
    page = read(client, "/fr/", status=404)
    assert switch(page) == {"vi": "/", "en": "/en/", "fr": None}
    assert page.select_one(".message a")["href"] == "/"
    assert "Trang" not in text_of(page.main)
    for address in ("/", "/en/", "/search/", "/khong-co/"):
        page = read(client, address, status=404 if "khong" in address else 200)
        assert "fr" not in switch(page)
        assert "fr" not in alternates(page)


def test_an_english_home_page_that_is_withdrawn_is_not_offered(client, english_home, section):
    article = ArticleFactory(parent=section, title="Tin")
    english_home.unpublish()
    for address in ("/", article.url, "/search/"):
        page = read(client, address)
        assert switch(page) == {}
    page = read(client, "/en/", status=410)
    assert text_of(page.h1) == "Page withdrawn"
    assert switch(page) == {"vi": "/", "en": None}
    assert page.select_one(".message a")["href"] == "/"


def test_a_private_home_page_is_not_offered(client, french_home, home):
    assert "fr" in switch(read(client, "/"))
    french_home.view_restrictions.create(restriction_type="login")
    assert "fr" not in switch(read(client, "/"))


def test_a_page_is_offered_though_the_home_page_of_its_language_is_not(
    client, article, english_home
):
    english_home.unpublish()
    assert switch(read(client, article.url))["en"] == "/en/news/news-item/"


# Pages for readers after the language is published


def test_the_three_languages_name_each_other(client, article):
    addresses = {
        "vi": "/tin-tuc/tin/",
        "en": "/en/news/news-item/",
        "fr": "/fr/actualites/nouvelle/",
    }
    told = {code: f"http://testserver{address}" for code, address in addresses.items()}
    for code, address in addresses.items():
        page = read(client, address)
        assert page.html["lang"] == code
        assert switch(page) == {**addresses, code: None}
        assert alternates(page) == {**told, "x-default": told["vi"]}
        assert page.find("link", rel="canonical")["href"] == told[code]


def test_sharing_names_the_languages_as_open_graph_spells_them(client, article):
    page = read(client, "/fr/actualites/nouvelle/")
    assert page.find("meta", property="og:locale")["content"] == "fr_FR"
    others = page.find_all("meta", property="og:locale:alternate")
    assert {other["content"] for other in others} == {"vi_VN", "en_US"}


@pytest.mark.parametrize(
    ("code", "spelled"),
    [("pt-br", "pt_BR"), ("ja", "ja_JP"), ("zh-hans", "zh_CN"), ("zh-hant", "zh_TW")],
)
def test_open_graph_knows_a_language_by_its_country(code, spelled):
    assert open_graph_locale(code) == spelled


def test_a_page_that_is_not_in_french_leads_to_the_french_home_page_and_says_so(
    client, french_home, section
):
    page = read(client, ArticleFactory(parent=section, title="Tin").url)
    entry = page.select_one(".languages li[lang=fr]")
    assert entry.a["href"] == "/fr/"
    assert text_of(page.find(id=entry.a["aria-describedby"])) == NOT_TRANSLATED


def test_a_topic_that_is_not_translated_says_so_too(client, english_home):
    page = read(client, TopicFactory(name="Số hóa").get_url())
    entry = page.select_one(".languages li[lang=en]")
    assert text_of(page.find(id=entry.a["aria-describedby"])) == NOT_TRANSLATED


def test_words_of_the_site_that_are_not_in_french_are_english(client, article):
    page = read(client, "/fr/actualites/nouvelle/")
    assert text_of(page.select_one(".skip")) == "Skip to content"
    assert "Trang chủ" not in page.text
    posted = text_of(page.select_one("time"))
    assert any(month in posted for month in ("novembre", "2026")), posted


def test_a_feed_names_the_articles_of_its_language_alone(client, article):
    ArticleFactory(parent=article.get_parent(), title="Chỉ tiếng Việt")
    atom = "{http://www.w3.org/2005/Atom}"
    for address in ("/fr/feed/", "/fr/actualites/feed/"):
        feed = ElementTree.fromstring(client.get(address).content)  # noqa: S314 - our own feed
        assert [entry.findtext(f"{atom}title") for entry in feed.iter(f"{atom}entry")] == [
            "Nouvelle"
        ]
        assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"


def test_search_finds_what_is_in_its_language_alone(client, article):
    titles = read(client, "/fr/search/?q=nouvelle").select(".results h2")
    assert [text_of(title) for title in titles] == ["Nouvelle"]
    assert read(client, "/search/?q=nouvelle").select(".results h2") == []
    assert read(client, "/fr/search/?q=tin").select(".results h2") == []


def test_the_map_names_the_three_languages(client, article):
    found = client.get("/sitemap-pages.xml").content.decode()
    for code in ("vi", "en", "fr"):
        assert f'hreflang="{code}"' in found
    assert "http://testserver/fr/actualites/nouvelle/" in found


def test_robots_leave_the_search_of_each_language_alone(client, home):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert {"Disallow: /search/", "Disallow: /en/search/", "Disallow: /fr/search/"} <= set(lines)


def test_the_accessibility_page_stands_in_each_open_language(
    client, french, english_home, django_capture_on_commit_callbacks
):
    assert alternates(read(client, "/tro-nang/")).keys() == {"vi", "en", "x-default"}
    open_home(french)
    told = alternates(read(client, "/tro-nang/"))
    assert told["fr"] == "http://testserver/fr/accessibility/"
    assert alternates(read(client, "/fr/accessibility/")) == told


def test_a_page_below_the_home_page_cannot_take_the_address_of_a_language(home):
    assert PlainPageFactory(parent=home, title="Fr").slug == "fr-2"


def test_the_lead_stories_of_the_original_lead_in_its_translation_as_their_translations(
    client, article, home, french_home, section
):
    untranslated = ArticleFactory(parent=section, title="Chỉ tiếng Việt")
    for page in (home, french_home):
        page.leads = [
            HomePageLead(article=chosen, sort_order=order)
            for order, chosen in enumerate((untranslated, article))
        ]
        page.save_revision().publish()
    assert links(read(client, "/"), ".leads h2 a") == ["Chỉ tiếng Việt", "Tin"]
    page = read(client, "/fr/")
    assert [link["href"] for link in page.select(".leads h2 a")] == ["/fr/actualites/nouvelle/"]


# A language that is removed from the setting


def test_a_language_that_the_setting_forgets_is_gone_from_the_public_site(
    client, article, settings
):
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = THREE[:2]
    assert client.get("/fr/actualites/nouvelle/").status_code == 404
    page = read(client, article.url)
    assert "fr" not in switch(page)
    assert "fr" not in alternates(page)
    assert "/fr/" not in client.get("/sitemap-pages.xml").content.decode()


def test_a_process_that_knew_two_languages_learns_of_the_third(client, french_home, home):
    """Each process caches the home pages, but another process may have added the language."""

    def forget_french():
        known = [path for path in Site.get_site_root_paths() if path.language_code != "fr"]
        cache.set(SITE_ROOT_PATHS_CACHE_KEY, known, version=SITE_ROOT_PATHS_CACHE_VERSION)

    forget_french()
    assert switch(read(client, "/"))["fr"] == "/fr/"
    forget_french()
    assert client.get("/fr/").status_code == 200

"""Tests of the front page: the editors' lead stories, then the newest articles of each section."""

from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource

from home.models import HomePage, HomePageLead, PlainPage
from news.models import ArticlePage, NewsIndexPage
from tests.factories import (
    ArticleFactory,
    PictureFactory,
    SectionFactory,
    image_block,
    publish_article,
    publish_english_translation,
)
from tests.privacy import restrict
from tests.rendered_pages import links, read, text_of


def choose_leads(home, *articles):
    """Choose the lead stories and publish them, as editors do."""
    home.leads = [
        HomePageLead(article=article, sort_order=order) for order, article in enumerate(articles)
    ]
    home.save_revision().publish()


def leads(page):
    """Return the titles of the lead stories."""
    return links(page, ".leads h2 a")


def by_section(page):
    """Return the titles of the articles in each section, by the title of the section."""
    return {
        text_of(section.h2): links(section, ".card-title a")
        for section in page.select(".home-section")
    }


def edit_form(**leads_by_field):
    """Return the form data of the home page's editor, with one lead story added."""
    return {
        "title": "Trang chủ",
        "slug": "home",
        "leads-TOTAL_FORMS": "1",
        "leads-INITIAL_FORMS": "0",
        "leads-MIN_NUM_FORMS": "0",
        "leads-MAX_NUM_FORMS": "5",
        "leads-0-id": "",
        "leads-0-ORDER": "1",
        "leads-0-DELETE": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
        "action-publish": "1",
        **{f"leads-0-{name}": value for name, value in leads_by_field.items()},
    }


# Lead stories


def test_lead_stories_stand_in_the_order_of_the_editors(client, home, section):
    articles = [publish_article(section, f"Tin {age}", days=age) for age in (1, 2, 3)]
    choose_leads(home, articles[1], articles[2], articles[0])
    assert leads(read(client, "/")) == ["Tin 2", "Tin 3", "Tin 1"]


def test_the_first_lead_story_is_shown_large_with_its_picture_at_once(client, home, section):
    body = [image_block(PictureFactory(title="anh"))]
    articles = [ArticleFactory(parent=section, body=body) for _ in range(2)]
    choose_leads(home, *articles)
    page = read(client, "/")
    [large] = page.select(".lead-story")
    assert links(large, "h2 a") == [articles[0].title]
    assert large.img["loading"] == "eager"
    assert {image["loading"] for image in page.select(".card img")} == {"lazy"}


def test_a_home_page_without_lead_stories_starts_with_the_sections(client, section):
    publish_article(section, "Tin", days=1)
    page = read(client, "/")
    assert page.select(".leads") == []
    assert by_section(page) == {"Tin tức": ["Tin"]}


def test_drafts_and_private_articles_do_not_lead(client, home, section):
    shown = publish_article(section, "Tin", days=1)
    draft = ArticleFactory(parent=section, title="Bản nháp", live=False)
    private = publish_article(section, "Tin nội bộ", days=1)
    restrict(private, "login")
    closed = SectionFactory(parent=home, title="Nội bộ")
    restrict(closed, "login")
    choose_leads(home, draft, private, publish_article(closed, "Tin kín", days=1), shown)
    page = read(client, "/")
    assert leads(page) == ["Tin"]
    for hidden in ("Bản nháp", "Tin nội bộ", "Nội bộ", "Tin kín"):
        assert hidden not in page.get_text()


def test_an_article_that_is_withdrawn_leads_no_more(client, home, section):
    article = publish_article(section, "Tin", days=1)
    choose_leads(home, article)
    article.unpublish()
    assert "Tin" not in links(read(client, "/"), "main a")


def test_a_lead_story_is_not_repeated_in_its_section(client, home, section):
    articles = [publish_article(section, f"Tin {age}", days=age) for age in range(1, 7)]
    choose_leads(home, articles[0], articles[2])
    assert by_section(read(client, "/")) == {"Tin tức": ["Tin 2", "Tin 4", "Tin 5", "Tin 6"]}


def test_the_editor_refuses_a_lead_story_in_another_language(
    client, administrator, home, english_section
):
    article = publish_article(english_section, "News", days=1)
    client.force_login(administrator)
    client.post(f"/admin/pages/{home.pk}/edit/", edit_form(article=article.pk))
    assert not HomePageLead.objects.exists()
    assert HomePage.objects.get(pk=home.pk).latest_revision is None


def test_the_editor_takes_a_lead_story_in_the_language_of_the_page(
    client, administrator, home, section
):
    article = publish_article(section, "Tin", days=1)
    client.force_login(administrator)
    client.post(f"/admin/pages/{home.pk}/edit/", edit_form(article=article.pk))
    client.logout()
    assert leads(read(client, "/")) == ["Tin"]


# Sections


def test_a_section_names_its_four_newest(client, section):
    for age in (5, 3, 1, 2, 4):
        publish_article(section, f"Tin {age}", days=age)
    page = read(client, "/")
    assert by_section(page) == {"Tin tức": ["Tin 1", "Tin 2", "Tin 3", "Tin 4"]}


def test_a_busy_section_takes_no_place_from_a_quiet_one(client, home, section):
    quiet = SectionFactory(parent=home, title="Thi đua")
    publish_article(quiet, "Tin cũ", days=900)
    for age in range(1, 7):
        publish_article(section, f"Tin {age}", days=age)
    found = by_section(read(client, "/"))
    assert found["Thi đua"] == ["Tin cũ"]
    assert len(found["Tin tức"]) == 4


def test_a_portal_without_articles_says_so(client, section, english_section):
    assert text_of(read(client, "/").select_one("main .empty")) == "Chưa có bài viết."
    assert text_of(read(client, "/en/").select_one("main .empty")) == "No articles yet."


def test_a_section_with_nothing_to_show_is_not_named(client, home, section):
    SectionFactory(parent=home, title="Còn trống")
    publish_article(section, "Tin", days=1)
    page = read(client, "/")
    assert list(by_section(page)) == ["Tin tức"]
    assert page.select("main .empty") == []


def test_a_section_whose_articles_all_lead_is_not_named_again(client, home, section):
    choose_leads(home, publish_article(section, "Tin", days=1))
    page = read(client, "/")
    assert leads(page) == ["Tin"]
    assert by_section(page) == {}
    assert page.select("main .empty") == []


def test_sections_stand_in_the_order_of_the_tree(client, home, section):
    last = SectionFactory(parent=home, title="Cuối")
    first = SectionFactory(parent=home, title="Đầu")
    first.move(section, "left")
    for page in (section, last, first):
        publish_article(NewsIndexPage.objects.get(pk=page.pk), "Tin", days=1)
    page = read(client, "/")
    assert list(by_section(page)) == ["Đầu", "Tin tức", "Cuối"]
    assert page.select_one(".home-section h2 a[href$='/cuoi/']")["href"] == last.url


def test_drafts_and_private_sections_are_left_out(client, home, section):
    publish_article(SectionFactory(parent=home, title="Bản nháp", live=False), "Tin nháp", days=1)
    private = SectionFactory(parent=home, title="Nội bộ")
    restrict(private, "login")
    publish_article(private, "Tin kín", days=1)
    publish_article(section, "Tin", days=1)
    page = read(client, "/")
    assert list(by_section(page)) == ["Tin tức"]
    assert "Tin kín" not in page.get_text()


def test_drafts_and_private_articles_are_left_out_of_their_section(client, section):
    ArticleFactory(parent=section, title="Bản nháp", live=False)
    restrict(publish_article(section, "Tin nội bộ", days=1), "login")
    publish_article(section, "Tin", days=2)
    assert by_section(read(client, "/")) == {"Tin tức": ["Tin"]}


def test_a_home_page_without_sections_answers(client, home, section):
    section.delete()
    assert read(client, "/").select(".home-section") == []


# English


def test_each_home_page_shows_its_own_language(client, home, english_home, section):
    article = publish_article(section, "Tin", days=1)
    other = publish_article(section, "Tin khác", days=2)
    choose_leads(home, article)
    choose_leads(english_home, publish_english_translation(article, "News item"))
    english, vietnamese = read(client, "/en/"), read(client, "/")
    assert leads(english) == ["News item"]
    assert by_section(english) == {}
    assert leads(vietnamese) == ["Tin"]
    assert by_section(vietnamese) == {"Tin tức": [other.title]}


def test_translating_the_home_page_brings_no_vietnamese_story_into_english(
    client, administrator, english, home, section
):
    """wagtail-localize copies the lead stories too, and the copies refer to Vietnamese articles."""
    choose_leads(home, publish_article(section, "Tin tiếng Việt", days=1))
    source, _created = TranslationSource.get_or_create_from_instance(home)
    translation = Translation.objects.create(source=source, target_locale=english)
    translation.save_target(user=administrator, publish=True)
    assert "Tin tiếng Việt" not in read(client, "/en/").get_text()


# The tree


def test_a_home_page_stands_below_the_root_and_holds_sections_and_plain_pages(home):
    assert HomePage.allowed_parent_page_models() == [Page]
    assert set(HomePage.allowed_subpage_models()) == {NewsIndexPage, PlainPage}
    assert not HomePage.can_create_at(home)
    assert not ArticlePage.can_create_at(home)

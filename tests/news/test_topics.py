"""Tests of topics: chosen for an article, shown on their own pages, renamed and removed."""

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.contrib.redirects.models import Redirect
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object

from news.models import ArticlePage, ArticleTopic, Topic
from tests.admin_forms import add_address, article_form
from tests.factories import ArticleFactory, TopicFactory, publish_english_translation
from tests.rendered_pages import links, read, text_of

ADD = "wagtailsnippets_news_topic:add"
EDIT = "wagtailsnippets_news_topic:edit"
DELETE = "wagtailsnippets_news_topic:delete"


@pytest.fixture
def topic(vietnamese):
    """A published topic."""
    return TopicFactory(name="Chuyển đổi số", description="Làm việc trên mạng.")


@pytest.fixture
def english_topic(topic, english):
    """The published English translation of the topic."""
    return TopicFactory(name="Going digital", locale=english, translation_key=topic.translation_key)


def add_topics(article, *topics):
    """Publish `article` with these topics."""
    article.article_topics = [
        ArticleTopic(topic=topic, sort_order=position) for position, topic in enumerate(topics)
    ]
    article.save_revision().publish()
    return article


@pytest.fixture
def article(section, topic):
    """A published article on the topic."""
    return add_topics(ArticleFactory(parent=section, title="Họp trực tuyến"), topic)


def address(topic):
    """Return the path of the topic's page in its language."""
    return topic.get_absolute_url()


# For readers


def test_an_article_links_to_its_topics_in_the_editors_order(client, section, topic):
    other = TopicFactory(name="An toàn")
    article = add_topics(ArticleFactory(parent=section, title="Tin"), topic, other)
    page = read(client, article.url)
    assert links(page, ".topics a") == ["Chuyển đổi số", "An toàn"]


def test_a_topic_lists_its_articles_newest_first(client, section, topic, article):
    add_topics(ArticleFactory(parent=section, title="Mới hơn"), topic)
    ArticleFactory(parent=section, title="Việc khác")
    page = read(client, address(topic))
    assert text_of(page.h1) == "Chuyển đổi số"
    assert "Làm việc trên mạng." in page.get_text()
    assert links(page, ".card-title a") == ["Mới hơn", "Họp trực tuyến"]


def test_a_topic_has_an_address_of_plain_letters_in_each_language(topic, english_topic):
    with translation.override("vi"):
        assert address(topic).endswith("/chuyen-doi-so/")
    assert address(english_topic) == "/en/topics/going-digital/"


def test_drafts_and_private_articles_are_not_listed(client, section, topic):
    draft = ArticleFactory(parent=section, title="Nháp", live=False)
    draft.article_topics = [ArticleTopic(topic=topic)]
    draft.save_revision()
    assert read(client, address(topic)).select_one(".empty")


def test_english_readers_find_the_english_topic_on_the_translation(
    client, article, topic, english_topic
):
    translation = publish_english_translation(article, "Online meeting")
    assert links(read(client, translation.url), ".topics a") == ["Going digital"]
    page = read(client, address(english_topic))
    assert links(page, ".card-title a") == ["Online meeting"]
    assert page.select_one('link[hreflang="vi"]')["href"].endswith(address(topic))


def test_a_topic_without_an_english_name_is_not_shown_in_english(client, article):
    translation = publish_english_translation(article, "Online meeting")
    assert read(client, translation.url).select_one(".topics") is None


def test_pages_of_a_topic_end_where_its_articles_end(client, topic, article):
    read(client, f"{address(topic)}?page=2", status=404)
    read(client, f"{address(topic)}?page=x", status=404)


def test_a_topic_that_never_was_is_not_found(client, topic):
    path = address(topic).replace("chuyen-doi-so", "khong-co")
    assert client.get(path).status_code == 404
    assert client.get(address(topic).replace("chuyen-doi-so", "x%00")).status_code == 400


@pytest.mark.parametrize("size", [1, 12])
def test_a_topic_takes_six_queries(client, section, topic, size, django_assert_num_queries):
    """The queries fetch the site, frame and menu, and the topic, its translations and articles.

    Renditions take another query only if there are pictures.
    """
    for number in range(size):
        add_topics(ArticleFactory(parent=section, title=f"Tin {number}"), topic)
    client.get(address(topic))
    with django_assert_num_queries(6):
        client.get(address(topic))


# Renamed and removed


def test_a_renamed_topic_redirects_from_its_former_addresses(client, topic, article):
    first = address(topic)
    topic.slug = "so-hoa"
    topic.save_revision().publish()
    second = address(topic)
    topic.slug = "chinh-quyen-so"
    topic.save_revision().publish()
    for former in (first, second):
        response = client.get(former)
        assert (response.status_code, response["Location"]) == (301, address(topic))


def test_a_topic_named_back_is_served(client, topic):
    first = address(topic)
    for slug in ("so-hoa", "chuyen-doi-so"):
        topic.slug = slug
        topic.save_revision().publish()
    assert client.get(first).status_code == 200


def test_a_topic_named_back_and_withdrawn_is_gone_and_leads_nowhere(client, topic):
    """A redirect that was left at its address would lead to itself for ever."""
    first = address(topic)
    for slug in ("so-hoa", "chuyen-doi-so"):
        topic.slug = slug
        topic.save_revision().publish()
    topic.unpublish()
    assert client.get(first).status_code == 410


def test_a_draft_of_another_name_changes_nothing_for_readers(client, topic):
    former = address(topic)
    topic.slug = "so-hoa"
    topic.save_revision()
    assert client.get(former).status_code == 200
    assert not Redirect.objects.exists()


def test_a_removed_topic_is_gone_and_its_articles_stay(client, topic, article):
    former = address(topic)
    topic.delete()
    assert client.get(former).status_code == 410
    assert read(client, article.url).select_one(".topics") is None


def test_a_withdrawn_topic_is_gone(client, topic, article):
    topic.unpublish()
    assert client.get(address(topic)).status_code == 410
    assert read(client, article.url).select_one(".topics") is None


def test_a_topic_that_was_never_published_is_not_found_when_deleted(client, vietnamese):
    draft = TopicFactory(name="Nháp", live=False)
    path = address(draft)
    draft.delete()
    assert client.get(path).status_code == 404


# In the admin


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Nông nghiệp/Nông thôn", "nong-nghiep-nong-thon"),
        ("Đà Nẵng", "da-nang"),
        ("Kỷ niệm 30/4", "ky-niem-30-4"),
        ("../../admin", "admin"),
    ],
)
def test_a_topic_gets_an_address_of_its_name(client, moderator, name, slug):
    client.force_login(moderator)
    form = {"name": name, "slug": "", "description": "", "action-publish": "1"}
    client.post(reverse(ADD), form)
    topic = Topic.objects.get(name=name)
    assert topic.slug == slug
    assert client.get(address(topic)).status_code == 200


@pytest.mark.parametrize("name", ["", "???", "🌾", "Chuyển đổi số", "CHUYỂN ĐỔI SỐ", "x" * 81])
def test_a_name_that_cannot_be_is_refused_and_kept_in_the_form(client, moderator, topic, name):
    client.force_login(moderator)
    form = {"name": name, "slug": "", "description": "Mô tả", "action-publish": "1"}
    response = client.post(reverse(ADD), form)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert response.context["form"]["description"].value() == "Mô tả"
    assert Topic.objects.count() == 1


def test_a_moderator_renames_a_topic(client, moderator, topic):
    former = address(topic)
    client.force_login(moderator)
    form = {"name": "Số hóa", "slug": "so-hoa", "description": "", "action-publish": "1"}
    client.post(reverse(EDIT, args=[topic.pk]), form)
    assert client.get(former)["Location"].endswith("/so-hoa/")


def test_an_administrator_removes_a_topic(client, administrator, topic):
    client.force_login(administrator)
    client.post(reverse(DELETE, args=[topic.pk]))
    assert client.get(address(topic)).status_code == 410


@pytest.mark.parametrize("role", ["editor", "translator"])
@pytest.mark.parametrize("view", [ADD, EDIT, DELETE])
def test_who_may_not_touch_topics(client, topic, role, view, request):
    client.force_login(request.getfixturevalue(role))
    arguments = [] if view == ADD else [topic.pk]
    form = {"name": "Khác", "slug": "khac", "description": "", "action-publish": "1"}
    client.post(reverse(view, args=arguments), form)
    assert list(Topic.objects.values_list("name", flat=True)) == ["Chuyển đổi số"]


def test_a_moderator_does_not_remove_topics(client, moderator, topic):
    client.force_login(moderator)
    client.post(reverse(DELETE, args=[topic.pk]))
    assert Topic.objects.exists()


def test_an_editor_chooses_topics_in_the_article(client, editor, section, topic):
    client.force_login(editor)
    chosen = {
        "article_topics-TOTAL_FORMS": 1,
        "article_topics-INITIAL_FORMS": 0,
        "article_topics-0-topic": topic.pk,
        "article_topics-0-ORDER": 1,
        "article_topics-0-id": "",
    }
    client.post(add_address(ArticlePage, section), article_form(title="Tin") | chosen)
    draft = ArticlePage.objects.get(title="Tin").get_latest_revision_as_object()
    assert [row.topic for row in draft.article_topics.all()] == [topic]


def test_a_topic_chosen_twice_is_shown_once(client, section, topic):
    article = add_topics(ArticleFactory(parent=section, title="Tin"), topic, topic)
    assert links(read(client, article.url), ".topics a") == ["Chuyển đổi số"]


# Translation


def test_a_topic_sent_to_translation_starts_as_a_draft(client, topic, english):
    translate_object(topic, [english])
    translation = topic.get_translation(english)
    assert not translation.live
    assert client.get(address(translation)).status_code == 404


def test_translating_an_article_leaves_its_topics_as_they_are(article, topic, english):
    translate_object(article, [english])
    translation = Translation.objects.get(source__object_id=article.translation_key)
    page = translation.get_target_instance()
    assert [row.topic for row in page.article_topics.all()] == [topic]
    assert not topic.get_translations().exists()


def test_a_new_article_can_be_previewed_before_it_is_saved(client, editor, section, topic):
    client.force_login(editor)
    address = reverse("wagtailadmin_pages:preview_on_add", args=["news", "articlepage", section.pk])
    client.post(address, article_form(title="Tin chưa lưu"))
    assert "Tin chưa lưu" in client.get(address).content.decode()

"""The blocks of a body, in the editor and on the page."""

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from cms.blocks import BodyBlock
from cms.models import PortalImage
from cms.visitors.models import VisitorCounter
from news.models import ArticlePage
from tests.factories import ArticleFactory, PictureFactory, image_block

BLOCKS = BodyBlock().child_blocks
GROUPS = {
    "Chữ": ["heading", "paragraph", "quote", "callout"],
    "Ảnh và phim": ["image", "gallery", "video"],
    "Bảng và văn bản": ["table", "document"],
    "Liên kết và con số": ["related", "visitor_count"],
}


# The blocks in the editor


def test_an_editor_chooses_a_block_from_these_groups():
    with translation.override("vi"):
        groups = {
            str(group): [block.name for block in blocks]
            for group, blocks in BodyBlock().grouped_child_blocks()
        }
    assert groups == GROUPS
    assert list(BLOCKS) == [name for names in GROUPS.values() for name in names]


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_has_an_icon_a_label_and_a_description(name):
    block = BLOCKS[name]
    assert block.meta.icon not in ("", "placeholder", "snippet")
    assert str(block.label)
    assert str(block.get_description())


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_is_named_and_described_in_vietnamese(name):
    block = BLOCKS[name]
    with translation.override("en"):
        english = (str(block.label), str(block.get_description()))
    with translation.override("vi"):
        assert str(block.label) != english[0]
        assert str(block.get_description()) != english[1]


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_can_be_previewed(client, editor, name):
    block = ArticlePage.body.field.stream_block.child_blocks[name]
    assert block.is_previewable
    client.force_login(editor)
    address = f"{reverse('wagtailadmin_block_preview')}?id={block.definition_prefix}"
    response = client.get(address)
    assert response.status_code == 200
    shown = BeautifulSoup(response.content, "html.parser").select_one(".block-preview")
    assert shown.get_text(strip=True)
    assert response["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("name", ["heading", "quote"])
def test_what_a_preview_shows_is_vietnamese(client, editor, name):
    block = ArticlePage.body.field.stream_block.child_blocks[name]
    client.force_login(editor)
    address = f"{reverse('wagtailadmin_block_preview')}?id={block.definition_prefix}"
    shown = client.get(address).content.decode()
    with translation.override("en"):
        english = block.get_preview_value()
        english = str(english["text"] if name == "quote" else english)
    assert english not in shown


def test_the_counter_is_previewed_when_there_is_none(client, editor):
    VisitorCounter.objects.all().delete()
    block = ArticlePage.body.field.stream_block.child_blocks["visitor_count"]
    client.force_login(editor)
    address = f"{reverse('wagtailadmin_block_preview')}?id={block.definition_prefix}"
    assert client.get(address).status_code == 200


# The blocks on the page


@pytest.fixture
def picture(db):
    """A picture of the library."""
    return PictureFactory(file__width=1600, file__height=1000)


def decorative(picture):
    """Return the raw value of a decorative picture."""
    block = image_block(picture, alt_text="")
    block["value"]["image"]["decorative"] = True
    return block


def test_text_is_shown_as_written(read_article):
    article = read_article(
        {"type": "heading", "value": "Đầu <mục>"},
        {"type": "paragraph", "value": "<p>Đoạn <b>văn</b></p><ul><li>Ý</li></ul>"},
        {"type": "quote", "value": {"text": "Lời & <b>", "attribution": "Người nói"}},
    )
    assert article.select_one(".body h2").string == "Đầu <mục>"
    assert article.select_one(".body p b").string == "văn"
    assert article.select_one(".body li").string == "Ý"
    assert article.select_one("blockquote").get_text(strip=True) == "Lời & <b>"
    assert article.select_one(".quote figcaption").string == "Người nói"


@pytest.mark.parametrize(("language", "marked"), [("en", "en"), ("", None), (None, None)])
def test_a_quote_in_another_language_says_so(read_article, language, marked):
    quote = {"text": "We came back.", "attribution": "John Doe", "language": language}
    article = read_article({"type": "quote", "value": quote})
    assert article.select_one("blockquote").get("lang") == marked
    assert article.select_one(".quote figcaption").get("lang") is None


def test_a_caption_is_shown_once(read_article, picture):
    article = read_article(image_block(picture, caption="Toàn cảnh hội nghị", credit="Việt Hà"))
    assert str(article).count("Toàn cảnh hội nghị") == 1
    caption = article.select_one("figure figcaption")
    assert "Toàn cảnh hội nghị" in caption.get_text()
    assert caption.select_one(".credit").string == "Ảnh: Việt Hà"
    assert article.select_one("figure img")["alt"] == "Mô tả"


def test_a_credit_needs_no_caption(read_article, picture):
    caption = read_article(image_block(picture, credit="Việt Hà")).select_one("figcaption")
    assert caption.get_text(strip=True) == "Ảnh: Việt Hà"


def test_a_picture_without_words_has_no_caption(read_article, picture):
    assert read_article(image_block(picture)).select_one("figcaption") is None


def test_captions_are_text_and_no_markup(read_article, picture):
    article = read_article(image_block(picture, caption="<script>x</script>", alt_text='"><b>'))
    assert article.select_one("script, figure b") is None
    assert "<script>x</script>" in article.select_one("figcaption").get_text()
    assert article.select_one("img")["alt"] == '"><b>'


def test_a_decorative_picture_has_an_empty_alternative(read_article, picture):
    assert read_article(decorative(picture)).select_one("img")["alt"] == ""


def test_the_same_picture_twice_keeps_both_alternatives(read_article, picture):
    article = read_article(
        image_block(picture, alt_text="Lần một", caption="Chú thích một"),
        decorative(picture),
        image_block(picture, alt_text="Lần hai", caption="Chú thích hai"),
    )
    assert [img["alt"] for img in article.select("img")] == ["Lần một", "", "Lần hai"]
    captions = [caption.get_text(strip=True) for caption in article.select("figcaption")]
    assert captions == ["Chú thích một", "Chú thích hai"]


def test_avif_comes_before_jpeg_with_sizes_for_every_screen(read_article, picture):
    article = read_article(image_block(picture))
    (source,) = article.select("picture source")
    img = article.select_one("picture img")
    assert source["type"] == "image/avif"
    assert source.find_next_sibling("img") is img
    for element, extension in ((source, ".avif"), (img, ".jpg")):
        addresses = [entry.split() for entry in element["srcset"].split(",")]
        assert all(address.endswith(extension) for address, _width in addresses)
        assert [width for _address, width in addresses] == ["480w", "720w", "1080w", "1440w"]
        assert element["sizes"]
    assert img["src"].endswith(".jpg")


def test_a_picture_takes_its_place_before_it_has_loaded(read_article, picture):
    img = read_article(image_block(picture)).select_one("img")
    assert int(img["width"]) / int(img["height"]) == pytest.approx(1.6, rel=0.01)


def test_the_first_picture_comes_at_once_and_the_others_when_they_are_near(read_article, picture):
    first, *others = read_article(
        image_block(picture), image_block(picture), image_block(picture)
    ).select("img")
    assert (first["loading"], first["fetchpriority"]) == ("eager", "high")
    assert [img["loading"] for img in others] == ["lazy", "lazy"]
    assert not any(img.has_attr("fetchpriority") for img in others)


def test_a_small_picture_is_not_enlarged(read_article):
    small = PictureFactory(file__width=300, file__height=200)
    assert read_article(image_block(small)).select_one("img")["width"] == "300"


def test_a_picture_removed_from_the_library_leaves_nothing_broken(client, section, picture):
    other = PictureFactory()
    body = [
        image_block(picture, caption="Ảnh đã xóa"),
        image_block(other, caption="Ảnh còn lại"),
    ]
    article = ArticleFactory(parent=section, title="Tin", body=json.dumps(body))
    picture.delete()
    response = client.get(article.url)
    shown = BeautifulSoup(response.content, "html.parser").select_one("article")
    assert response.status_code == 200
    assert len(shown.select("figure")) == len(shown.select("img")) == 1
    assert "Ảnh đã xóa" not in shown.get_text()
    for path in ("/", section.url):
        assert client.get(path).status_code == 200


def test_a_picture_whose_file_is_lost_breaks_no_page(client, section, picture):
    body = json.dumps([image_block(picture, caption="Tệp đã mất")])
    article = ArticleFactory(parent=section, title="Tin", body=body)
    Path(settings.MEDIA_ROOT, picture.file.name).unlink()
    for path in (article.url, section.url, "/"):
        assert client.get(path).status_code == 200


def test_an_editor_can_open_an_article_whose_picture_was_removed(client, section, editor, picture):
    body = json.dumps([image_block(picture)])
    article = ArticleFactory(parent=section, title="Tin", body=body)
    PortalImage.objects.all().delete()
    client.force_login(editor)
    assert client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).status_code == 200


def test_a_counter_in_a_body_is_that_of_the_language(
    client, section, english_section, read_article
):
    counter = VisitorCounter.objects.get(locale=section.locale)
    block = {"type": "visitor_count", "value": counter.pk}
    article = read_article(block)
    assert "người đang online" in article.select_one("[data-visitor-counter]").get_text()
    story = ArticleFactory(parent=english_section, title="Story", body=json.dumps([block]))
    shown = BeautifulSoup(client.get(story.url).content, "html.parser").select_one("article")
    assert "online" in shown.select_one("[data-visitor-counter]").get_text()
    assert "người" not in shown.select_one("[data-visitor-counter]").get_text()


def test_a_counter_removed_leaves_nothing_behind(read_article):
    article = read_article({"type": "visitor_count", "value": 987654})
    assert article.select_one("[data-visitor-counter], .visitor-count") is None


def test_the_pictures_of_a_body_are_fetched_together(
    client, section, picture, django_assert_max_num_queries
):
    """Ten pictures cost no more queries than one."""
    many = [image_block(PictureFactory(), caption=str(number)) for number in range(10)]
    one = ArticleFactory(parent=section, title="Một", body=json.dumps([image_block(picture)]))
    ten = ArticleFactory(parent=section, title="Mười", body=json.dumps(many))
    queries = []
    for article in (one, ten):
        client.get(article.url)
        with django_assert_max_num_queries(10) as captured:
            client.get(article.url)
        queries.append(len(captured))
    assert queries[0] == queries[1]

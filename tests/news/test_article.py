"""Tests of the article page, field by field."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import PageViewRestriction

from cms.visitors.models import VisitorCounter
from news.models import NewsIndexPage
from tests.factories import (
    MORNING,
    ArticleFactory,
    PictureFactory,
    SectionFactory,
    image_block,
    publish_article,
    publish_english_translation,
)
from tests.rendered_pages import links, read, text_of
from tests.shared_fixtures import shared_fixture

VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")

SCRIPT = '<script>alert("xin chào")</script>'


@shared_fixture
def picture():
    """A picture of the library, large enough for every size."""
    return PictureFactory(title="tep-anh-cua-may-anh", file__width=1600, file__height=1000)


@shared_fixture
def article(picture):
    """An article with a value in every field."""
    section = NewsIndexPage.objects.get(locale__language_code="vi")
    return ArticleFactory(
        parent=section,
        title="Hội nghị tổng kết phong trào thi đua",
        introduction="Sáng nay, hội nghị diễn ra tại thành phố.",
        published_at=MORNING,
        author="Hoài Phương",
        source_name="Báo Hải Lam",
        source_url="https://baohailam.example/hoi-nghi",
        body=[
            {"type": "heading", "value": "Kết quả trong năm"},
            {"type": "paragraph", "value": "<p>Bảy đơn vị <b>cùng</b> ký giao ước.</p>"},
            image_block(
                picture,
                alt_text="Đại biểu ngồi trong hội trường",
                caption="Toàn cảnh hội nghị",
                credit="Tổ biên tập",
            ),
            {"type": "quote", "value": {"text": "Chúng tôi làm được.", "attribution": "Bà An"}},
            {
                "type": "visitor_count",
                "value": VisitorCounter.objects.get(locale=section.locale).pk,
            },
        ],
    )


@shared_fixture
def html_of_page(article):
    """The HTML of the article's page."""
    return str(read(Client(), article.url))


@pytest.fixture
def page(html_of_page):
    """The article's page as a reader gets it."""
    return BeautifulSoup(html_of_page, "html.parser")


def latest(client, article):
    """Return the titles below "Tin mới nhất" (latest news)."""
    return links(read(client, article.url), ".latest li a")


# The fields


def test_the_title_is_the_one_first_heading(page):
    assert [text_of(heading) for heading in page.select("h1")] == [
        "Hội nghị tổng kết phong trào thi đua"
    ]
    assert "Hội nghị tổng kết phong trào thi đua" in page.title.text


def test_the_posted_day_is_shown(page):
    assert text_of(page.select_one(".posted")) == "Đăng ngày 01 - 06 - 2020"
    assert page.select_one(".posted time")["datetime"] == "2020-06-01T07:24:00+07:00"


def test_the_posted_day_is_the_day_in_viet_nam(client, section):
    late = datetime(2020, 5, 31, 18, 30, tzinfo=ZoneInfo("UTC"))
    article = ArticleFactory(parent=section, published_at=late)
    page = read(client, article.url)
    assert text_of(page.select_one(".posted")) == "Đăng ngày 01 - 06 - 2020"
    assert "01/06/2020 1:30 SA" in text_of(page.select_one(".latest"))


def test_the_text_size_starts_at_100_percent_and_goes_to_200(page):
    sizes = page.select("#display [name=text]")
    assert [size["value"] for size in sizes] == ["100", "125", "150", "200"]
    assert [size["value"] for size in sizes if size.has_attr("checked")] == ["100"]
    assert text_of(page.select_one(".choices-text legend")) == "Cỡ chữ"
    assert page.select_one(".tools [popovertarget=display]")


def test_the_lead_stands_before_the_body(page):
    lead, body = page.select_one(".lead"), page.select_one(".body")
    assert text_of(lead) == "Sáng nay, hội nghị diễn ra tại thành phố."
    assert body in lead.find_all_next()


def test_the_body_shows_its_blocks_in_their_order(page):
    body = page.select_one(".body")
    assert text_of(body.select_one("h2")) == "Kết quả trong năm"
    assert str(body.select_one("p b")) == "<b>cùng</b>"
    assert text_of(body.select_one("blockquote")) == "Chúng tôi làm được."
    assert text_of(body.select_one(".quote figcaption")) == "Bà An"
    assert text_of(body.select_one(".visitor-count [data-visitor-words]")) == "0 người đang online"
    blocks = [block.name for block in body.find_all(recursive=False)]
    assert blocks == ["h2", "p", "figure", "figure", "p"]


def test_a_caption_is_shown_once_with_its_credit(page):
    assert page.get_text().count("Toàn cảnh hội nghị") == 1
    assert text_of(page.select_one(".captioned-image figcaption")) == (
        "Toàn cảnh hội nghị Ảnh: Tổ biên tập"
    )


def test_the_alt_text_is_that_of_the_article(page):
    image = page.select_one(".body img")
    assert image["alt"] == "Đại biểu ngồi trong hội trường"
    assert "tep-anh-cua-may-anh" not in page.get_text()


def test_a_decorative_picture_is_silent(client, section, picture):
    block = image_block(picture, alt_text="")
    block["value"]["image"]["decorative"] = True
    article = ArticleFactory(parent=section, body=[block])
    figure = read(client, article.url).select_one(".body figure")
    assert figure.select_one("img")["alt"] == ""
    assert figure.select_one("figcaption") is None


def test_a_picture_comes_as_avif_with_jpeg_behind_it_in_several_widths(page):
    picture = page.select_one(".body picture")
    assert picture.select_one("source")["type"] == "image/avif"
    assert [size.split()[1] for size in picture.select_one("source")["srcset"].split(", ")] == [
        "480w",
        "720w",
        "1080w",
        "1440w",
    ]
    image = picture.select_one("img")
    assert image["src"].endswith(".jpg")
    assert image["loading"] == "eager"
    assert int(image["width"]) / int(image["height"]) == 1.6


def test_the_source_is_named_and_linked(page):
    source = page.select_one(".source")
    assert text_of(source) == "Nguồn tin: Báo Hải Lam"
    assert source.a["href"] == "https://baohailam.example/hoi-nghi"


def test_a_source_without_a_link_is_named(client, section):
    article = ArticleFactory(parent=section, source_name="Bản tin nội bộ")
    source = read(client, article.url).select_one(".source")
    assert text_of(source) == "Nguồn tin: Bản tin nội bộ"
    assert source.a is None


def test_a_source_without_a_name_shows_its_address(client, section):
    article = ArticleFactory(parent=section, source_url="https://tin.example/1")
    source = read(client, article.url).select_one(".source")
    assert text_of(source) == "Nguồn tin: https://tin.example/1"
    assert source.a["href"] == "https://tin.example/1"


def test_the_author_is_named(page):
    assert text_of(page.select_one(".author")) == "Hoài Phương"


def test_the_way_back_to_the_top_leads_to_the_top(page):
    link = page.select_one(".to-top")
    assert text_of(link) == "Về đầu trang"
    assert page.find(id=link["href"].removeprefix("#")) is page.body


def test_the_live_count_is_shown_in_words_with_its_time(page):
    counter = page.select_one("footer.site-footer [data-visitor-counter]")
    assert text_of(counter.select_one("[data-visitor-words]")) == "0 người đang online"
    assert text_of(counter.select_one("[data-visitor-count]")) == "0"
    assert text_of(counter.select_one("time")).startswith("(lúc ")
    assert page.html["data-visitors-url"] == "/visitors/"


def test_an_article_with_only_a_title_has_no_empty_rows(client, section):
    page = read(client, ArticleFactory(parent=section, title="Chỉ có tiêu đề").url)
    article = page.select_one("main article")
    told = [text_of(row) for row in article.header.find_all(recursive=False)]
    assert told[:2] == ["Chỉ có tiêu đề", text_of(article.select_one(".posted"))]
    assert article.header.find_all(recursive=False)[2:] == article.select(".tools")
    for row in page.select("main p, main figure, main ul, main ol, main li, main h2, main a"):
        assert text_of(row), row
    assert text_of(article.footer) == ""
    assert article.footer.find(True) is None
    assert page.find("meta", attrs={"name": "description"}) is None


def test_a_picture_that_was_deleted_leaves_no_hole(client, article, picture):
    picture.delete()
    page = read(client, article.url)
    assert page.select(".captioned-image") == []
    assert "Toàn cảnh hội nghị" not in page.get_text()


# Tin mới nhất


def test_the_eight_newest_stand_newest_first(client, section):
    articles = [
        publish_article(section, f"Tin {age}", days=age) for age in (5, 3, 9, 1, 7, 2, 8, 4, 6)
    ]
    expected = [f"Tin {age}" for age in range(1, 9)]
    assert latest(client, articles[0]) == expected
    assert text_of(read(client, articles[0].url).select_one(".latest h2")) == "Tin mới nhất"


def test_of_two_articles_of_one_minute_the_later_made_stands_first(client, section):
    for number in range(1, 11):
        article = publish_article(section, f"Tin {number}", days=0)
    assert latest(client, article) == [f"Tin {number}" for number in range(10, 2, -1)]


def test_the_newest_come_from_all_sections(client, home, section):
    other = SectionFactory(parent=home)
    article = publish_article(section, "Tin ở đây", days=2)
    publish_article(other, "Tin ở kia", days=1)
    assert latest(client, article) == ["Tin ở kia", "Tin ở đây"]


def test_the_newest_leave_out_drafts_private_articles_and_the_other_language(
    client, section, english_section
):
    article = publish_article(section, "Tin", days=5)
    ArticleFactory(parent=section, title="Bản nháp", live=False)
    private = publish_article(section, "Tin nội bộ", days=1)
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    publish_article(english_section, "News", days=1)
    assert latest(client, article) == ["Tin"]


def test_the_article_itself_is_marked_among_the_newest(page):
    assert links(page, ".latest [aria-current=page]") == ["Hội nghị tổng kết phong trào thi đua"]


def test_titles_of_the_newest_are_cut_at_a_word(client, section):
    article = publish_article(section, "Khối thi đua " + "các huyện, " * 20 + "năm 2020", days=1)
    [title] = latest(client, article)
    assert len(title) <= 100
    assert title.endswith("…")
    assert article.title.startswith((f"{title[:-1]} ", f"{title[:-1]},"))
    assert text_of(read(client, article.url).h1) == article.title


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (datetime(2020, 8, 12, 16, 47, tzinfo=VIET_NAM), "(12/08/2020 4:47 CH)"),
        (datetime(2020, 8, 12, 7, 24, tzinfo=VIET_NAM), "(12/08/2020 7:24 SA)"),
        (datetime(2020, 8, 12, 12, 0, tzinfo=VIET_NAM), "(12/08/2020 12:00 CH)"),
        (datetime(2020, 8, 12, 0, 5, tzinfo=VIET_NAM), "(12/08/2020 12:05 SA)"),
        (datetime(2020, 8, 12, 9, 47, tzinfo=ZoneInfo("UTC")), "(12/08/2020 4:47 CH)"),
    ],
)
def test_times_of_the_newest_are_in_the_hours_of_viet_nam(client, section, moment, shown):
    article = ArticleFactory(parent=section, published_at=moment)
    assert text_of(read(client, article.url).select_one(".latest time")) == shown


# English


def test_the_english_page_is_in_english_row_by_row(client, article):
    afternoon = MORNING.replace(hour=16, minute=47)
    article.published_at = afternoon
    article.save()
    translation = publish_english_translation(
        article, "Conference reviews the year", introduction="This morning."
    )
    page = read(client, translation.url)
    assert page.html["lang"] == "en"
    assert text_of(page.h1) == "Conference reviews the year"
    assert text_of(page.select_one(".posted")) == "Posted on 1 June 2020"
    assert text_of(page.select_one(".latest h2")) == "Latest news"
    assert text_of(page.select_one(".latest li")) == (
        "Conference reviews the year (01/06/2020 4:47 PM)"
    )
    assert text_of(page.select_one(".source")) == "Source: Báo Hải Lam"
    assert text_of(page.select_one(".captioned-image .credit")) == "Photo: Tổ biên tập"
    assert text_of(page.select_one(".to-top")) == "Back to top"
    assert text_of(page.select_one(".choices-text legend")) == "Text size"
    footer = page.select_one("footer.site-footer")
    assert text_of(footer.select_one("[data-visitor-words]")) == "0 people online"


def test_the_counter_in_a_translated_body_speaks_english(client, article):
    page = read(client, publish_english_translation(article, "Conference").url)
    assert text_of(page.select_one(".body [data-visitor-words]")) == "0 people online"


# Invalid input


def test_scripts_in_texts_are_shown_and_not_run(client, section, picture):
    article = ArticleFactory(
        parent=section,
        title=f"Tiêu đề {SCRIPT}",
        slug="tieu-de",
        introduction=f"Sapô {SCRIPT}",
        author=f"Tác giả {SCRIPT}",
        source_name=f"Báo {SCRIPT}",
        source_url="https://tin.example/",
        body=[
            {"type": "heading", "value": f"Phần {SCRIPT}"},
            image_block(
                picture,
                alt_text=f'" onerror="alert(1)" {SCRIPT}',
                caption=f"Chú thích {SCRIPT}",
                credit=f"Người chụp {SCRIPT}",
            ),
            {
                "type": "quote",
                "value": {"text": f"Lời {SCRIPT}", "attribution": f"Người {SCRIPT}"},
            },
        ],
    )
    for address in (article.url, section.url, "/"):
        page = read(client, address)
        scripts = page.select('script:not([type="application/ld+json"])')
        assert all(script.has_attr("src") and not script.text for script in scripts)
        assert page.select("[onerror]") == []
    page = read(client, article.url)
    assert page.h1.text == f"Tiêu đề {SCRIPT}"
    assert SCRIPT in page.select_one(".captioned-image figcaption").text
    assert SCRIPT in page.select_one(".source").text
    assert page.select_one(".body img")["alt"] == f'" onerror="alert(1)" {SCRIPT}'


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "//x", "tin"],
)
def test_an_address_that_is_no_web_address_is_refused_as_source(section, address):
    article = ArticleFactory(parent=section)
    article.source_url = address
    with pytest.raises(ValidationError) as refusal:
        article.full_clean()
    assert set(refusal.value.message_dict) == {"source_url"}


def test_the_description_is_not_cut_within_a_character(client, section):
    """An escaped quotation mark has six characters, which truncation must not split."""
    article = ArticleFactory(parent=section, introduction="a" * 197 + '"một"')
    description = read(client, article.url).find("meta", attrs={"name": "description"})
    assert description["content"] == "a" * 197 + '"m…'

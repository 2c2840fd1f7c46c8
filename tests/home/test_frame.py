"""Tests of the site frame, which is edited once per language and shown on every page.

Pages also work without a frame.
"""

import json

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cms.models import SiteFrame
from cms.visitors.models import VisitorCounter
from tests.factories import ArticleFactory, PlainPageFactory, publish_english_translation
from tests.rendered_pages import read, text_of

TEXTS = {
    "site_name": "Sở Nội vụ",
    "governing_body": "Ủy ban nhân dân tỉnh",
    "address": "Số 1 đường Bến Lụa",
    "telephone": "0200 5550 100",
    "email": "vanphong@so.example",
    "person_responsible": "Đàm Quang Hiển, Giám đốc",
    "licence": "Giấy phép số 27/GP-TTĐT",
}
ENGLISH_TEXTS = {
    "site_name": "Department of Home Affairs",
    "governing_body": "Provincial Committee",
    "address": "1 Ben Lua Street",
    "telephone": "+84 200 5550 100",
    "email": "office@so.example",
    "person_responsible": "The Director",
    "licence": "Licence No. 27",
}


@pytest.fixture
def addresses(home, section):
    """URLs of every kind of page in both languages, with the expected status codes."""
    article = ArticleFactory(parent=section, title="Tin")
    plain = PlainPageFactory(parent=home, title="Trang")
    return {
        "vi": {"/": 200, section.url: 200, article.url: 200, plain.url: 200, "/khong/": 404},
        "en": {
            "/en/": 200,
            "/en/news/": 200,
            publish_english_translation(article, "News item").url: 200,
            publish_english_translation(plain, "A page").url: 200,
            "/en/missing/": 404,
        },
    }


def fill(locale, texts):
    """Fill the frame of one language."""
    SiteFrame.objects.filter(locale=locale).update(**texts)


def test_an_edited_frame_is_on_every_page_of_its_language(client, addresses, vietnamese, english):
    fill(vietnamese, TEXTS)
    fill(english, ENGLISH_TEXTS)
    for language, own, other in (("vi", TEXTS, ENGLISH_TEXTS), ("en", ENGLISH_TEXTS, TEXTS)):
        for address, status in addresses[language].items():
            page = read(client, address, status)
            for row in own.values():
                assert row in page.get_text(), (address, row)
            for row in other.values():
                assert row not in page.get_text(), (address, row)
            assert page.title.text.endswith(f"– {own['site_name']}")


def test_the_frame_stands_where_readers_look(client, vietnamese):
    fill(vietnamese, TEXTS)
    page = read(client, "/")
    masthead, footer = page.select_one(".masthead"), page.select_one("footer")
    assert text_of(masthead.select_one(".governing-body")) == "Ủy ban nhân dân tỉnh"
    assert text_of(masthead.select_one(".site-name")) == "Sở Nội vụ"
    assert masthead.a["href"] == "/"
    rows = [text_of(row) for row in footer.select("p")]
    assert rows[:4] == [
        "Sở Nội vụ",
        "Địa chỉ: Số 1 đường Bến Lụa",
        "Điện thoại: 0200 5550 100",
        "Thư điện tử: vanphong@so.example",
    ]
    assert "Chịu trách nhiệm nội dung: Đàm Quang Hiển, Giám đốc" in rows
    assert footer.select_one("a[href^='mailto:']")["href"] == "mailto:vanphong@so.example"


def test_rows_that_are_not_filled_are_not_shown(client, home):
    page = read(client, "/")
    assert page.select(".governing-body") == []
    assert all(text_of(row) for row in page.select("footer p"))
    assert "Địa chỉ" not in page.get_text()


def test_a_moderator_edits_the_frame_in_the_admin(client, moderator, vietnamese):
    frame = SiteFrame.objects.get(locale=vietnamese)
    client.force_login(moderator)
    address = reverse("wagtailsnippets_cms_siteframe:edit", args=[frame.pk])
    assert client.get(address).status_code == 200
    response = client.post(address, {**TEXTS, "visitor_counter": frame.visitor_counter_id})
    assert response.status_code == 302
    client.logout()
    assert text_of(read(client, "/").select_one(".site-name")) == "Sở Nội vụ"


def test_an_editor_cannot_edit_the_frame(client, editor, vietnamese):
    frame = SiteFrame.objects.get(locale=vietnamese)
    client.force_login(editor)
    address = reverse("wagtailsnippets_cms_siteframe:edit", args=[frame.pk])
    client.post(address, {**TEXTS, "visitor_counter": frame.visitor_counter_id})
    frame.refresh_from_db()
    assert frame.site_name == "Cổng thông tin điện tử"


def test_pages_stand_without_a_frame(client, addresses):
    SiteFrame.objects.all().delete()
    names = {"vi": "Cổng thông tin điện tử", "en": "News portal"}
    for language, statuses in addresses.items():
        for address, status in statuses.items():
            page = read(client, address, status)
            assert text_of(page.select_one(".site-name")) == names[language]
            assert page.select("[data-visitor-count]") == []


def test_one_language_without_a_frame_does_not_borrow_the_other_one(client, english, vietnamese):
    fill(vietnamese, TEXTS)
    SiteFrame.objects.filter(locale=english).delete()
    assert text_of(read(client, "/en/").select_one(".site-name")) == "News portal"
    assert text_of(read(client, "/").select_one(".site-name")) == "Sở Nội vụ"


def test_pages_stand_without_a_counter(client, addresses):
    VisitorCounter.objects.all().delete()
    for statuses in addresses.values():
        for address, status in statuses.items():
            assert read(client, address, status).select("[data-visitor-counter]") == []


def test_the_footer_shows_the_counter_that_the_frame_chose(client, vietnamese):
    counter = VisitorCounter.objects.create(
        locale=vietnamese, name="Khác", wording="Đang xem: {count} bạn đọc"
    )
    fill(vietnamese, {"visitor_counter": counter})
    shown = read(client, "/").select_one("footer [data-visitor-words]")
    assert text_of(shown) == "Đang xem: 0 bạn đọc"


def test_the_counter_counts_on_every_page_of_both_languages(client, addresses):
    wordings = {"vi": "0 người đang online", "en": "0 people online"}
    for language, statuses in addresses.items():
        for address, status in statuses.items():
            [counter] = read(client, address, status).select("[data-visitor-words]")
            assert text_of(counter) == wordings[language]


def test_a_language_has_one_frame(vietnamese):
    with pytest.raises(ValidationError):
        SiteFrame(locale=vietnamese, site_name="Khung thứ hai").full_clean()


def test_markup_in_the_frame_is_shown_and_not_obeyed(client, vietnamese):
    fill(vietnamese, {"site_name": "<b>Sở</b>", "licence": "<script>alert(1)</script>"})
    page = read(client, "/")
    assert page.select_one(".site-name").text == "<b>Sở</b>"
    # JSON-LD is data, not a script: browsers do not run it.
    told = page.select('script[type="application/ld+json"]')
    assert {json.loads(data.string)["name"] for data in told} == {"<b>Sở</b>"}
    assert all(script.has_attr("src") for script in page.select("script") if script not in told)

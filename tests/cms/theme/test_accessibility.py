"""The accessibility page, and the settings that every page offers."""

import pytest

from cms.models import SiteFrame
from cms.theme.display import SETTINGS
from tests.rendered_pages import read, text_of


def test_the_page_tells_what_was_tested_what_fails_and_how_to_complain(client, db):
    frame = SiteFrame.objects.get(locale__language_code="vi")
    frame.email, frame.telephone = "gopy@so.example", "0200 5550 100"
    frame.save()
    page = read(client, "/tro-nang/")
    assert [text_of(heading) for heading in page.select(".body h2")] == [
        "Bạn có thể làm gì",
        "Những gì đã kiểm thử",
        "Những gì chưa đạt",
        "Góp ý, khiếu nại và yêu cầu hỗ trợ",
    ]
    assert page.select_one(".body a[href='mailto:gopy@so.example']")
    assert "0200 5550 100" in text_of(page.select_one(".body"))
    assert "24/11/2026" in text_of(page.select_one(".body"))


def test_the_page_has_a_twin_that_the_switch_and_search_engines_know(client, db):
    page = read(client, "/en/accessibility/")
    assert text_of(page.h1) == "Accessibility"
    assert page.select_one(".languages a[lang], .languages li[lang=vi] a")["href"] == "/tro-nang/"
    assert page.select_one("link[rel=canonical]")["href"].endswith("/en/accessibility/")
    assert {link["hreflang"] for link in page.select("link[hreflang]")} == {
        "vi",
        "en",
        "x-default",
    }


@pytest.mark.parametrize("address", ["/", "/tin-tuc/", "/search/", "/khong-co/"])
def test_every_page_leads_to_it(client, section, address):
    page = read(client, address, 404 if "khong-co" in address else 200)
    assert page.select_one("footer a[href='/tro-nang/']")


def test_no_page_can_take_its_address(section, home):
    page = type(section)(title="Trợ năng")
    home.add_child(instance=page)
    assert page.slug == "tro-nang-2"


def test_the_address_belongs_to_its_language(client, db):
    assert client.get("/accessibility/").status_code == 404
    assert client.get("/en/tro-nang/").status_code == 404


def test_every_page_offers_the_settings_with_the_first_choice_taken(client, db):
    page = read(client, "/")
    for setting in SETTINGS:
        radios = page.select(f"#display [name={setting.name}]")
        assert [radio["value"] for radio in radios] == [each.value for each in setting.choices]
        assert [radio.has_attr("checked") for radio in radios] == [True] + [False] * (
            len(radios) - 1
        )

"""Tests for the middleware of every request: proxies, headers, caching, bad input."""

import ipaddress
from urllib.parse import quote

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from cms.blocks.players import PLAYER_ORIGINS
from cms.middleware.proxies import TrustedProxyMiddleware, client_address
from cms.middleware.request_cleaning import QUERY_LENGTH, QUERY_TERMS, clean_query
from cms.theme.style_sheet import style_sheet
from tests.admin_forms import article_form
from tests.factories import ArticleFactory, PictureFactory

STRANGER = "203.0.113.9"
PROXY = "10.0.0.1"
VISITOR = "198.51.100.7"


# Proxies


@pytest.fixture
def behind_proxies(settings):
    """Settings that trust one network of IPv4 and one of IPv6."""
    settings.TRUSTED_PROXIES = [
        ipaddress.ip_network("10.0.0.0/8"),
        ipaddress.ip_network("fd00::/8"),
    ]


def after_the_proxies(remote, **headers):
    """Return the request as the code after the middleware sees it."""
    seen = []

    def view(request):
        seen.append(request)
        return HttpResponse()

    request = RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers)
    TrustedProxyMiddleware(view)(request)
    return seen[0]


def test_forwarded_headers_of_a_stranger_are_dropped(behind_proxies):
    request = after_the_proxies(
        STRANGER,
        x_forwarded_for=VISITOR,
        x_forwarded_proto="https",
        x_forwarded_host="evil.example",
        x_forwarded_port="443",
        forwarded="for=192.0.2.1",
    )
    assert client_address(request) == STRANGER
    assert request.scheme == "http"
    assert [name for name in request.META if "FORWARDED" in name] == []


def test_without_trusted_proxies_nobody_is_believed():
    request = after_the_proxies("127.0.0.1", x_forwarded_for=VISITOR, x_forwarded_proto="https")
    assert client_address(request) == "127.0.0.1"
    assert request.scheme == "http"


@pytest.mark.parametrize("proxy", [PROXY, "10.255.0.3", "fd00::1"])
def test_a_trusted_proxy_is_believed(behind_proxies, proxy):
    request = after_the_proxies(proxy, x_forwarded_for=VISITOR, x_forwarded_proto="https")
    assert client_address(request) == VISITOR
    assert request.scheme == "https"
    assert request.is_secure()
    assert request.get_port() == "443"


def test_the_host_and_port_that_a_trusted_proxy_forwards_are_not_read(behind_proxies):
    request = after_the_proxies(PROXY, x_forwarded_host="evil.example", x_forwarded_port="1")
    assert request.get_host() == "testserver"
    assert [name for name in request.META if "FORWARDED" in name] == []


@pytest.mark.parametrize(
    ("chain", "address"),
    [
        (f"192.0.2.1, {VISITOR}", VISITOR),
        (f"192.0.2.1, {VISITOR}, 10.0.0.2", VISITOR),
        (f"10.0.0.3, {VISITOR}, 10.0.0.2, fd00::5", VISITOR),
        (f"{VISITOR},10.0.0.2", VISITOR),
        ("2001:db8::1", "2001:db8::1"),
        ("10.0.0.2", "10.0.0.2"),
        ("", PROXY),
        ("garbage", PROXY),
        (f"{VISITOR}, garbage", PROXY),
        (f"{VISITOR}, garbage, 10.0.0.2", "10.0.0.2"),
        (f"garbage, {VISITOR}", VISITOR),
        (",,,", PROXY),
        ("1.2.3.4:5678", PROXY),
        ("' OR 1=1", PROXY),
    ],
)
def test_the_last_address_that_is_no_proxy_of_ours_wins(behind_proxies, chain, address):
    assert client_address(after_the_proxies(PROXY, x_forwarded_for=chain)) == address


@pytest.mark.parametrize("scheme", ["", "ftp", "HTTPS", "https, http", "javascript"])
def test_a_forwarded_scheme_that_is_none_is_ignored(behind_proxies, scheme):
    assert after_the_proxies(PROXY, x_forwarded_proto=scheme).scheme == "http"


def test_a_request_without_an_address_is_answered(behind_proxies):
    assert client_address(after_the_proxies("", x_forwarded_for=VISITOR)) == ""


def test_over_https_from_a_trusted_proxy_nothing_redirects(behind_proxies, settings, client, home):
    settings.SECURE_SSL_REDIRECT = True
    secure = {"x_forwarded_for": VISITOR, "x_forwarded_proto": "https"}
    assert client.get("/", REMOTE_ADDR=PROXY, headers=secure).status_code == 200
    stranger = client.get("/", REMOTE_ADDR=STRANGER, headers=secure)
    assert stranger.status_code == 301
    assert stranger["Location"] == "https://testserver/"


# Security headers


def policy(response):
    """Return the content policy of a response: its directives and their sources."""
    directives = (part.split() for part in response["Content-Security-Policy"].split(";"))
    return {directive[0]: directive[1:] for directive in directives if directive}


@pytest.fixture
def article(section):
    """A live article."""
    return ArticleFactory(parent=section, title="Tin")


@pytest.fixture
def as_editor(client, editor):
    """A browser in which an editor is signed in."""
    client.force_login(editor)
    return client


PUBLIC_ADDRESSES = ["/", "/en/", "/tin-tuc/", "/tin-tuc/tin/", "/nothing/", "/en/nothing/"]


@pytest.mark.parametrize("path", [*PUBLIC_ADDRESSES, "/healthz", "/media/nothing", "/tin-tuc"])
def test_public_addresses_have_the_strict_policy_whatever_they_answer(client, article, path):
    response = client.get(path)
    sources = policy(response)
    assert sources["default-src"] == ["'none'"]
    assert sources["frame-ancestors"] == ["'none'"]
    assert sources["script-src"] == sources["img-src"] == ["'self'"]
    assert sources["style-src"] == ["'self'", style_sheet().source]
    assert sources["base-uri"] == ["'none'"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert "*" not in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("path", "status"),
    [("/", 200), ("/nothing/", 404), ("/tin-tuc", 301), ("/%00/", 400), ("/admin/", 302)],
)
def test_every_kind_of_answer_carries_the_companions_of_the_policy(client, article, path, status):
    response = client.get(path)
    assert response.status_code == status
    assert "Content-Security-Policy" in response
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert response["X-Frame-Options"] in ("DENY", "SAMEORIGIN")


def test_an_error_of_ours_carries_the_policy_too(client, article, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("news.models.ArticlePage.get_context", broken)
    client.raise_request_exception = False
    response = client.get(article.url)
    assert response.status_code == 500
    assert policy(response)["default-src"] == ["'none'"]
    assert "no-store" in response["Cache-Control"]
    assert '<html lang="vi"' in response.content.decode()


def test_a_public_page_has_no_inline_script_and_no_style_but_the_sheet(client, article):
    text = client.get(article.url).content.decode().replace(style_sheet().element, "", 1)
    assert "<style" not in text
    assert " style=" not in text
    assert "<script>" not in text
    assert " onclick=" not in text


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/nothing/"])
def test_the_admin_has_its_own_wider_policy(as_editor, path):
    sources = policy(as_editor.get(path))
    assert "'unsafe-inline'" in sources["script-src"]
    assert "'unsafe-inline'" in sources["style-src"]
    assert sources["frame-ancestors"] == ["'self'"]
    assert sources["frame-src"] == ["'self'", *PLAYER_ORIGINS]
    assert sources["default-src"] == ["'none'"]
    assert "'unsafe-eval'" not in sources["script-src"]


def test_a_page_whose_slug_begins_like_the_admin_is_public(client, home):
    response = client.get("/admin-xa/")
    assert "unsafe" not in response["Content-Security-Policy"]


def test_a_preview_may_be_framed_by_the_admin_and_never_beats(article):
    response = article.make_preview_request()
    text = response.content.decode()
    assert response.status_code == 200
    assert article.title in text
    assert policy(response)["frame-ancestors"] == ["'self'"]
    assert "data-visitors-url" not in text
    assert "visitors.js" not in text


def test_the_page_itself_beats(client, article):
    text = client.get(article.url).content.decode()
    assert "data-visitors-url" in text
    assert "visitors.js" in text


def test_what_is_being_typed_is_previewed_in_a_frame_of_the_editor(as_editor, section):
    draft = ArticleFactory(parent=section, title="Bản nháp", live=False)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[draft.pk])
    assert as_editor.post(address, article_form(title="Đang gõ")).json()["is_valid"] is True
    response = as_editor.get(address)
    assert response.status_code == 200
    assert "Đang gõ" in response.content.decode()
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert policy(response)["frame-ancestors"] == ["'self'"]


# Shared caches


@pytest.mark.parametrize("path", PUBLIC_ADDRESSES)
def test_an_anonymous_answer_is_the_same_for_everyone(client, article, path):
    response = client.get(path)
    assert not response.cookies
    # The content is the same whether it is compressed or not.
    assert response["Vary"] == "Accept-Encoding"
    assert "private" not in response.get("Cache-Control", "")


@pytest.mark.parametrize("path", PUBLIC_ADDRESSES)
def test_an_answer_to_someone_signed_in_is_private(as_editor, article, path):
    response = as_editor.get(path)
    assert "private" in response["Cache-Control"]
    assert "no-store" in response["Cache-Control"]


def test_the_admin_is_never_stored(client, as_editor):
    assert "no-store" in as_editor.get("/admin/")["Cache-Control"]
    client.logout()
    assert "no-store" in client.get("/admin/login/")["Cache-Control"]


# Bad input


LONG_QUERIES = {
    "NUL": "thi\0dua",
    "only NUL": "\0",
    "500 terms": "thi " * 500,
    "500 different terms": " ".join(f"chu{number}" for number in range(500)),
    "over-long": "x" * 5000,
    "operators": '"" -- \\ % _ ( & | ! :* <-> \'',
    "not UTF-8": b"\xff\xfe",
    "NFD": "thi dua\u0301",
    "empty": "",
}

SEARCHES = {
    "pages": "wagtailadmin_pages:search",
    "page results": "wagtailadmin_pages:search_results",
    "pictures": "wagtailimages:index",
    "picture results": "wagtailimages:index_results",
    "picture chooser": "wagtailimages_chooser:choose",
    "picture chooser results": "wagtailimages_chooser:choose_results",
    "page chooser": "wagtailadmin_choose_page_search",
    "pages of a section": "wagtailadmin_explore_root",
}


@pytest.mark.parametrize("query", LONG_QUERIES.values(), ids=LONG_QUERIES)
@pytest.mark.parametrize("search", SEARCHES.values(), ids=SEARCHES)
def test_no_search_of_the_admin_fails(as_editor, article, search, query):
    PictureFactory()
    response = as_editor.get(f"{reverse(search)}?q={quote(query)}")
    assert response.status_code < 500


@pytest.mark.parametrize("query", LONG_QUERIES.values(), ids=LONG_QUERIES)
@pytest.mark.parametrize("name", ["%71", "%71%00", "search"])
@pytest.mark.parametrize(
    "path", ["/admin/pages/search/", "/admin/images/", "/admin/api/main/pages/"]
)
def test_no_search_fails_however_the_query_is_spelled(as_editor, article, path, name, query):
    assert as_editor.get(f"{path}?{name}={quote(query)}").status_code < 500


@pytest.mark.parametrize("query", LONG_QUERIES.values(), ids=LONG_QUERIES)
@pytest.mark.parametrize("path", ["/", "/tin-tuc/", "/tin-tuc/tin/", "/en/", "/nothing/"])
def test_no_public_page_fails_for_a_query(client, article, path, query):
    for name in ("q", "page", "utm_source"):
        assert client.get(f"{path}?{name}={quote(query)}").status_code < 500


def test_a_search_still_finds_what_was_asked(as_editor, section):
    ArticleFactory(parent=section, title="Hội nghị khối trưởng")
    response = as_editor.get(f"{reverse('wagtailadmin_pages:search')}?q={quote('khối')}")
    assert "Hội nghị khối trưởng" in response.content.decode()


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("thi đua", "thi đua"),
        ("  thi \n đua ", "thi đua"),
        ("thi\0đua", "thi đua"),
        ("thi\u00a0\u0111ua", "thi đua"),
        ("e\u0302\u0301", "ế"),
        ("\0", ""),
        ("", ""),
    ],
)
def test_a_query_is_read_in_one_spelling_without_nul(asked, read):
    assert clean_query(asked) == read


def test_a_query_is_capped_in_length_and_terms():
    assert (QUERY_LENGTH, QUERY_TERMS) == (100, 10)
    assert clean_query("x" * 500) == "x" * 100
    assert clean_query("a " * 500).split() == ["a"] * 10


@pytest.mark.parametrize("path", ["/%00", "/%00/", "/tin-tuc/%00/", "/en/%00/", "/media/%00"])
def test_an_address_with_nul_is_a_bad_request(client, home, path):
    assert client.get(path).status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "/%ff/",
        "/%c0%80/",
        "/" + "a/" * 200,
        "/" + "x" * 3000 + "/",
        "/%F0%9F%98%80/",
        "/..%2f..%2f/",
        "//evil.example//",
        "/tin-tuc/%0d%0aX-Evil:1/",
    ],
)
def test_an_odd_address_is_not_found(client, home, path):
    response = client.get(path)
    assert response.status_code in (400, 404)
    assert "X-Evil" not in response


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "a b", "", "[::1"])
@pytest.mark.parametrize("path", ["/", "/en/", "/admin/login/", "/tin-tuc/"])
def test_an_unknown_host_is_a_bad_request(client, home, path, host):
    response = client.get(path, headers={"host": host}, SERVER_NAME=host)
    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()


def test_a_forged_session_cookie_is_nobody(client, home):
    get_user_model().objects.create_user(username="ai")
    client.cookies.load('sessionid="bad\\000cookie\\000"')
    assert client.get("/admin/").status_code == 302
    assert client.get("/").status_code == 200

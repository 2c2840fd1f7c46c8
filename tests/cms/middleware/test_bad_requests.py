"""Tests for requests that no form of ours sends: no address of the admin answers 500 to them."""

import json
import re
from datetime import datetime

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.paginator import EmptyPage
from django.db import DataError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import get_resolver, path, reverse
from django.urls.resolvers import RoutePattern, URLResolver
from django.views.decorators.csrf import csrf_exempt
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Locale, Page, Site, Task, Workflow

from cms import urls
from cms.middleware.request_cleaning import RequestCleaningMiddleware
from news.models import ArticlePage
from tests.admin_forms import article_form
from tests.factories import ArticleFactory, DocumentFactory, PictureFactory, TopicFactory

HUGE = "9" * 20


@pytest.fixture
def superuser(db):
    """A user whom no view refuses before it reads the request."""
    return get_user_model().objects.create_superuser("toanquyen")


@pytest.fixture
def signed_in(client, superuser):
    """A browser in which the superuser is signed in, and which gets errors as responses."""
    client.force_login(superuser)
    client.raise_request_exception = False
    return client


# Every address


def routes(resolver=None, before=""):
    """Yield the route of each address whose pattern is a `RoutePattern`."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = pattern.pattern._route if isinstance(pattern.pattern, RoutePattern) else None
        if route is None:
            continue
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, before + route)
        else:
            yield before + route


MADE_TO_FAIL = {"admin/failwhale/", "admin/test404/", "admin/logout/"}


def admin_addresses(values):
    """Return the addresses of the admin, filled in with existing keys."""
    found = []
    for route in dict.fromkeys(routes()):
        if route.startswith("admin/") and route not in MADE_TO_FAIL:
            rows = next((key for part, key in ROWS if part in route), "page")
            filled = re.sub(
                r"<(?:\w+:)?(\w+)>",
                lambda match, rows=rows: str(values.get(match[1], values[rows])),
                route,
            )
            found.append(f"/{filled}")
    return found


ROWS = [
    ("topic", "topic"),
    ("locales", "locale"),
    ("sites", "site"),
    ("users", "user"),
    ("groups", "group"),
    ("documents", "document_id"),
    ("images", "image_id"),
    ("collections", "collection"),
    ("workflows/tasks", "task_id"),
    ("workflows", "workflow"),
]


@pytest.fixture
def addresses(section, superuser):
    """Addresses of the admin for rows that exist."""
    article = ArticleFactory(parent=section, title="Bài")
    revision = article.save_revision()
    redirect = Redirect.objects.create(old_path="/cu", redirect_link="/moi/")
    values = {
        "page": article.pk,
        "parent_page_id": section.pk,
        "destination_id": section.pk,
        "revision_id": revision.pk,
        "redirect_id": redirect.pk,
        "document_id": DocumentFactory().pk,
        "image_id": PictureFactory().pk,
        "topic": TopicFactory().pk,
        "locale": Locale.objects.first().pk,
        "site": Site.objects.first().pk,
        "user": superuser.pk,
        "group": Group.objects.first().pk,
        "collection": Collection.objects.first().pk,
        "task_id": Task.objects.first().pk,
        "workflow": Workflow.objects.first().pk,
        "app_label": "news",
        "app_name": "news",
        "content_type_app_name": "news",
        "model_name": "articlepage",
        "content_type_model_name": "articlepage",
        "action_name": "copy",
        "action": "move",
        "language_code": "en",
        "mode": "x",
        "filter_spec": "width-100",
        "uidb64": "x",
        "token": "x",
    }
    values["doc_id"] = values["document_id"]
    found = admin_addresses(values)
    assert len(found) > 150
    return found


def failures(responses):
    """Return the addresses that answered with a server error."""
    return [address for address, response in responses if response.status_code >= 500]


def test_no_address_of_the_admin_fails_on_an_empty_form(signed_in, addresses):
    assert failures((address, signed_in.post(address)) for address in addresses) == []


ODD = (
    f"id=abc&p=x&page=x&ordering=x&locale=xx&content_type=abc&user={HUGE}&owner={HUGE}"
    "&collection_id=abc&page_type=a.b.c&export=zzz&target_pages=abc&url=//[&file_hash=x"
    "&latest_revision_created_at_from=0001-01-01&timestamp_from=0001-01-01&tag=%ff&limit=x"
)


def test_no_address_of_the_admin_fails_on_an_odd_question(signed_in, addresses):
    assert failures((address, signed_in.get(f"{address}?{ODD}")) for address in addresses) == []


# Requests that are refused and save nothing


def content():
    """Return the content of the site that these requests could change."""
    return list(Page.objects.order_by("pk").values_list("pk", "title", "latest_revision"))


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("wagtailadmin_pages:add", ["news", "articlepage", "section"]),
        ("wagtailadmin_pages:edit", ["article"]),
        ("wagtailadmin_pages:revisions_revert", ["article", "revision"]),
        ("wagtailadmin_pages:preview_on_edit", ["article"]),
    ],
)
@pytest.mark.parametrize("form", [{}, {"action-publish": "1"}, {"title": "Khác", "slug": "khac"}])
def test_a_form_without_its_fields_is_refused(signed_in, section, name, arguments, form):
    article = ArticleFactory(parent=section)
    known = {"section": section.pk, "article": article.pk, "revision": article.save_revision().pk}
    before = content()
    address = reverse(name, args=[known.get(argument, argument) for argument in arguments])
    response = signed_in.post(address, form)
    assert response.status_code in (200, 302, 400)
    assert content() == before


@pytest.mark.parametrize("count", ["x", "-1", HUGE, "1000000000", "1e9", "\0"])
def test_a_body_of_so_many_blocks_is_refused_at_once(signed_in, section, count):
    article = ArticleFactory(parent=section)
    form = {**article_form(), "body-count": count}
    response = signed_in.post(reverse("wagtailadmin_pages:edit", args=[article.pk]), form)
    assert response.status_code in (302, 400)
    article.refresh_from_db()
    assert article.title.startswith("Bài viết")


@pytest.mark.parametrize(
    "address",
    ["wagtailredirects:start_import", "wagtailredirects:process_import"],
)
def test_an_import_of_redirects_without_a_file_is_refused(signed_in, address):
    assert signed_in.post(reverse(address)).status_code in (200, 400)
    file = SimpleUploadedFile("a.csv", b"\xff\x00")
    assert signed_in.post(reverse(address), {"import_file": file}).status_code in (302, 400)
    assert not Redirect.objects.exists()


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '{"a": [{}]}', b"\xff\xfe", "9" * 5000])
def test_a_body_that_is_no_json_is_refused(signed_in, body):
    response = signed_in.generic(
        "PATCH", reverse("wagtailadmin_dismissibles"), body, content_type="application/json"
    )
    assert response.status_code in (200, 400)


def test_a_next_address_that_is_none_is_refused_before_anything_is_saved(signed_in):
    workflow = Workflow.objects.first()
    address = reverse("wagtailadmin_workflows:disable", args=[workflow.pk])
    assert signed_in.post(address, {"next": "ten-cua-view"}).status_code == 400
    workflow.refresh_from_db()
    assert workflow.active


@pytest.mark.parametrize("key", [HUGE, "9" * 300, "9" * 5000])
def test_a_key_that_no_database_holds_is_not_there(signed_in, key):
    for address in ("pages/{}/", "pages/{}/edit/", "images/{}/", "users/edit/{}/", "redirects/{}/"):
        assert signed_in.get("/admin/" + address.format(key)).status_code == 404


def test_the_refusal_is_in_the_language_of_the_newsroom(signed_in, section):
    article = ArticleFactory(parent=section)
    response = signed_in.post(reverse("wagtailadmin_pages:edit", args=[article.pk]))
    assert response.status_code == 400
    assert 'lang="vi"' in response.text


# Bugs of ours


def raises(exception):
    """Return a view that raises the exception, or the one that a function returns or raises."""

    @csrf_exempt
    def view(request, **kwargs):
        raise exception(request) if callable(exception) else exception

    return view


DEFECTS = {
    "key": KeyError("title"),
    "type": TypeError("'abc' is none"),
    "index": IndexError("abc"),
    "attribute": AttributeError("abc"),
    "value": ValueError("no such 'xyz'"),
    "overflow": OverflowError("cannot convert float infinity to integer"),
    "validation": ValidationError("Sai", params={"value": "xyz"}),
    "validation without a value": ValidationError("Sai"),
    "validation of nothing": ValidationError("Sai", params={"value": ""}),
    "number of nothing": lambda request: int(""),
    "date of nothing": lambda request: datetime.strptime("", "%d/%m/%Y"),
    "json of nothing": lambda request: json.loads(""),
    "address of nothing": lambda request: reverse("wagtailadmin_pages:edit", args=[""]),
    "address of a view that is none": lambda request: reverse("abc"),
    "address of a namespace that is none": lambda request: reverse("abc:abc"),
    "text too long": DataError("value too long for type character varying(100)"),
    "assertion": AssertionError("abc"),
}

FAULTS = {
    "number": lambda request: ValueError(f"expected a number but got {request.GET['q2']!r}"),
    "value": lambda request: ValidationError("Sai", params={"value": request.GET["q2"]}),
    "field": lambda request: request.GET["absent"],
    "address": lambda request: reverse("wagtailadmin_pages:edit", args=[request.GET["q2"]]),
    "named address": lambda request: reverse(
        "wagtailadmin_pages:edit", kwargs={"page_id": request.GET["q2"]}
    ),
    "too large": DataError("integer out of range"),
}


class DefectiveUrls:
    """A URL configuration with addresses of the admin that fail."""

    urlpatterns = [
        *[path(f"admin/defect/{name}/", raises(error)) for name, error in DEFECTS.items()],
        *[path(f"admin/fault/{name}/", raises(error)) for name, error in FAULTS.items()],
        path("admin/page/", raises(EmptyPage())),
        path("public/number/", raises(FAULTS["number"])),
        *urls.urlpatterns,
    ]
    handler500 = urls.handler500


@pytest.fixture
def defective(settings, client):
    """A browser at a site with bugs."""
    settings.ROOT_URLCONF = DefectiveUrls
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("name", DEFECTS)
def test_a_defect_of_ours_stays_an_error(db, defective, name):
    """A bug of ours stays a 500, also with an ordinary form.

    The form has an empty field, a telephone number and a word.
    """
    form = {"q2": "abc", "empty": "", "telephone": "0254123456789"}
    assert defective.get(f"/admin/defect/{name}/", form).status_code == 500
    assert defective.post(f"/admin/defect/{name}/", form).status_code == 500


@pytest.mark.parametrize("name", FAULTS)
def test_what_complains_of_the_request_is_a_bad_request_and_logged(db, defective, caplog, name):
    form = {"q2": "abc", "number": HUGE}
    assert defective.get(f"/admin/fault/{name}/", form).status_code == 400
    (record,) = [entry for entry in caplog.records if entry.name.startswith("cms.")]
    assert record.levelname == "WARNING"
    assert f"/admin/fault/{name}/" in record.getMessage()


def test_a_page_of_a_list_that_is_none_is_not_there(db, defective):
    assert defective.get("/admin/page/").status_code == 404


def test_on_public_pages_every_defect_is_one(db, defective):
    assert defective.get("/public/number/?q2=abc").status_code == 500


# Malformed addresses


UNREADABLE = ["//[/x/", "//[", "//]/", "//user@[::1", "//a℀b/", "/\t/[/x/"]


@pytest.mark.parametrize("path", UNREADABLE)
@pytest.mark.parametrize("signed", [False, True])
def test_an_address_that_is_none_is_refused(client, superuser, path, signed):
    if signed:
        client.force_login(superuser)
    client.raise_request_exception = False
    assert client.get("/", PATH_INFO=path.encode().decode("latin-1")).status_code == 400


@pytest.mark.parametrize(
    "path", ["/\\[", "http://[", "/[/", "/x//[/", "/a;[", "/%5B", "//", "///", "/\xff"]
)
def test_an_address_that_is_merely_odd_is_not_there(client, home, path):
    client.raise_request_exception = False
    response = client.get("/", PATH_INFO=path.encode().decode("latin-1"))
    assert response.status_code in (301, 302, 400, 404)


def test_a_plain_address_passes():
    seen = []
    RequestCleaningMiddleware(lambda request: seen.append(request) or HttpResponse())(
        RequestFactory().get("/tin-tuc/?q=[")
    )
    assert len(seen) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"referer": "http://[", "origin": "http://["},
        {"accept-language": "\0;q=x," * 50},
        {"cookie": 'sessionid=%00;csrftoken=";a=\xff'},
        {"content-length": "x", "content-type": "multipart/form-data; boundary=x"},
        {"if-none-match": '"', "if-modified-since": "x", "range": "bytes=9-1"},
    ],
)
@pytest.mark.parametrize("address", ["/", "/admin/login/", "/visitors/"])
def test_malformed_headers_are_no_error(client, home, headers, address):
    client.raise_request_exception = False
    assert client.get(address, headers=headers).status_code < 500
    assert client.post(address, headers=headers).status_code < 500


@pytest.mark.parametrize("boundary", ["", "; boundary=", "; boundary=\xff"])
def test_a_form_in_pieces_that_do_not_fit_is_refused(signed_in, section, boundary):
    response = signed_in.post(
        reverse("wagtailadmin_pages:edit", args=[section.pk]),
        b'--x\r\nContent-Disposition: form-data; name="a',
        content_type=f"multipart/form-data{boundary}",
    )
    assert response.status_code == 400


def test_too_many_fields_are_refused(signed_in, section, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 100
    address = reverse("wagtailadmin_pages:edit", args=[section.pk])
    assert signed_in.post(address, {f"f{n}": n for n in range(101)}).status_code == 400
    assert not ArticlePage.objects.exists()


# Bodies that cannot be read


class Upload:
    """A body that breaks off after its first bytes, and records whether it was read."""

    def __init__(self):
        self.was_read = False

    def read(self, size=-1):
        """Return a beginning, then fail like a broken connection."""
        if self.was_read:
            raise OSError("Connection reset by peer")
        self.was_read = True
        return b"--x\r\nContent-Disposition: form-data; name=title\r\n\r\nabc"

    readline = read


MULTIPART = {"CONTENT_TYPE": "multipart/form-data; boundary=x", "CONTENT_LENGTH": "10000000"}


@pytest.fixture
def upload():
    """A body that breaks off."""
    return Upload()


@pytest.mark.parametrize("address", ["wagtailadmin_pages:edit", "wagtaildocs:add"])
def test_an_upload_that_breaks_off_is_no_error(signed_in, section, upload, address):
    args = [section.pk] if "edit" in address else []
    answer = signed_in.post(reverse(address, args=args), **MULTIPART, **{"wsgi.input": upload})
    assert upload.was_read
    assert answer.status_code < 500


@pytest.mark.parametrize("has_cookie", [True, False])
def test_a_form_that_breaks_off_before_its_token_is_forbidden(
    superuser, section, upload, has_cookie
):
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    browser.force_login(superuser)
    if has_cookie:
        browser.cookies["csrftoken"] = "a" * 32
    answer = browser.post(
        reverse("wagtailadmin_pages:edit", args=[section.pk]), **MULTIPART, **{"wsgi.input": upload}
    )
    assert answer.status_code == 403
    # Without the cookie, no token in the form could be valid, so the body is not read.
    assert upload.was_read == has_cookie

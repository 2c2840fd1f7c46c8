"""The forms of the admin accept valid values and refuse others in clear Vietnamese."""

import datetime
import io
import unicodedata

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pillow_heif import register_heif_opener
from wagtail.test.utils.form_data import rich_text

from cms.models import PortalImage
from home.models import PlainPage
from news.models import ArticlePage
from tests.admin_forms import add_address, article_form
from tests.factories import ArticleFactory, PictureFactory

register_heif_opener()
FEATURES = ["bold", "italic", "link", "ol", "ul"]
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture(params=["editor", "moderator"])
def newsroom(client, request):
    """A client signed in as a member of the newsroom. Each test runs once for each role."""
    client.force_login(request.getfixturevalue(request.param))
    return client


@pytest.fixture
def as_editor(client, editor):
    """A client signed in as an editor."""
    client.force_login(editor)
    return client


@pytest.fixture
def as_moderator(client, moderator):
    """A client signed in as a moderator."""
    client.force_login(moderator)
    return client


def create(client, section, **fields):
    """Send the form of a new article and return the created article."""
    before = set(ArticlePage.objects.values_list("pk", flat=True))
    response = client.post(add_address(ArticlePage, section), article_form(**fields))
    form = response.context["form"] if response.context and "form" in response.context else None
    assert response.status_code == 302, form and form.errors
    return ArticlePage.objects.exclude(pk__in=before).get()


def latest(article):
    """Return the article as its newest draft."""
    return ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()


# Slugs


def test_an_editor_saves_a_draft_with_a_title_alone(as_editor, section):
    article = create(as_editor, section, title="Khối thi đua", slug="khoi-thi-dua")
    assert article.slug == "khoi-thi-dua"
    assert article.live is False


def test_a_repeated_title_is_accepted_and_numbered(newsroom, section):
    ArticleFactory(parent=section, title="Thông báo")
    article = create(newsroom, section, title="Thông báo", slug="thong-bao")
    assert article.slug == "thong-bao-2"
    again = create(newsroom, section, title="Thông báo", slug="thong-bao")
    assert again.slug == "thong-bao-3"


def test_a_moderator_publishes_a_repeated_title(as_moderator, section):
    ArticleFactory(parent=section, title="Thông báo")
    fields = {"title": "Thông báo", "slug": "thong-bao", "action-publish": "1"}
    article = create(as_moderator, section, **fields)
    assert article.live is True
    assert article.slug == "thong-bao-2"


def test_an_empty_slug_is_filled_from_the_title(newsroom, section):
    title = unicodedata.normalize("NFD", "Đà Nẵng thi đua")
    article = create(newsroom, section, title=title, slug="")
    assert article.slug == latest(article).slug == "da-nang-thi-dua"


def test_a_title_without_letters_is_accepted_with_an_empty_slug(newsroom, section):
    assert create(newsroom, section, title="!!!", slug="").slug != ""


def test_a_slug_of_the_editors_own_is_kept(newsroom, section):
    assert create(newsroom, section, title="Thông báo", slug="tin-khac").slug == "tin-khac"


def test_a_slug_of_the_editors_own_that_is_taken_is_refused_by_name(as_editor, section):
    ArticleFactory(parent=section, title="Thông báo")
    form = article_form(title="Tin khác", slug="thong-bao")
    response = as_editor.post(add_address(ArticlePage, section), form)
    assert response.status_code == 200
    assert "slug" in response.context["form"].errors
    assert not ArticlePage.objects.filter(title="Tin khác").exists()


def test_saving_an_article_again_keeps_its_number(as_editor, section):
    ArticleFactory(parent=section, title="Thông báo")
    article = create(as_editor, section, title="Thông báo", slug="thong-bao")
    form = article_form(title="Thông báo", slug="thong-bao-2")
    response = as_editor.post(reverse("wagtailadmin_pages:edit", args=[article.pk]), form)
    assert response.status_code == 302
    assert latest(article).slug == "thong-bao-2"


@pytest.mark.parametrize("slug", ["visitors", "en", "en-moi"])
def test_a_reserved_slug_typed_by_hand_does_not_hide_the_page(as_moderator, home, slug):
    form = article_form(title="Trang mới", slug=slug, **{"action-publish": "1"})
    as_moderator.post(add_address(PlainPage, home), form)
    page = PlainPage.objects.filter(title="Trang mới").first()
    if page is not None:
        shown = as_moderator.get(page.url)
        assert shown.status_code == 200
        assert shown.context is not None
        assert shown.context["page"].pk == page.pk


# Dates


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("29/05/2020 07:30", datetime.date(2020, 5, 29)),
        ("12/08/2020 07:30", datetime.date(2020, 8, 12)),
        ("1/6/2020 07:30", datetime.date(2020, 6, 1)),
        ("12-08-2020 07:30", datetime.date(2020, 8, 12)),
        ("2020-08-12 07:30", datetime.date(2020, 8, 12)),
    ],
)
def test_in_a_date_the_day_comes_first(as_editor, section, typed, day):
    article = create(as_editor, section, published_at=typed)
    posted = timezone.localtime(article.published_at)
    assert posted.date() == day
    assert posted.time() == datetime.time(7, 30)


def test_the_form_shows_a_date_as_it_is_typed(as_editor, section):
    article = create(as_editor, section, published_at="12/08/2020 16:47")
    response = as_editor.get(reverse("wagtailadmin_pages:edit", args=[article.pk]))
    assert 'value="12/08/2020 16:47"' in response.content.decode()


@pytest.mark.parametrize("typed", ["31/02/2020 07:30", "hôm qua", "12/08/2020 25:00", "\0"])
def test_a_date_that_is_none_is_answered_in_the_form(as_editor, section, typed):
    form = article_form(title="Còn nguyên", published_at=typed)
    response = as_editor.post(add_address(ArticlePage, section), form)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["published_at"]
    assert 'value="Còn nguyên"' in response.content.decode()


# The body


def body_with(picture):
    """Return the fields of a body with each block of text and a captioned picture."""
    return [
        ("heading", "Đầu mục"),
        ("paragraph", rich_text("<p>Đoạn <b>văn</b></p>", features=FEATURES)),
        (
            "image",
            {
                "image": {"image": picture.pk, "alt_text": "Mô tả", "decorative": ""},
                "caption": "Chú thích",
                "credit": "Việt Hà",
            },
        ),
        ("quote", {"text": "Lời nói", "attribution": "Người nói"}),
    ]


def test_a_whole_body_is_saved(newsroom, section):
    picture = PictureFactory()
    article = create(newsroom, section, body=body_with(picture))
    heading, paragraph, image, quote = latest(article).body
    assert heading.value == "Đầu mục"
    assert "<b>văn</b>" in paragraph.value.source
    assert image.value["image"].pk == picture.pk
    assert image.value["image"].contextual_alt_text == "Mô tả"
    assert (image.value["caption"], image.value["credit"]) == ("Chú thích", "Việt Hà")
    assert quote.value["attribution"] == "Người nói"


def test_text_in_another_spelling_is_saved_as_nfc_in_a_draft_of_a_live_page(as_editor, section):
    article = ArticleFactory(parent=section, title="Tin", introduction="Cũ")
    pasted = unicodedata.normalize("NFD", "Đoạn\u00a0văn")
    form = article_form(
        title=pasted,
        slug="tin",
        introduction=pasted,
        source_name=pasted,
        body=[("paragraph", rich_text(f"<p>{pasted}</p>", features=FEATURES))],
    )
    response = as_editor.post(reverse("wagtailadmin_pages:edit", args=[article.pk]), form)
    assert response.status_code == 302
    draft = latest(article)
    assert draft.title == draft.introduction == draft.source_name == "Đoạn văn"
    assert "Đoạn văn" in draft.body[0].value.source
    article.refresh_from_db()
    assert article.draft_title == "Đoạn văn"
    assert article.introduction == "Cũ"


def test_a_block_that_lacks_its_text_keeps_what_else_was_typed(as_moderator, section):
    form = article_form(
        title="Còn nguyên",
        introduction="Lời dẫn đã gõ",
        body=[("quote", {"text": "", "attribution": "Người nói"})],
        **{"action-publish": "1"},
    )
    response = as_moderator.post(add_address(ArticlePage, section), form)
    text = response.content.decode()
    assert response.status_code == 200
    assert "body" in response.context["form"].errors
    assert "Lời dẫn đã gõ" in text
    assert "Người nói" in text or "Ng\\u01b0\\u1eddi n\\u00f3i" in text


# Pictures


def picture_file(name="anh.png", picture_format="PNG", size=(60, 40)):
    """Return an uploaded picture file."""
    content = io.BytesIO()
    Image.new("RGB", size, "navy").save(content, picture_format)
    return SimpleUploadedFile(name, content.getvalue())


def upload(client, file, title="Ảnh mới"):
    """Send a file from the picture chooser and return the response."""
    return client.post(
        reverse("wagtailimages_chooser:create"),
        {"image-chooser-upload-title": title, "image-chooser-upload-file": file},
    )


def errors_of(response):
    """Return the error messages for the file in the response of the chooser."""
    form = response.context["creation_form"]
    return [message for messages in form.errors.values() for message in messages]


def test_an_editor_uploads_a_picture(newsroom):
    response = upload(newsroom, picture_file(), title=unicodedata.normalize("NFD", "Ảnh\u00a0đẹp"))
    assert response.json()["step"] == "chosen"
    assert PortalImage.objects.get().title == "Ảnh đẹp"


@pytest.mark.parametrize(
    ("name", "picture_format"),
    [
        ("anh.jpg", "JPEG"),
        ("anh.JPEG", "JPEG"),
        ("anh.webp", "WEBP"),
        ("anh.avif", "AVIF"),
        ("anh.gif", "GIF"),
        ("anh.heic", "HEIF"),
    ],
)
def test_pictures_of_cameras_and_telephones_are_welcome(as_editor, name, picture_format):
    response = upload(as_editor, picture_file(name, picture_format))
    assert response.json()["step"] == "chosen"
    picture = PortalImage.objects.get()
    assert picture.get_rendition("format-jpeg|width-30").file.name.endswith(".jpg")


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("anh.jpg", b"Day la mot tep van ban."),
        SimpleUploadedFile("anh.jpg", b"<html><script>alert(1)</script></html>"),
        SimpleUploadedFile("anh.png", b"\x89PNG\r\n\x1a\n cut off"),
        SimpleUploadedFile("anh.jpg", picture_file("anh.jpg", "JPEG", (600, 400)).read()[:900]),
        SimpleUploadedFile("anh.svg", SVG, content_type="image/svg+xml"),
        SimpleUploadedFile("anh.png", SVG),
        SimpleUploadedFile("anh.bmp", b"BM"),
        SimpleUploadedFile("anh", b"?"),
    ],
    ids=["text", "html", "first-bytes-only", "cut-off", "svg", "svg-as-png", "bmp", "no-extension"],
)
def test_a_file_that_is_no_picture_of_ours_gets_one_vietnamese_message(as_editor, file):
    file.seek(0)
    response = upload(as_editor, file)
    assert response.status_code == 200
    assert response.json()["step"] == "reshow_creation_form"
    (message,) = errors_of(response)
    assert any(word in message.casefold() for word in ("ảnh", "hình", "tệp"))
    assert "Ảnh mới" in response.json()["htmlFragment"]
    assert not PortalImage.objects.exists()


def test_a_picture_renamed_to_another_format_is_refused(as_editor):
    (message,) = errors_of(upload(as_editor, picture_file("anh.jpg", "PNG")))
    assert "không khớp" in message
    assert not PortalImage.objects.exists()


def test_the_limits_of_the_site_are_20_megabytes_and_50_megapixels(settings):
    assert settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE == 20 * 1024 * 1024
    assert settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS == 8192 * 6144
    assert "svg" not in settings.WAGTAILIMAGES_EXTENSIONS


def test_a_file_over_the_limit_is_refused(as_editor, settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 100
    (message,) = errors_of(upload(as_editor, picture_file(size=(600, 400))))
    assert "quá lớn" in message
    assert not PortalImage.objects.exists()


def test_a_picture_with_too_many_pixels_is_refused(as_editor, settings):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 100
    (message,) = errors_of(upload(as_editor, picture_file()))
    assert "điểm ảnh" in message
    assert not PortalImage.objects.exists()


def test_a_chooser_upload_without_a_file_is_answered_in_the_form(as_editor):
    response = as_editor.post(
        reverse("wagtailimages_chooser:create"), {"image-chooser-upload-title": "Không tệp"}
    )
    assert response.json()["step"] == "reshow_creation_form"
    assert len(errors_of(response)) == 1


def test_uploading_several_at_once_names_the_bad_file_and_keeps_the_good(as_editor):
    address = reverse("wagtailimages:add_multiple")
    good = as_editor.post(address, {"title": "Tốt", "files[]": picture_file()})
    bad = as_editor.post(address, {"title": "Hỏng", "files[]": SimpleUploadedFile("a.jpg", b"no")})
    assert good.json()["success"] is True
    assert bad.json()["success"] is False
    assert "ảnh" in bad.json()["error_message"]
    assert PortalImage.objects.count() == 1

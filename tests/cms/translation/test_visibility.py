"""The desk hides from translators every original that they may not see."""

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale, Page

from cms.translation import drafts, localize, progress
from cms.translation.models import PageTranslation, State
from home.models import HomePage
from tests.cms.translation.conftest import is_refused, translate
from tests.factories import ArticleFactory, SectionFactory
from tests.privacy import restrict
from tests.shared_fixtures import shared_fixture

BOARD = reverse("translations:board")
EXCHANGE = reverse("translations:exchange")

SECRET = "Danh sách quy hoạch cán bộ"
TEXT = "Bà Hoa thay ông Bình."


@pytest.fixture(params=["draft", "private", "below private"])
def hide(request):
    """A function that hides an article: as a draft, as private, or below a private page."""

    def hide_one(article):
        if request.param == "draft":
            Page.objects.filter(pk=article.pk).update(live=False)
        elif request.param == "below private":
            restrict(article.get_parent(), "password")
        else:
            restrict(article, "password")

    return hide_one


@shared_fixture
def hidden_article(empty_board):
    """A published article on the board, in a translated section. The tests hide it later."""
    home = HomePage.objects.get(locale__language_code="vi")
    english = Locale.objects.get(language_code="en")
    section = SectionFactory(parent=home, title="Chuyên mục nội bộ")
    localize.start(section, english, user=None)
    article = ArticleFactory(parent=section, title=SECRET, introduction=TEXT)
    progress.list_page(article)
    return article


@shared_fixture
def started_translation(hidden_article):
    """The translation of the article, started before the article is hidden."""
    english = Locale.objects.get(language_code="en")
    translation = localize.start(hidden_article, english, user=None)
    progress.list_page(hidden_article)
    return translation


WHO = [("translator", False), ("moderator", True)]


@pytest.mark.parametrize(("role", "sees"), WHO)
def test_the_board_lists_what_one_may_see(client_of, hidden_article, hide, role, sees):
    hide(hidden_article)
    client = client_of(role)
    for address in (BOARD, f"{BOARD}results/", f"{BOARD}?q=quy+hoach", f"{BOARD}?state=missing"):
        assert (SECRET in client.get(address).content.decode()) == sees
    # Waiting translations are also listed on the first page of the admin.
    assert (SECRET in client.get("/admin/").content.decode()) == sees


def test_the_board_counts_what_it_lists(client_of, section, hidden_article, hide):
    shown = ArticleFactory(parent=section, title="Ai cũng đọc được")
    progress.list_page(shown)
    PageTranslation.objects.exclude(source_page__in=[shown.pk, hidden_article.pk]).delete()
    client = client_of("translator")
    assert client.get(BOARD).context["items_count"] == 2
    hide(hidden_article)
    assert client.get(BOARD).context["items_count"] == 1


@pytest.mark.parametrize(("role", "sees"), WHO)
def test_nobody_starts_what_they_may_not_see(client_of, hidden_article, hide, role, sees):
    hide(hidden_article)
    client = client_of(role)
    client.post(reverse("translations:start", args=[hidden_article.pk, "en"]))
    assert hidden_article.get_translations().exists() == sees
    assert (SECRET in client.get("/admin/").content.decode()) == sees


@pytest.mark.parametrize(("role", "sees"), WHO)
def test_the_desk_opens_to_who_may_see_the_original(
    client_of, started_translation, hidden_article, hide, role, sees
):
    hide(hidden_article)
    client = client_of(role)
    for name in ("edit", "preview", "download"):
        response = client.get(reverse(f"translations:{name}", args=[started_translation.pk]))
        assert is_refused(response) != sees
        content = response.content.decode()
        assert (TEXT in content or SECRET in content) == sees
    assert SECRET not in client.get("/admin/").content.decode() or sees


@pytest.mark.parametrize(("role", "sees"), WHO)
def test_the_desk_tells_the_title_of_the_original_as_its_readers_know_it(
    client_of, started_translation, hidden_article, role, sees
):
    hidden_article.title = "Hoãn vì kỷ luật"
    hidden_article.save_revision()
    content = (
        client_of(role)
        .get(reverse("translations:edit", args=[started_translation.pk]))
        .content.decode()
    )
    assert ("Hoãn vì kỷ luật" in content) == sees
    assert SECRET in content


@pytest.mark.parametrize(
    "name", ["save_segment", "save_replacement", "hand_on", "take_back", "publish", "machine_draft"]
)
def test_nothing_is_written_without_seeing_the_original(
    client_of, started_translation, hidden_article, hide, name
):
    segment = localize.segments(started_translation)[0]
    args = [started_translation.pk, *([segment.id] if name.startswith("save") else [])]
    hide(hidden_article)
    response = client_of("translator").post(
        reverse(f"translations:{name}", args=args), {"text": "Stolen", "confirm": "1"}
    )
    assert is_refused(response)
    assert localize.segments(started_translation)[0].translation == ""


def test_the_english_tree_leads_to_a_desk_that_stays_shut(
    client_of, started_translation, hidden_article, hide
):
    page = localize.target_of(started_translation)
    hide(hidden_article)
    client = client_of("translator")
    response = client.django_client.get(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), follow=True
    )
    assert TEXT not in response.content.decode()


@pytest.mark.parametrize(("role", "sees"), WHO)
def test_a_po_file_holds_what_one_may_see(
    client_of, started_translation, hidden_article, hide, english, role, sees
):
    hide(hidden_article)
    query = {"locale": english.pk, "section": "", "state": State.DRAFT}
    response = client_of(role).django_client.get(reverse("translations:download_many"), query)
    assert (TEXT in response.content.decode()) == sees


def test_a_po_file_is_not_taken_in_once_the_original_is_hidden(
    client_of, started_translation, hidden_article, hide
):
    client = client_of("translator")
    file = client.get(
        reverse("translations:download", args=[started_translation.pk])
    ).content.decode()
    file = file.replace(f'msgid "{TEXT}"\nmsgstr ""', f'msgid "{TEXT}"\nmsgstr "Stolen"')
    assert "Stolen" in file
    hide(hidden_article)
    response = client.post(EXCHANGE, {"file": SimpleUploadedFile("a.po", file.encode())})
    assert SECRET not in response.content.decode()
    assert not any(each.translation for each in localize.segments(started_translation))
    # A user who may see the original can import the same file.
    client_of("moderator").post(EXCHANGE, {"file": SimpleUploadedFile("a.po", file.encode())})
    assert "Stolen" in [each.translation for each in localize.segments(started_translation)]


@pytest.mark.parametrize(("role", "sees"), WHO)
def test_sections_are_offered_to_who_may_see_them(client_of, hidden_article, role, sees):
    restrict(hidden_article.get_parent(), "password")
    client = client_of(role)
    for address in (BOARD, EXCHANGE):
        assert ("Chuyên mục nội bộ" in client.get(address).content.decode()) == sees


@pytest.mark.parametrize(("role", "sees"), WHO)
def test_nothing_is_suggested_from_what_one_may_not_see(
    client_of, section, english, started_translation, hidden_article, hide, role, sees
):
    translate(started_translation, lambda text: f"Secretly {text}")
    other = ArticleFactory(parent=section, title="Khác", introduction=TEXT)
    translation = localize.start(other, english, user=None)
    hide(hidden_article)
    content = (
        client_of(role).get(reverse("translations:edit", args=[translation.pk])).content.decode()
    )
    assert (f"Secretly {TEXT}" in content) == sees


@pytest.mark.parametrize(("role", "sees"), WHO)
def test_what_has_to_come_first_is_named_to_who_may_see_it(client_of, home, role, sees):
    above = SectionFactory(parent=home, title="Mục đang dựng", live=False)
    article = ArticleFactory(parent=above, title="Bài đăng sớm")
    progress.list_page(article)
    client = client_of(role)
    board = client.get(BOARD).content.decode()
    assert "Bài đăng sớm" in board
    assert ("Mục đang dựng" in board) == sees
    client.post(reverse("translations:start", args=[article.pk, "en"]))
    content = client.get(BOARD).content.decode()
    assert ("Mục đang dựng" in content) == sees
    assert "Bài đăng sớm" in content


def test_the_title_of_a_draft_in_another_part_of_the_language_is_not_told(
    client_of, section, english_home, english, started_translation, hidden_article
):
    """A user of one English section sees the English board, but no drafts of other sections."""
    translate(started_translation, lambda text: "Succession list" if text == SECRET else text)
    drafts.save_draft(started_translation, None)
    client = client_of("translator")
    assert "Succession list" in client.get(BOARD).content.decode()
    mine = SectionFactory(parent=english_home, title="Mine")
    GroupPagePermission.objects.filter(group=client.user.groups.get()).update(page=mine)
    board = client.get(BOARD).content.decode()
    assert SECRET in board
    assert "Succession list" not in board


def test_an_editor_is_led_to_no_private_translation(client_of, started_translation, hidden_article):
    translate(started_translation, lambda text: f"English {text}")
    drafts.publish(started_translation, None)
    page = localize.target_of(started_translation)
    address = reverse("wagtailadmin_pages:edit", args=[hidden_article.pk])
    client = client_of("editor")
    assert f'href="{page.url}"' in client.get(address).content.decode()
    restrict(page, "password")
    assert f'href="{page.url}"' not in client.get(address).content.decode()


def test_who_has_a_right_on_the_original_reads_it(client_of, started_translation, hidden_article):
    restrict(hidden_article, "password")
    client = client_of("translator")
    assert is_refused(client.get(reverse("translations:edit", args=[started_translation.pk])))
    GroupPagePermission.objects.create(
        group=client.user.groups.get(),
        page=hidden_article,
        permission=Permission.objects.get(codename="lock_page"),
    )
    assert (
        TEXT
        in client.get(reverse("translations:edit", args=[started_translation.pk])).content.decode()
    )

"""The desk tells a translator nothing of an original that they may not see."""

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page, PageViewRestriction

from cms.translation import drafts, localize, progress
from cms.translation.models import PageTranslation, State
from tests.cms.translation.conftest import is_refused, translate
from tests.factories import ArticleFactory, SectionFactory

BOARD = reverse("translations:board")
EXCHANGE = reverse("translations:exchange")

SECRET = "Danh sách quy hoạch cán bộ"
TEXT = "Bà Hoa thay ông Bình."


@pytest.fixture(params=["draft", "private", "below private"])
def hide(request):
    """Return a function that hides an article: in one of the ways in which it can be."""

    def hide_one(article):
        if request.param == "draft":
            Page.objects.filter(pk=article.pk).update(live=False)
        elif request.param == "below private":
            restrict(article.get_parent())
        else:
            restrict(article)

    return hide_one


def restrict(page):
    """Make `page` private."""
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="mat-khau")


@pytest.fixture
def secret(home, section, english):
    """A published article on the board, in a section that is translated; hidden later."""
    section = SectionFactory(parent=home, title="Chuyên mục nội bộ")
    localize.start(section, english, user=None)
    article = ArticleFactory(parent=section, title=SECRET, introduction=TEXT)
    progress.list_page(article)
    return article


@pytest.fixture
def begun(secret, english):
    """Its translation, begun before it was hidden."""
    translation = localize.start(secret, english, user=None)
    progress.list_page(secret)
    return translation


WHO = [("translator", False), ("moderator", True)]


@pytest.mark.parametrize(("role", "sees"), WHO)
def test_the_board_lists_what_one_may_see(desk_of, secret, hide, role, sees):
    hide(secret)
    desk = desk_of(role)
    for address in (BOARD, f"{BOARD}results/", f"{BOARD}?q=quy+hoach", f"{BOARD}?state=missing"):
        assert (SECRET in desk.get(address).content.decode()) == sees
    # What waits is shown on the first page, too.
    assert (SECRET in desk.get("/admin/").content.decode()) == sees


def test_the_board_counts_what_it_lists(desk_of, section, secret, hide):
    shown = ArticleFactory(parent=section, title="Ai cũng đọc được")
    progress.list_page(shown)
    PageTranslation.objects.exclude(source_page__in=[shown.pk, secret.pk]).delete()
    desk = desk_of("translator")
    assert desk.get(BOARD).context["items_count"] == 2
    hide(secret)
    assert desk.get(BOARD).context["items_count"] == 1


@pytest.mark.parametrize(("role", "sees"), WHO)
def test_nobody_starts_what_they_may_not_see(desk_of, secret, hide, role, sees):
    hide(secret)
    desk = desk_of(role)
    desk.post(reverse("translations:start", args=[secret.pk, "en"]))
    assert secret.get_translations().exists() == sees
    assert (SECRET in desk.get("/admin/").content.decode()) == sees


@pytest.mark.parametrize(("role", "sees"), WHO)
def test_the_desk_opens_to_who_may_see_the_original(desk_of, begun, secret, hide, role, sees):
    hide(secret)
    desk = desk_of(role)
    for name in ("edit", "preview", "download"):
        response = desk.get(reverse(f"translations:{name}", args=[begun.pk]))
        assert is_refused(response) != sees
        told = response.content.decode()
        assert (TEXT in told or SECRET in told) == sees
    assert SECRET not in desk.get("/admin/").content.decode() or sees


@pytest.mark.parametrize(("role", "sees"), WHO)
def test_the_desk_tells_the_title_of_the_original_as_its_readers_know_it(
    desk_of, begun, secret, role, sees
):
    secret.title = "Hoãn vì kỷ luật"
    secret.save_revision()
    told = desk_of(role).get(reverse("translations:edit", args=[begun.pk])).content.decode()
    assert ("Hoãn vì kỷ luật" in told) == sees
    assert SECRET in told


@pytest.mark.parametrize(
    "name", ["save_segment", "save_replacement", "hand_on", "take_back", "publish", "machine_draft"]
)
def test_nothing_is_written_without_seeing_the_original(desk_of, begun, secret, hide, name):
    segment = localize.segments(begun)[0]
    args = [begun.pk, *([segment.id] if name.startswith("save") else [])]
    hide(secret)
    response = desk_of("translator").post(
        reverse(f"translations:{name}", args=args), {"text": "Stolen", "confirm": "1"}
    )
    assert is_refused(response)
    assert localize.segments(begun)[0].translation == ""


def test_the_english_tree_leads_to_a_desk_that_stays_shut(desk_of, begun, secret, hide):
    page = localize.target_of(begun)
    hide(secret)
    desk = desk_of("translator")
    response = desk.client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]), follow=True)
    assert TEXT not in response.content.decode()


@pytest.mark.parametrize(("role", "sees"), WHO)
def test_a_po_file_holds_what_one_may_see(desk_of, begun, secret, hide, english, role, sees):
    hide(secret)
    query = {"locale": english.pk, "section": "", "state": State.DRAFT}
    response = desk_of(role).client.get(reverse("translations:download_many"), query)
    assert (TEXT in response.content.decode()) == sees


def test_a_po_file_is_not_taken_in_once_the_original_is_hidden(desk_of, begun, secret, hide):
    desk = desk_of("translator")
    file = desk.get(reverse("translations:download", args=[begun.pk])).content.decode()
    file = file.replace(f'msgid "{TEXT}"\nmsgstr ""', f'msgid "{TEXT}"\nmsgstr "Stolen"')
    assert "Stolen" in file
    hide(secret)
    response = desk.post(EXCHANGE, {"file": SimpleUploadedFile("a.po", file.encode())})
    assert SECRET not in response.content.decode()
    assert not any(each.translation for each in localize.segments(begun))
    # Whoever may see it takes the same file in.
    desk_of("moderator").post(EXCHANGE, {"file": SimpleUploadedFile("a.po", file.encode())})
    assert "Stolen" in [each.translation for each in localize.segments(begun)]


@pytest.mark.parametrize(("role", "sees"), WHO)
def test_sections_are_offered_to_who_may_see_them(desk_of, secret, role, sees):
    restrict(secret.get_parent())
    desk = desk_of(role)
    for address in (BOARD, EXCHANGE):
        assert ("Chuyên mục nội bộ" in desk.get(address).content.decode()) == sees


@pytest.mark.parametrize(("role", "sees"), WHO)
def test_nothing_is_suggested_from_what_one_may_not_see(
    desk_of, section, english, begun, secret, hide, role, sees
):
    translate(begun, lambda text: f"Secretly {text}")
    other = ArticleFactory(parent=section, title="Khác", introduction=TEXT)
    translation = localize.start(other, english, user=None)
    hide(secret)
    told = desk_of(role).get(reverse("translations:edit", args=[translation.pk])).content.decode()
    assert (f"Secretly {TEXT}" in told) == sees


@pytest.mark.parametrize(("role", "sees"), WHO)
def test_what_has_to_come_first_is_named_to_who_may_see_it(desk_of, home, role, sees):
    above = SectionFactory(parent=home, title="Mục đang dựng", live=False)
    article = ArticleFactory(parent=above, title="Bài đăng sớm")
    progress.list_page(article)
    desk = desk_of(role)
    board = desk.get(BOARD).content.decode()
    assert "Bài đăng sớm" in board
    assert ("Mục đang dựng" in board) == sees
    desk.post(reverse("translations:start", args=[article.pk, "en"]))
    told = desk.get(BOARD).content.decode()
    assert ("Mục đang dựng" in told) == sees
    assert "Bài đăng sớm" in told


def test_the_title_of_a_draft_in_another_part_of_the_language_is_not_told(
    desk_of, section, english_home, english, begun, secret
):
    """Who may change one English section sees the board of English, not the drafts elsewhere."""
    translate(begun, lambda text: "Succession list" if text == SECRET else text)
    drafts.save_draft(begun, None)
    desk = desk_of("translator")
    assert "Succession list" in desk.get(BOARD).content.decode()
    mine = SectionFactory(parent=english_home, title="Mine")
    GroupPagePermission.objects.filter(group=desk.user.groups.get()).update(page=mine)
    board = desk.get(BOARD).content.decode()
    assert SECRET in board
    assert "Succession list" not in board


def test_an_editor_is_led_to_no_private_translation(desk_of, begun, secret):
    translate(begun, lambda text: f"English {text}")
    drafts.publish(begun, None)
    page = localize.target_of(begun)
    address = reverse("wagtailadmin_pages:edit", args=[secret.pk])
    desk = desk_of("editor")
    assert f'href="{page.url}"' in desk.get(address).content.decode()
    restrict(page)
    assert f'href="{page.url}"' not in desk.get(address).content.decode()


def test_who_has_a_right_on_the_original_reads_it(desk_of, begun, secret):
    restrict(secret)
    desk = desk_of("translator")
    assert is_refused(desk.get(reverse("translations:edit", args=[begun.pk])))
    GroupPagePermission.objects.create(
        group=desk.user.groups.get(),
        page=secret,
        permission=Permission.objects.get(codename="lock_page"),
    )
    assert TEXT in desk.get(reverse("translations:edit", args=[begun.pk])).content.decode()

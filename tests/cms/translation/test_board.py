"""The board: what it shows, to whom, in which order, and the click that begins a translation."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.coreutils import get_content_languages
from wagtail.models import GroupPagePermission, Locale, Page
from wagtail_localize.models import Translation

from cms.translation import drafts, localize, progress, review
from cms.translation.dashboard import WaitingPanel
from cms.translation.models import PageTranslation, State
from cms.translation.views.board import BoardView
from cms.visitors.models import VisitorCounter
from news.models import ArticlePage
from tests.cms.translation.conftest import Desk, is_refused
from tests.databases import analyze
from tests.factories import ArticleFactory, SectionFactory, TopicFactory, member_of
from tests.news.archive import multiply

BOARD = reverse("translations:board")
HOME = reverse("wagtailadmin_home")


def start_of(page, language="en"):
    """Return the address at which the translation of a page begins."""
    return reverse("translations:start", args=[page.pk, language])


def edit_of(translation):
    """Return the address of the desk."""
    return reverse("translations:edit", args=[translation.pk])


def rows(response):
    """Return the rows of the table by the title of the original, each a map of column to text."""
    assert response.status_code == 200
    table = BeautifulSoup(response.content, "html.parser").select_one("table.listing")
    found = {}
    for row in table.select("tbody tr") if table else []:
        cells = {
            next(name for name in cell["class"] if name.startswith("board-")): cell
            for cell in row.select("td")
        }
        found[cells["board-title"].select_one(".title-wrapper").get_text(strip=True)] = {
            name.removeprefix("board-"): " ".join(cell.get_text(" ").split())
            for name, cell in cells.items()
        }
    return found


def translate(translation, user):
    """Translate every segment."""
    for segment in localize.segments(translation):
        localize.save_string(translation, segment, f"Text {segment.id}", user)


@pytest.fixture
def translator_at_desk(desk_of):
    """Somebody who translates into English."""
    return desk_of("translator")


@pytest.fixture
def listed(article):
    """The row of the article in English, missing."""
    progress.list_page(article)
    return PageTranslation.objects.get(source_page=article, locale__language_code="en")


@pytest.fixture
def begun(listed, translator):
    """The translation of the article, all translated and not handed on."""
    translation = localize.start(listed.source_page.specific, listed.locale, None)
    translate(translation, translator)
    drafts.save_draft(translation, translator)
    progress.note_work(translation, translator)
    return translation


@pytest.fixture
def published(begun, moderator):
    """The translation of the article, published."""
    drafts.publish(begun, moderator)
    return begun


@pytest.fixture
def french(db, settings):
    """A third language."""
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [
        *settings.LANGUAGES,
        ("fr", "Français"),
    ]
    get_content_languages.cache_clear()
    yield Locale.objects.create(language_code="fr")
    get_content_languages.cache_clear()


@pytest.fixture
def french_home(french, home):
    """The French home page, a draft, which came with the language."""
    return home.get_translation(french)


@pytest.fixture
def french_translator(french_home, django_capture_on_commit_callbacks):
    """Somebody who translates into French alone."""
    user = member_of("Translators (French)", username="mot-phap")
    return Desk(user, django_capture_on_commit_callbacks)


def change(article, **texts):
    """Publish the article with other texts."""
    page = ArticlePage.objects.get(pk=article.pk)
    for name, text in texts.items():
        setattr(page, name, text)
    page.save_revision().publish()


# What a row tells


def test_what_is_missing_can_be_started(translator_at_desk, listed, article, section):
    row = rows(translator_at_desk.get(BOARD))[article.title]
    assert row["section"] == section.title
    assert row["state"] == State.MISSING.label.capitalize()
    assert row["progress"].startswith("0%")
    assert row["translator"] == ""
    content = translator_at_desk.get(BOARD).content.decode()
    assert f'action="{start_of(article)}"' in content


def test_a_draft_shows_who_works_on_it_and_how_far_it_is(translator_at_desk, begun, translator):
    response = translator_at_desk.get(BOARD)
    row = rows(response)["Khai giảng năm học mới"]
    assert row["state"] == State.DRAFT.label.capitalize()
    assert row["progress"].startswith("100%")
    assert row["translator"] == translator.username
    assert row["title"].endswith(localize.target_of(begun).draft_title)
    assert edit_of(begun) in response.content.decode()


def test_review_and_what_is_sent_back(translator_at_desk, begun, translator, moderator):
    review.hand_on(begun, translator)
    row = rows(translator_at_desk.get(BOARD))["Khai giảng năm học mới"]
    assert row["state"] == State.REVIEW.label.capitalize()
    task = localize.target_of(begun).current_workflow_task_state
    task.specific.reject(user=moderator, comment="No")
    row = rows(translator_at_desk.get(BOARD))["Khai giảng năm học mới"]
    assert row["state"] == State.RETURNED.label.capitalize()


def test_what_is_published_goes_stale_and_says_since_when(translator_at_desk, published, article):
    row = rows(translator_at_desk.get(BOARD))[article.title]
    assert row["state"] == State.PUBLISHED.label.capitalize()
    change(article, introduction="Ngày mai các trường mở cửa.")
    row = rows(translator_at_desk.get(BOARD))[article.title]
    assert row["state"].startswith(State.STALE.label.capitalize())
    since = timezone.localtime(PageTranslation.objects.get().stale_since)
    assert re.search(rf"\b1\b.* {since:%d/%m/%Y}", row["state"])


def test_a_page_written_by_hand_has_no_percentage(desk_of, listed, article, english):
    twin = article.copy_for_translation(english)
    twin.title = twin.draft_title = "By hand"
    twin.live = True
    twin.save()
    progress.count(listed)
    response = desk_of("moderator").get(BOARD)
    row = rows(response)[article.title]
    assert "%" not in row["progress"]
    assert row["title"].endswith("By hand")
    assert reverse("wagtailadmin_pages:edit", args=[twin.pk]) in response.content.decode()


# The order


@pytest.fixture
def archive(section, english):
    """Rows of three articles: one misses, in one a comma changed, in one a number."""

    def row(title, urgency, **fields):
        page = ArticleFactory(parent=section, title=title)
        fields.setdefault("state", State.STALE)
        return PageTranslation.objects.create(
            source_page=page, locale=english, urgency=urgency, **fields
        )

    day = datetime(2020, 8, 12, tzinfo=UTC)
    return [
        row("Thiếu", 0, state=State.MISSING, posted_at=day + timedelta(days=9)),
        row("Dấu phẩy", 101, posted_at=day + timedelta(days=1)),
        row("Con số", 10001, posted_at=day),
    ]


def test_a_changed_number_stands_above_a_comma_above_what_is_missing(translator_at_desk, archive):
    assert list(rows(translator_at_desk.get(BOARD))) == ["Con số", "Dấu phẩy", "Thiếu"]


@pytest.mark.parametrize(
    ("ordering", "first"),
    [("urgency", "Thiếu"), ("posted_at", "Con số"), ("-posted_at", "Thiếu"), ("nói", "Con số")],
)
def test_other_orders(translator_at_desk, archive, ordering, first):
    assert next(iter(rows(translator_at_desk.get(f"{BOARD}?ordering={ordering}")))) == first


def test_a_number_that_changed_is_more_urgent_than_a_comma(
    translator_at_desk, section, english, moderator
):
    """From the publishing of the original to the order of the board."""
    for title in ("Lớp 12", "Lớp khác"):
        page = ArticleFactory(parent=section, title=title, introduction="Có 329 em, 4 lớp.")
        translation = localize.start(page, english, None)
        translate(translation, moderator)
        drafts.publish(translation, moderator)
    number, comma = ArticlePage.objects.filter(locale=section.locale).order_by("pk")
    change(number, introduction="Có 330 em, 4 lớp.")
    change(comma, introduction="Có 329 em; 4 lớp.")
    assert list(rows(translator_at_desk.get(BOARD))) == [number.title, comma.title]


def test_what_is_not_done_stands_above_what_is_published(translator_at_desk, published, section):
    missing = ArticleFactory(parent=section, title="Thiếu")
    progress.list_page(missing)
    PageTranslation.objects.update(posted_at=None)
    change(ArticlePage.objects.get(title="Khai giảng năm học mới"))
    assert list(rows(translator_at_desk.get(BOARD))) == ["Thiếu", "Khai giảng năm học mới"]


@pytest.mark.parametrize(
    ("languages", "query"),
    [
        (["en"], ""),
        (["en"], "?state=missing"),
        (["en"], "?ordering=-posted_at"),
        (["en", "vi"], ""),
        (["en", "vi"], "?ordering=urgency"),
        (["en", "vi"], "?ordering=-posted_at"),
        (["en", "vi"], "?ordering=posted_at"),
    ],
)
def test_an_index_sorts(archive, english, moderator, rf, languages, query):
    """The first rows do not wait for all others to be read and sorted."""
    parent = archive[0].source_page.get_parent()
    PageTranslation.objects.bulk_create(
        PageTranslation(source_page=ArticleFactory(parent=parent), locale=english)
        for _ in range(30)
    )
    view = BoardView()
    view.setup(rf.get(BOARD + query))
    view.request.user = moderator
    view.languages = Locale.objects.filter(language_code__in=languages)
    analyze(Page, PageTranslation, Locale)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # So few rows are sorted in a moment, unless that is ruled out.
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    plan = view.get_queryset()[:50].explain()
    assert "translation_" in plan
    assert "Sort" not in plan
    assert "TEMP B-TREE" not in plan


# Filters


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("state=missing", {"Thiếu"}),
        ("state=missing&state=stale", {"Thiếu", "Dấu phẩy", "Con số"}),
        ("state=review", set()),
        ("state=nói", {"Thiếu", "Dấu phẩy", "Con số"}),
        ("work=me", {"Con số"}),
        ("work=nobody", {"Thiếu", "Dấu phẩy"}),
        ("q=con so", {"Con số"}),
        ("q=CON SỐ", {"Con số"}),
        ("q=%00", {"Thiếu", "Dấu phẩy", "Con số"}),
        ("q=không có", set()),
        ("p=99", {"Thiếu", "Dấu phẩy", "Con số"}),
        ("p=nói", {"Thiếu", "Dấu phẩy", "Con số"}),
        ("section=0", {"Thiếu", "Dấu phẩy", "Con số"}),
    ],
)
def test_filters(translator_at_desk, archive, query, titles):
    archive[2].translator = translator_at_desk.user
    archive[2].save()
    assert set(rows(translator_at_desk.get(f"{BOARD}?{query}"))) == titles


def test_the_filter_of_sections_takes_what_stands_below(translator_at_desk, home, english):
    above = SectionFactory(parent=home, title="Trên")
    below = SectionFactory(parent=above, title="Dưới")
    deep = ArticleFactory(parent=below, title="Sâu")
    for page in (above, below, deep):
        PageTranslation.objects.create(source_page=page, locale=english)
    assert set(rows(translator_at_desk.get(f"{BOARD}?section={below.pk}"))) == {"Dưới", "Sâu"}
    assert len(rows(translator_at_desk.get(f"{BOARD}?section={above.pk}"))) == 3


def test_a_translation_is_found_by_its_own_title(translator_at_desk, published, article):
    english_article = localize.target_of(published)
    assert set(rows(translator_at_desk.get(f"{BOARD}?q={english_article.title}"))) == {
        article.title
    }


def test_the_results_alone_are_given_to_the_script(translator_at_desk, archive):
    response = translator_at_desk.get(reverse("translations:board_results"))
    assert "<html" not in response.content.decode()
    assert len(rows(response)) == 3


# Who


@pytest.mark.parametrize("role", ["anonymous", "editor"])
def test_without_a_language_nobody_is_let_in(desk_of, listed, article, role):
    desk = desk_of(role)
    assert is_refused(desk.get(BOARD))
    assert is_refused(desk.get(reverse("translations:board_results")))
    assert is_refused(desk.post(start_of(article)))
    assert not Translation.objects.exists()


def test_without_a_language_nothing_of_it_is_offered(desk_of, listed):
    content = desk_of("editor").get(HOME).content.decode()
    assert BOARD not in content
    assert "waiting-translations" not in content


@pytest.mark.parametrize("role", ["translator", "moderator", "administrator"])
def test_who_changes_pages_in_english_sees_and_starts(desk_of, listed, article, role):
    desk = desk_of(role)
    assert set(rows(desk.get(BOARD))) == {article.title}
    response = desk.post(start_of(article))
    translation = Translation.objects.get()
    assert response.url == edit_of(translation)
    assert not localize.target_of(translation).live
    listed.refresh_from_db()
    assert (listed.state, listed.translator) == (State.DRAFT, desk.user)


def test_a_translator_of_another_language_sees_and_starts_that_alone(
    french_translator, french, translator_at_desk, article, section
):
    for page in (section, article):
        progress.list_page(page)
    page = french_translator.get(BOARD).content.decode()
    assert start_of(section, "fr") in page
    assert start_of(section, "en") not in page
    assert set(rows(french_translator.get(f"{BOARD}?locale={article.locale_id}"))) == {
        "Trang chủ",
        article.title,
        section.title,
    }
    assert is_refused(french_translator.post(start_of(article, "en")))
    assert is_refused(translator_at_desk.post(start_of(article, "fr")))
    assert not article.get_translations().exists()


def test_with_several_languages_there_is_a_choice(desk_of, french_home, listed, article):
    progress.list_page(article)
    desk = desk_of("administrator")
    page = desk.get(BOARD).content.decode()
    assert start_of(article, "fr") in page
    assert start_of(article, "en") in page
    page = desk.get(f"{BOARD}?locale={french_home.locale_id}").content.decode()
    assert start_of(article, "fr") in page
    assert start_of(article, "en") not in page


def test_a_right_below_a_section_is_no_right_elsewhere(
    db, listed, article, english_home, english, home, django_capture_on_commit_callbacks
):
    sports = SectionFactory(parent=home, title="Thể thao").copy_for_translation(english)
    group = Group.objects.create(name="Sports")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    right = Permission.objects.get(codename="change_page")
    GroupPagePermission.objects.create(group=group, page=sports, permission=right)
    desk = Desk(member_of("Sports"), django_capture_on_commit_callbacks)
    assert start_of(article) not in desk.get(BOARD).content.decode()
    assert is_refused(desk.post(start_of(article)))
    assert not Translation.objects.exists()


# The click


def test_a_second_click_leads_to_what_the_first_began(translator_at_desk, listed, article):
    first = translator_at_desk.post(start_of(article))
    assert translator_at_desk.post(start_of(article)).url == first.url
    assert Translation.objects.count() == 1
    assert article.get_translations().count() == 1


def test_start_takes_no_get(translator_at_desk, listed, article):
    assert translator_at_desk.get(start_of(article)).status_code == 405


def test_start_knows_originals_and_languages_alone(
    translator_at_desk, published, article, english_section
):
    for key in (10**9, 10**30):
        nowhere = reverse("translations:start", args=[key, "en"])
        assert translator_at_desk.post(nowhere).status_code == 404
    assert translator_at_desk.post(start_of(article, "xx")).status_code == 404
    assert translator_at_desk.post(start_of(article, "vi")).status_code == 404
    assert translator_at_desk.post(start_of(english_section)).status_code == 404
    assert translator_at_desk.post(start_of(localize.target_of(published))).status_code == 404


def test_what_stands_above_comes_first(translator_at_desk, home):
    above = SectionFactory(parent=home, title="Chuyên mục trên")
    below = SectionFactory(parent=above, title="Chuyên mục dưới")
    article = ArticleFactory(parent=below, title="Bài trong đó")
    for page in (above, below, article):
        progress.list_page(page)
    before = Page.objects.count()
    response = translator_at_desk.post(start_of(article))
    assert response.url == BOARD
    told = BeautifulSoup(translator_at_desk.get(BOARD).content, "html.parser").select_one(
        ".messages"
    )
    assert "“Chuyên mục trên”" in told.get_text()
    shown = translator_at_desk.get(told.select_one("a[href*='q=']")["href"])
    assert start_of(above) in shown.content.decode()
    assert Page.objects.count() == before


def test_nothing_goes_live_and_nothing_that_is_live_changes(
    translator_at_desk, section, english, client
):
    """Neither the page nor what it shows: its topics, the wording of a count."""
    topic = TopicFactory(name="Giáo dục")
    english_topic = topic.copy_for_translation(english)
    english_topic.name = "Education"
    english_topic.live = True
    english_topic.save()
    counter = VisitorCounter.objects.get(locale=section.locale)
    wording = VisitorCounter.objects.get(locale=english).wording
    article = ArticleFactory(
        parent=section,
        title="Bản tin chưa ai dịch",
        body=[{"type": "visitor_count", "value": counter.pk}],
    )
    article.article_topics.create(topic=topic)
    article.save_revision().publish()
    live = set(Page.objects.live().values_list("pk", flat=True))
    response = translator_at_desk.post(start_of(article))
    assert response.url == edit_of(Translation.objects.get())
    assert set(Page.objects.live().values_list("pk", flat=True)) == live
    english_topic.refresh_from_db()
    assert (english_topic.name, english_topic.live) == ("Education", True)
    assert VisitorCounter.objects.get(locale=english).wording == wording
    for address in ("/en/", "/en/news/", "/en/sitemap.xml", "/sitemap.xml"):
        told = client.get(address, follow=True).content.decode()
        assert "/en/news/ban-tin-chua-ai-dich" not in told
    assert "Bản tin chưa ai dịch" not in client.get("/en/news/").content.decode()


def test_a_live_page_written_by_hand_is_not_written_over(desk_of, listed, article, english):
    twin = article.copy_for_translation(english)
    twin.title = "By hand"
    twin.live = True
    twin.save()
    response = desk_of("moderator").post(start_of(article))
    assert response.url == reverse("wagtailadmin_pages:edit", args=[twin.pk])
    twin.refresh_from_db()
    assert (twin.title, twin.live) == ("By hand", True)
    assert not Translation.objects.exists()


def test_a_translation_whose_page_was_deleted_begins_again(translator_at_desk, begun, article):
    localize.target_of(begun).delete()
    progress.count(PageTranslation.objects.get())
    assert PageTranslation.objects.get().state == State.MISSING
    response = translator_at_desk.post(start_of(article))
    translation = Translation.objects.get()
    assert response.url == edit_of(translation)
    assert not localize.target_of(translation).live


def test_a_home_page_begins_below_the_root(desk_of, french, french_home, home):
    french_home.delete()
    progress.list_page(home)
    desk = desk_of("moderator")
    response = desk.post(start_of(home, "fr"))
    translation = Translation.objects.get()
    assert response.url == edit_of(translation)
    begun = localize.target_of(translation)
    assert (begun.live, begun.depth) == (False, home.depth)


# Menus


def test_the_board_takes_the_place_of_the_report(desk_of, listed):
    content = desk_of("administrator").get(HOME).content.decode()
    assert BOARD in content
    assert reverse("wagtail_localize:translations_report") not in content


def test_the_first_page_shows_the_most_urgent(translator_at_desk, archive, section, english):
    for number in range(5):
        page = ArticleFactory(parent=section, title=f"Đã xong {number}")
        PageTranslation.objects.create(
            source_page=page, locale=english, state=State.PUBLISHED, urgency=9
        )
    soup = BeautifulSoup(translator_at_desk.get(HOME).content, "html.parser")
    titles = [cell.get_text(strip=True) for cell in soup.select(".board .title-wrapper")]
    assert titles == ["Con số", "Dấu phẩy", "Thiếu"]


def test_the_first_page_says_when_nothing_waits(translator_at_desk):
    soup = BeautifulSoup(translator_at_desk.get(HOME).content, "html.parser")
    assert soup.select_one(".board-nothing")


def standing(desk, page):
    """Return what the editor of a page tells of its translations, and where that leads."""
    response = desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    soup = BeautifulSoup(response.content, "html.parser")
    for found in soup.find_all(["a", "span"]):
        if found.get_text().strip().startswith("English: "):
            return found.get_text().strip(), found.get("href")
    return None


def test_an_editor_is_told_how_translations_stand(desk_of, published, article):
    told, address = standing(desk_of("editor"), article)
    assert told == f"English: {State.PUBLISHED.label.capitalize()}"
    assert address == localize.target_of(published).url
    change(article, introduction="Ngày mai 2 trường mở cửa.")
    told, _address = standing(desk_of("moderator"), article)
    assert told.startswith(f"English: {State.STALE.label.capitalize()}, 1 ")
    assert _address == edit_of(published)


def test_an_editor_is_told_that_a_translation_is_missing(desk_of, listed, article):
    told, address = standing(desk_of("editor"), article)
    assert told == f"English: {State.MISSING.label.capitalize()}"
    assert address is None


# Growth

# What every page of the admin asks: the session; the user; the rights of the user and of the
# groups; the profile; the rights over pages; the languages of the site; the rights over the
# library, for the menu; the page at which the menu of pages begins; the languages to translate
# into, for two of the menu's items.
FRAME = 11

# The rows; their originals, languages, translators and translations; the pages above the originals;
# the twins of both.
LINES = 7

# The languages, to let the user in; whether a restriction keeps the user from some page; how many
# rows there are; the sections to choose from.
BOARD_QUERIES = FRAME + LINES + 4

# The rows in each of the four states that wait, instead of all; whether a restriction keeps the
# user from some page; and the pages as above.
PANEL = LINES - 1 + 5


@pytest.fixture
def board_of(section, english, translator_at_desk):
    """Fill the board with `size` rows in all states, a few of them translated by somebody."""

    def fill(size):
        first = ArticleFactory(parent=section, title="Mẫu")
        multiply(first, size - 1)
        pages = list(ArticlePage.objects.child_of(section).order_by("pk"))
        for page in pages[:4]:
            localize.start(page, english, None)
        PageTranslation.objects.bulk_create(
            [
                PageTranslation(
                    source_page=page,
                    locale=english,
                    state=State.values[number % len(State.values)],
                    urgency=number,
                    translator=translator_at_desk.user,
                )
                for number, page in enumerate(pages)
            ],
            ignore_conflicts=True,
        )
        begun = PageTranslation.objects.exclude(translation=None)
        begun.update(urgency=2 * size, translator=translator_at_desk.user)

    return fill


@pytest.fixture
def count_queries(translator_at_desk):
    """Return how many queries a page takes, opened for the second time."""

    def count(address):
        translator_at_desk.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert translator_at_desk.get(address).status_code == 200
        return len(queries)

    return count


@pytest.mark.parametrize("size", [10, 1000])
def test_the_board_takes_twenty_two_queries(board_of, count_queries, size):
    """However many rows there are; see `BOARD_QUERIES`."""
    board_of(size)
    assert count_queries(BOARD) == BOARD_QUERIES == 22
    assert count_queries(f"{BOARD}?state=draft&work=me") == BOARD_QUERIES


def test_the_panel_takes_eleven_queries(board_of, count_queries, monkeypatch):
    """However many rows there are; see `PANEL`."""
    board_of(10)
    few = count_queries(HOME)
    board_of(1000)
    assert count_queries(HOME) == few
    monkeypatch.setattr(WaitingPanel, "render_html", lambda *args: "")
    assert few - count_queries(HOME) == PANEL == 11

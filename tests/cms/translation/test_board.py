"""The board: its rows, their order, who sees them, and the button that starts a translation."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Locale, Page
from wagtail_localize.models import Translation

from cms.translation import drafts, localize, progress, review
from cms.translation.dashboard import WaitingPanel
from cms.translation.models import PageTranslation, State
from cms.translation.views.board import BoardView
from cms.visitors.models import VisitorCounter
from news.models import ArticlePage
from tests.article_copies import multiply
from tests.cms.translation.conftest import AdminClient, is_refused, translate
from tests.databases import analyze
from tests.factories import ArticleFactory, SectionFactory, TopicFactory, member_of

BOARD = reverse("translations:board")
HOME = reverse("wagtailadmin_home")


def start_of(page, language="en"):
    """Return the URL that starts the translation of a page."""
    return reverse("translations:start", args=[page.pk, language])


def edit_of(translation):
    """Return the URL of the desk."""
    return reverse("translations:edit", args=[translation.pk])


def rows(response):
    """Return the table's rows by the title of the original. Each row maps columns to texts."""
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


@pytest.fixture
def translator_client(client_of):
    """The client of a user who translates into English."""
    return client_of("translator")


@pytest.fixture
def board_row(article):
    """The row of the article for English, in the state "missing"."""
    progress.list_page(article)
    return PageTranslation.objects.get(source_page=article, locale__language_code="en")


@pytest.fixture
def started_translation(board_row, translator):
    """The translation of the article, complete but not submitted for review."""
    translation = localize.start(board_row.source_page.specific, board_row.locale, None)
    translate(translation, lambda text: f"Text {text}", translator)
    drafts.save_draft(translation, translator)
    progress.note_work(translation, translator)
    return translation


@pytest.fixture
def published_translation(started_translation, moderator):
    """The translation of the article, published."""
    drafts.publish(started_translation, moderator)
    return started_translation


def change(article, **texts):
    """Publish the article with other texts."""
    page = ArticlePage.objects.get(pk=article.pk)
    for name, text in texts.items():
        setattr(page, name, text)
    page.save_revision().publish()


# The contents of a row


def test_what_is_missing_can_be_started(translator_client, board_row, article, section):
    row = rows(translator_client.get(BOARD))[article.title]
    assert row["section"] == section.title
    assert row["state"] == State.MISSING.label.capitalize()
    assert row["progress"].startswith("0%")
    assert row["translator"] == ""
    content = translator_client.get(BOARD).content.decode()
    assert f'action="{start_of(article)}"' in content


def test_a_draft_shows_who_works_on_it_and_how_far_it_is(
    translator_client, started_translation, translator
):
    response = translator_client.get(BOARD)
    row = rows(response)["Khai giảng năm học mới"]
    assert row["state"] == State.DRAFT.label.capitalize()
    assert row["progress"].startswith("100%")
    assert row["translator"] == translator.username
    assert row["title"].endswith(localize.target_of(started_translation).draft_title)
    assert edit_of(started_translation) in response.content.decode()


def test_review_and_what_is_sent_back(
    translator_client, started_translation, translator, moderator
):
    review.submit_for_review(started_translation, translator)
    row = rows(translator_client.get(BOARD))["Khai giảng năm học mới"]
    assert row["state"] == State.REVIEW.label.capitalize()
    task = localize.target_of(started_translation).current_workflow_task_state
    task.specific.reject(user=moderator, comment="No")
    row = rows(translator_client.get(BOARD))["Khai giảng năm học mới"]
    assert row["state"] == State.RETURNED.label.capitalize()


def test_what_is_published_goes_stale_and_says_since_when(
    translator_client, published_translation, article
):
    row = rows(translator_client.get(BOARD))[article.title]
    assert row["state"] == State.PUBLISHED.label.capitalize()
    change(article, introduction="Ngày mai các trường mở cửa.")
    row = rows(translator_client.get(BOARD))[article.title]
    assert row["state"].startswith(State.STALE.label.capitalize())
    since = timezone.localtime(PageTranslation.objects.get().stale_since)
    assert re.search(rf"\b1\b.* {since:%d/%m/%Y}", row["state"])


def test_a_page_written_by_hand_has_no_percentage(client_of, board_row, article, english):
    translated_page = article.copy_for_translation(english)
    translated_page.title = translated_page.draft_title = "By hand"
    translated_page.live = True
    translated_page.save()
    progress.count(board_row)
    response = client_of("moderator").get(BOARD)
    row = rows(response)[article.title]
    assert "%" not in row["progress"]
    assert row["title"].endswith("By hand")
    assert (
        reverse("wagtailadmin_pages:edit", args=[translated_page.pk]) in response.content.decode()
    )


# The order


@pytest.fixture
def archive(section, english):
    """Rows of three articles: a missing translation, a changed comma, and a changed number."""

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


def test_a_changed_number_stands_above_a_comma_above_what_is_missing(translator_client, archive):
    assert list(rows(translator_client.get(BOARD))) == ["Con số", "Dấu phẩy", "Thiếu"]


@pytest.mark.parametrize(
    ("ordering", "first"),
    [("urgency", "Thiếu"), ("posted_at", "Con số"), ("-posted_at", "Thiếu"), ("nói", "Con số")],
)
def test_other_orders(translator_client, archive, ordering, first):
    assert next(iter(rows(translator_client.get(f"{BOARD}?ordering={ordering}")))) == first


def test_a_number_that_changed_is_more_urgent_than_a_comma(
    translator_client, section, english, moderator
):
    """This covers the whole process, from publishing the original to the order of the board."""
    for title in ("Lớp 12", "Lớp khác"):
        page = ArticleFactory(parent=section, title=title, introduction="Có 329 em, 4 lớp.")
        translation = localize.start(page, english, None)
        translate(translation, lambda text: f"Text {text}", moderator)
        drafts.publish(translation, moderator)
    number, comma = ArticlePage.objects.filter(locale=section.locale).order_by("pk")
    change(number, introduction="Có 330 em, 4 lớp.")
    change(comma, introduction="Có 329 em; 4 lớp.")
    assert list(rows(translator_client.get(BOARD))) == [number.title, comma.title]


def test_what_is_not_done_stands_above_what_is_published(
    translator_client, published_translation, section
):
    missing = ArticleFactory(parent=section, title="Thiếu")
    progress.list_page(missing)
    PageTranslation.objects.update(posted_at=None)
    change(ArticlePage.objects.get(title="Khai giảng năm học mới"))
    assert list(rows(translator_client.get(BOARD))) == ["Thiếu", "Khai giảng năm học mới"]


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
    """The database returns the first rows without reading and sorting all others."""
    parent = archive[0].source_page.get_parent()
    PageTranslation.objects.bulk_create(
        PageTranslation(source_page=ArticleFactory(parent=parent), locale=english)
        for _ in range(30)
    )
    view = BoardView()
    view.setup(rf.get(BOARD + query))
    view.request.user = moderator
    view.locales = Locale.objects.filter(language_code__in=languages)
    analyze(Page, PageTranslation, Locale)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # PostgreSQL would prefer to sort so few rows, so that is disabled.
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
def test_filters(translator_client, archive, query, titles):
    archive[2].translator = translator_client.user
    archive[2].save()
    assert set(rows(translator_client.get(f"{BOARD}?{query}"))) == titles


def test_the_filter_of_sections_takes_what_stands_below(translator_client, home, english):
    above = SectionFactory(parent=home, title="Trên")
    below = SectionFactory(parent=above, title="Dưới")
    deep = ArticleFactory(parent=below, title="Sâu")
    for page in (above, below, deep):
        PageTranslation.objects.create(source_page=page, locale=english)
    assert set(rows(translator_client.get(f"{BOARD}?section={below.pk}"))) == {"Dưới", "Sâu"}
    assert len(rows(translator_client.get(f"{BOARD}?section={above.pk}"))) == 3


def test_a_translation_is_found_by_its_own_title(translator_client, published_translation, article):
    english_article = localize.target_of(published_translation)
    assert set(rows(translator_client.get(f"{BOARD}?q={english_article.title}"))) == {article.title}


def test_the_results_alone_are_given_to_the_script(translator_client, archive):
    response = translator_client.get(reverse("translations:board_results"))
    assert "<html" not in response.content.decode()
    assert len(rows(response)) == 3


# Access


@pytest.mark.parametrize("role", ["anonymous", "editor"])
def test_without_a_language_nobody_is_let_in(client_of, board_row, article, role):
    client = client_of(role)
    assert is_refused(client.get(BOARD))
    assert is_refused(client.get(reverse("translations:board_results")))
    assert is_refused(client.post(start_of(article)))
    assert not Translation.objects.exists()


def test_without_a_language_nothing_of_it_is_offered(client_of, board_row):
    content = client_of("editor").get(HOME).content.decode()
    assert BOARD not in content
    assert "waiting-translations" not in content


@pytest.mark.parametrize("role", ["translator", "moderator", "administrator"])
def test_who_changes_pages_in_english_sees_and_starts(client_of, board_row, article, role):
    client = client_of(role)
    assert set(rows(client.get(BOARD))) == {article.title}
    response = client.post(start_of(article))
    translation = Translation.objects.get()
    assert response.url == edit_of(translation)
    assert not localize.target_of(translation).live
    board_row.refresh_from_db()
    assert (board_row.state, board_row.translator) == (State.DRAFT, client.user)


def test_a_translator_of_another_language_sees_and_starts_that_alone(
    french_translator_client, french, translator_client, article, section
):
    for page in (section, article):
        progress.list_page(page)
    page = french_translator_client.get(BOARD).content.decode()
    assert len(BeautifulSoup(page, "html.parser").select("table.listing tbody tr")) == 3
    assert start_of(section, "fr") in page
    assert start_of(section, "en") not in page
    assert set(rows(french_translator_client.get(f"{BOARD}?locale={article.locale_id}"))) == {
        "Trang chủ",
        article.title,
        section.title,
    }
    assert is_refused(french_translator_client.post(start_of(article, "en")))
    assert is_refused(translator_client.post(start_of(article, "fr")))
    assert not article.get_translations().exists()


def test_with_several_languages_there_is_a_choice(client_of, french_home, board_row, article):
    progress.list_page(article)
    client = client_of("administrator")
    page = client.get(BOARD).content.decode()
    assert start_of(article, "fr") in page
    assert start_of(article, "en") in page
    page = client.get(f"{BOARD}?locale={french_home.locale_id}").content.decode()
    assert start_of(article, "fr") in page
    assert start_of(article, "en") not in page


def test_a_right_below_a_section_is_no_right_elsewhere(
    db, board_row, article, english_home, english, home, django_capture_on_commit_callbacks
):
    sports = SectionFactory(parent=home, title="Thể thao").copy_for_translation(english)
    group = Group.objects.create(name="Sports")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    right = Permission.objects.get(codename="change_page")
    GroupPagePermission.objects.create(group=group, page=sports, permission=right)
    client = AdminClient(member_of("Sports"), django_capture_on_commit_callbacks)
    assert start_of(article) not in client.get(BOARD).content.decode()
    assert is_refused(client.post(start_of(article)))
    assert not Translation.objects.exists()


# The button that starts a translation


def test_a_second_click_leads_to_what_the_first_began(translator_client, board_row, article):
    first = translator_client.post(start_of(article))
    assert translator_client.post(start_of(article)).url == first.url
    assert Translation.objects.count() == 1
    assert article.get_translations().count() == 1


def test_start_takes_no_get(translator_client, board_row, article):
    assert translator_client.get(start_of(article)).status_code == 405


def test_start_knows_originals_and_languages_alone(
    translator_client, published_translation, article, english_section
):
    for key in (10**9, 10**30):
        nowhere = reverse("translations:start", args=[key, "en"])
        assert translator_client.post(nowhere).status_code == 404
    assert translator_client.post(start_of(article, "xx")).status_code == 404
    assert translator_client.post(start_of(article, "vi")).status_code == 404
    assert translator_client.post(start_of(english_section)).status_code == 404
    assert (
        translator_client.post(start_of(localize.target_of(published_translation))).status_code
        == 404
    )


def test_what_stands_above_comes_first(translator_client, home):
    above = SectionFactory(parent=home, title="Chuyên mục trên")
    below = SectionFactory(parent=above, title="Chuyên mục dưới")
    article = ArticleFactory(parent=below, title="Bài trong đó")
    for page in (above, below, article):
        progress.list_page(page)
    before = Page.objects.count()
    response = translator_client.post(start_of(article))
    assert response.url == BOARD
    label = BeautifulSoup(translator_client.get(BOARD).content, "html.parser").select_one(
        ".messages"
    )
    assert "“Chuyên mục trên”" in label.get_text()
    shown = translator_client.get(label.select_one("a[href*='q=']")["href"])
    assert start_of(above) in shown.content.decode()
    assert Page.objects.count() == before


def test_nothing_goes_live_and_nothing_that_is_live_changes(
    translator_client, section, english, client
):
    """This holds for the page and for its contents: its topics, and the wording of a count."""
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
    response = translator_client.post(start_of(article))
    assert response.url == edit_of(Translation.objects.get())
    assert set(Page.objects.live().values_list("pk", flat=True)) == live
    english_topic.refresh_from_db()
    assert (english_topic.name, english_topic.live) == ("Education", True)
    assert VisitorCounter.objects.get(locale=english).wording == wording
    for address in ("/en/", "/en/news/", "/en/sitemap.xml", "/sitemap.xml"):
        label = client.get(address, follow=True).content.decode()
        assert "/en/news/ban-tin-chua-ai-dich" not in label
    assert "Bản tin chưa ai dịch" not in client.get("/en/news/").content.decode()


def test_a_live_page_written_by_hand_is_not_written_over(client_of, board_row, article, english):
    translated_page = article.copy_for_translation(english)
    translated_page.title = "By hand"
    translated_page.live = True
    translated_page.save()
    response = client_of("moderator").post(start_of(article))
    assert response.url == reverse("wagtailadmin_pages:edit", args=[translated_page.pk])
    translated_page.refresh_from_db()
    assert (translated_page.title, translated_page.live) == ("By hand", True)
    assert not Translation.objects.exists()


def test_a_translation_whose_page_was_deleted_begins_again(
    translator_client, started_translation, article
):
    localize.target_of(started_translation).delete()
    progress.count(PageTranslation.objects.get())
    assert PageTranslation.objects.get().state == State.MISSING
    response = translator_client.post(start_of(article))
    translation = Translation.objects.get()
    assert response.url == edit_of(translation)
    assert not localize.target_of(translation).live


def test_a_home_page_begins_below_the_root(client_of, french, french_home, home):
    french_home.delete()
    progress.list_page(home)
    client = client_of("moderator")
    response = client.post(start_of(home, "fr"))
    translation = Translation.objects.get()
    assert response.url == edit_of(translation)
    started_translation = localize.target_of(translation)
    assert (started_translation.live, started_translation.depth) == (False, home.depth)


# Menus


def test_the_board_takes_the_place_of_the_report(client_of, board_row):
    content = client_of("administrator").get(HOME).content.decode()
    assert BOARD in content
    assert reverse("wagtail_localize:translations_report") not in content


def test_the_first_page_shows_the_most_urgent(translator_client, archive, section, english):
    for number in range(5):
        page = ArticleFactory(parent=section, title=f"Đã xong {number}")
        PageTranslation.objects.create(
            source_page=page, locale=english, state=State.PUBLISHED, urgency=9
        )
    soup = BeautifulSoup(translator_client.get(HOME).content, "html.parser")
    titles = [cell.get_text(strip=True) for cell in soup.select(".board .title-wrapper")]
    assert titles == ["Con số", "Dấu phẩy", "Thiếu"]


def test_the_first_page_says_when_nothing_waits(translator_client):
    soup = BeautifulSoup(translator_client.get(HOME).content, "html.parser")
    assert soup.select_one(".board-nothing")


def translation_state_button(client, page):
    """Return the label and the URL of the translation's state in the editor of a page."""
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    soup = BeautifulSoup(response.content, "html.parser")
    for found in soup.find_all(["a", "span"]):
        if found.get_text().strip().startswith("English: "):
            return found.get_text().strip(), found.get("href")
    return None


def test_an_editor_is_told_how_translations_stand(client_of, published_translation, article):
    label, address = translation_state_button(client_of("editor"), article)
    assert label == f"English: {State.PUBLISHED.label.capitalize()}"
    assert address == localize.target_of(published_translation).url
    change(article, introduction="Ngày mai 2 trường mở cửa.")
    label, _address = translation_state_button(client_of("moderator"), article)
    assert label.startswith(f"English: {State.STALE.label.capitalize()}, 1 ")
    assert _address == edit_of(published_translation)


def test_an_editor_is_told_that_a_translation_is_missing(client_of, board_row, article):
    label, address = translation_state_button(client_of("editor"), article)
    assert label == f"English: {State.MISSING.label.capitalize()}"
    assert address is None


# Numbers of queries

# The queries of every page of the admin. They read the session; the user; the permissions of the
# user and of the groups; the profile; the permissions on pages; the languages of the site; the
# permissions on the library, for the menu; the page at which the menu of pages starts; and the
# target languages, for two of the menu's items.
FRAME = 11

# The queries for the rows. They read the rows; their originals, languages, translators and
# translations; the parent pages of the originals; and the translations of both.
LINES = 7

# The board also reads the languages, to check access; whether a restriction hides any page from the
# user; the number of rows; and the sections for the filter.
BOARD_QUERIES = FRAME + LINES + 4

# The panel reads the rows in each of the four waiting states, instead of all rows; whether a
# restriction hides any page from the user; and the pages as above.
PANEL = LINES - 1 + 5


@pytest.fixture
def board_of(section, english, translator_client):
    """A function that fills the board with `size` rows in all states, a few translated."""

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
                    translator=translator_client.user,
                )
                for number, page in enumerate(pages)
            ],
            ignore_conflicts=True,
        )
        started_translation = PageTranslation.objects.exclude(translation=None)
        started_translation.update(urgency=2 * size, translator=translator_client.user)

    return fill


@pytest.fixture
def count_queries(translator_client):
    """A function that counts the queries of the second request for a page."""

    def count(address):
        translator_client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert translator_client.get(address).status_code == 200
        return len(queries)

    return count


@pytest.mark.parametrize("size", [10, 1000])
def test_the_board_takes_twenty_two_queries(board_of, count_queries, size):
    """The number of rows does not matter. See `BOARD_QUERIES`."""
    board_of(size)
    assert count_queries(BOARD) == BOARD_QUERIES == 22
    assert count_queries(f"{BOARD}?state=draft&work=me") == BOARD_QUERIES


def test_the_panel_takes_eleven_queries(board_of, count_queries, monkeypatch):
    """The number of rows does not matter. See `PANEL`."""
    board_of(10)
    few = count_queries(HOME)
    board_of(1000)
    assert count_queries(HOME) == few
    monkeypatch.setattr(WaitingPanel, "render_html", lambda *args: "")
    assert few - count_queries(HOME) == PANEL == 11

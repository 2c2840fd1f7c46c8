"""The desk shows a translation beside its original, and saves it while somebody types."""

import unicodedata

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.rich_text import RichText
from wagtail_localize.operations import translate_object

from cms.translation import drafts, localize, progress, review
from cms.translation.models import PageTranslation, State
from cms.translation.saving import MAX_CHARACTERS
from cms.translation.segment_rows import digest
from news.models import NewsIndexPage
from tests.cms.translation.conftest import is_refused, translate
from tests.factories import ArticleFactory, DocumentFactory, PictureFactory
from tests.shared_fixtures import shared_fixture

PARAGRAPH = 'Sáng nay <b>mọi trường</b> mở cửa, xem <a href="https://example.com/vb">văn bản</a>.'

FILE = {"number": "1", "issue_date": None, "issuing_body": "", "abstract": "Về khai giảng"}

XHR = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}


@shared_fixture
def article(empty_board):
    """A published article with a lead, a paragraph with tags, a picture, a table and a file."""
    section = NewsIndexPage.objects.get(locale__language_code="vi")
    picture = PictureFactory(title="Ảnh")
    picture.contextual_alt_text, picture.decorative = "Sân trường", False
    return ArticleFactory(
        parent=section,
        title="Khai giảng năm học mới",
        introduction="Hôm nay 12 trường mở cửa.",
        body=[
            ("paragraph", RichText(f"<p>{PARAGRAPH}</p>")),
            ("image", {"image": picture, "caption": "Lễ khai giảng", "credit": ""}),
            ("table", {"data": [["Trường", "Số"], ["Lê Lợi", "12"]], "table_caption": "Số liệu"}),
            ("document", FILE | {"file": DocumentFactory()}),
        ],
    )


def address(name, translation, *args):
    """Return one of the desk's URLs."""
    return reverse(f"translations:{name}", args=[translation.pk, *args])


def segment_of(translation, source):
    """Return the segment whose source starts with `source`."""
    return next(
        segment
        for segment in localize.segments(translation)
        if segment.source_text.startswith(source)
    )


def save(client, translation, segment, text, *, seen=None, **more):
    """Save one segment as the script does."""
    seen = digest(segment.initial_text) if seen is None else seen
    form = {"text": text, "seen": seen, **more}
    return client.post(address("save_segment", translation, segment.id), form)


def save_translated_draft(translation, user):
    """Translate every segment, save the draft, and record the work on the board."""
    translate(translation, lambda text: f"Text {text}", user)
    drafts.save_draft(translation, user)
    progress.note_work(translation, user)


def read(client, translation):
    """Return the parsed HTML of the desk."""
    response = client.get(address("edit", translation))
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def row(page, source):
    """Return the row of the segment whose source starts with `source`."""
    rows = page.select("[data-desk-row]")
    return next(r for r in rows if r.select_one(".desk-text").text.startswith(source))


def change_original(translation, user, **fields):
    """Change the original and publish it."""
    original = localize.original_of(translation)
    for name, value in fields.items():
        setattr(original, name, value)
    original.save_revision(user=user).publish(user=user)


# Display


def test_the_segments_stand_in_the_order_of_the_editor_under_readable_headings(
    client_of, translation
):
    page = read(client_of("translator"), translation)
    groups = [
        (
            group.h3.text,
            [label.text for label in group.select(".desk-source > .desk-label")],
        )
        for group in page.select(".desk-group")
    ]
    assert groups == [
        ("Tiêu đề", []),
        ("Sapô", []),
        ("Đoạn văn", ["Liên kết"]),
        ("Ảnh có chú thích", ["Ảnh", "Mô tả ảnh", "Chú thích ảnh"]),
        ("Bảng", groups[4][1]),
        ("Văn bản", ["Tệp", "Trích yếu"]),
        ("Slug (đường dẫn)", []),
    ]
    assert len(groups[4][1]) == 4


def test_texts_say_their_language_and_fields_their_names(client_of, translation):
    title = row(read(client_of("translator"), translation), "Khai giảng")
    assert title.select_one(".desk-text")["lang"] == "vi"
    field = title.textarea
    assert field["lang"] == "en"
    assert "Tiêu đề" in title.select_one(f"label[for={field['id']}]").text
    described = field["aria-describedby"].split()
    assert all(title.select_one(f"#{name}") for name in described)


def test_tags_of_the_source_are_explained_and_insertable(client_of, translation):
    paragraph = row(read(client_of("translator"), translation), "Sáng nay")
    buttons = paragraph.select("[data-desk-tags] button")
    assert [button["data-opening"] for button in buttons] == ["<b>", '<a id="a1">']
    assert [button["data-closing"] for button in buttons] == ["</b>", "</a>"]
    assert "https://example.com/vb" in buttons[1].text


def test_a_changed_source_is_shown_old_and_new_with_the_earlier_translation(
    client_of, translation, translator, moderator
):
    save_translated_draft(translation, translator)
    change_original(translation, moderator, introduction="Hôm nay 15 trường mở cửa.")
    client = client_of("translator")
    lead = row(read(client, translation), "Hôm nay")
    assert lead["data-condition"] == "changed"
    assert [each.text for each in lead.select("del")] == ["12"]
    assert [each.text for each in lead.select("ins")] == ["15"]
    assert lead.textarea.text.strip().startswith("Text")
    segment = segment_of(translation, "Hôm nay 15")
    answer = save(client, translation, segment, segment.initial_text, confirm="1").json()
    assert answer["condition"] == "done"
    assert segment_of(translation, "Hôm nay 15").is_done


def test_what_changed_stays_marked_until_the_translation_is_approved(
    client_of, translation, translator, moderator
):
    save_translated_draft(translation, translator)
    drafts.publish(translation, moderator)
    change_original(translation, moderator, introduction="Hôm nay 15 trường mở cửa.")
    client = client_of("translator")
    save(client, translation, segment_of(translation, "Hôm nay 15"), "Today 15 schools open.")
    lead = row(read(client, translation), "Hôm nay")
    assert lead["data-condition"] == "done"
    assert [each.text for each in lead.select("del, ins")] == ["12", "15"]
    assert lead.textarea.text.strip() == "Today 15 schools open."
    drafts.publish(translation, moderator)
    assert not row(read(client, translation), "Hôm nay").select("del, ins")


def test_an_offered_text_counts_only_when_somebody_stands_for_it(
    client_of, translation, translator, moderator
):
    save_translated_draft(translation, translator)
    change_original(translation, moderator, introduction="Hôm nay 15 trường mở cửa.")
    segment = segment_of(translation, "Hôm nay 15")
    save(client_of("translator"), translation, segment, segment.initial_text)
    assert not segment_of(translation, "Hôm nay 15").is_done


def test_what_a_machine_wrote_is_marked_until_it_is_confirmed(client_of, translation, translator):
    title = localize.segments(translation)[0]
    localize.save_string(translation, title, "School begins", translator, tool="Machine")
    client = client_of("translator")
    shown = row(read(client, translation), "Khai giảng")
    assert shown["data-condition"] == "machine"
    assert "Machine" in shown.text
    title = localize.segments(translation)[0]
    answer = save(client, translation, title, "School begins", confirm="1").json()
    assert answer["condition"] == "done"
    assert localize.segments(translation)[0].tool == ""


def test_only_who_may_edit_the_original_is_led_to_its_editor(client_of, translation, article):
    link = reverse("wagtailadmin_pages:edit", args=[article.pk])
    assert not read(client_of("translator"), translation).select(f"a[href='{link}']")
    assert read(client_of("moderator"), translation).select(f"a[href='{link}']")


@pytest.mark.parametrize("role", ["translator", "moderator"])
def test_buttons_follow_rights(client_of, translation, role):
    page = read(client_of(role), translation)
    steps = {button.get("formaction") for button in page.select("[data-desk-step]")}
    assert address("hand_on", translation) in steps
    assert (address("publish", translation) in steps) == (role == "moderator")


def test_queries_do_not_grow_with_the_segments(
    client_of, section, english, django_assert_max_num_queries
):
    """Fifty-five more paragraphs with links need no additional query."""
    client = client_of("translator")
    costs = []
    for number in (5, 60):
        body = [
            ("paragraph", RichText(f'<p>Đoạn {n} <a href="https://example.com/{n}">x</a></p>'))
            for n in range(number)
        ]
        article = ArticleFactory(parent=section, title=f"Bài {number}", body=body)
        translation = localize.start(article, english, None)
        client.get(address("edit", translation))
        with django_assert_max_num_queries(60) as queries:
            client.get(address("edit", translation))
        costs.append(len(queries))
    assert costs[0] == costs[1]


# Saving


def test_a_text_is_saved_as_a_draft_and_its_progress_told(client_of, translation):
    client = client_of("translator")
    answer = save(client, translation, localize.segments(translation)[0], "School begins").json()
    assert answer["text"] == "School begins"
    assert answer["condition"] == "done"
    assert answer["counts"]["done"] == 1
    page = localize.target_of(translation)
    assert page.title != "School begins"
    assert page.get_latest_revision_as_object().title == "School begins"
    row = PageTranslation.objects.get(translation=translation)
    assert (row.translator, row.translated_count) == (client.user, 1)


def test_the_answer_has_the_text_as_it_is_kept(client_of, translation):
    slug = segment_of(translation, "khai-giang")
    answer = save(client_of("translator"), translation, slug, "School Begins at Đà Nẵng").json()
    assert answer["text"] == "school-begins-at-da-nang"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("A\0B", "AB"),
        ("School 🎒", "School 🎒"),
        (unicodedata.normalize("NFD", "Đà Nẵng"), "Đà Nẵng"),
        ("two\r\nlines", "two lines"),
        ("a < b & <i>c</i>", "a < b & <i>c</i>"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_plain_text_is_kept_as_plain_text(client_of, translation, typed, kept):
    title = localize.segments(translation)[0]
    assert save(client_of("translator"), translation, title, typed).json()["text"] == kept
    assert localize.build_translated_page(translation).title == kept


def test_an_emptied_text_is_a_gap_again(client_of, translation):
    client = client_of("translator")
    save(client, translation, localize.segments(translation)[0], "School begins")
    answer = save(client, translation, localize.segments(translation)[0], " ").json()
    assert answer["condition"] == "todo"


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("<script>alert(1)</script>", "script"),
        ('<a id="a7">x</a>', "a7"),
        ('<a href="javascript:alert(1)">x</a>', ""),
        ("<h2>x</h2>", "h2"),
    ],
)
def test_html_that_does_not_fit_is_kept_with_its_error_and_never_shown(
    client_of, translation, typed, named
):
    client, paragraph = client_of("translator"), segment_of(translation, "Sáng nay")
    answer = save(client, translation, paragraph, typed).json()
    assert answer["condition"] == "error"
    assert named in answer["errors"][str(paragraph.id)]
    shown = row(read(client, translation), "Sáng nay")
    assert shown.textarea.text.strip() == typed
    assert named in shown.select_one("[data-desk-error]").text
    assert typed not in str(localize.build_translated_page(translation).body.get_prep_value())


def test_a_text_longer_than_its_field_is_refused_with_the_length(client_of, translation):
    title = localize.segments(translation)[0]
    response = save(client_of("translator"), translation, title, "x" * 300)
    assert response.status_code == 422
    assert "255" in response.json()["error"]


def test_a_huge_text_is_refused_in_words(client_of, translation):
    title = localize.segments(translation)[0]
    response = save(client_of("translator"), translation, title, "x" * (MAX_CHARACTERS + 1))
    assert response.status_code == 413
    assert str(MAX_CHARACTERS) in response.json()["error"]


def test_what_somebody_else_changed_meanwhile_is_not_overwritten_unseen(client_of, translation):
    title = localize.segments(translation)[0]
    one, other = client_of("translator"), client_of("moderator")
    save(other, translation, title, "Theirs")
    response = save(one, translation, title, "Mine")
    assert response.status_code == 409
    answer = response.json()
    assert answer["text"] == "Theirs"
    assert other.user.username in answer["error"]
    assert localize.segments(translation)[0].translation == "Theirs"
    assert save(one, translation, title, "Mine", seen=answer["seen"]).status_code == 200
    assert localize.segments(translation)[0].translation == "Mine"


def test_the_same_text_at_the_same_place_twice_is_no_conflict(client_of, translation):
    title = localize.segments(translation)[0]
    client = client_of("translator")
    save(client, translation, title, "Same")
    assert save(client, translation, title, "Same").status_code == 200


def test_a_segment_of_another_page_is_not_found(client_of, translation, section, english):
    other = ArticleFactory(parent=section, title="Bài khác")
    translate_object(other, [english])
    theirs = localize.segments(localize.translation_of(other.get_translation(english)))[0]
    assert save(client_of("translator"), translation, theirs, "x", seen="").status_code == 404


def test_a_slug_that_is_taken_is_told_beside_it(client_of, translation, english_section):
    ArticleFactory(parent=english_section, title="Taken", slug="taken", locale_id=2)
    slug = segment_of(translation, "khai-giang")
    answer = save(client_of("translator"), translation, slug, "taken").json()
    assert answer["errors"][str(slug.id)]
    assert answer["trouble"]
    assert answer["text"] == "taken"


def test_without_a_script_one_button_saves_what_was_changed(client_of, translation):
    client = client_of("translator")
    form = form_of(read(client, translation))
    title = localize.segments(translation)[0]
    response = client.post(address("edit", translation), {**form, f"text-{title.id}": "School"})
    assert response.status_code == 302
    done = [segment.translation for segment in localize.segments(translation) if segment.is_done]
    assert done == ["School"]


def test_without_a_script_a_conflict_is_shown_and_nothing_typed_is_lost(client_of, translation):
    client, title = client_of("translator"), localize.segments(translation)[0]
    form = form_of(read(client, translation))
    save(client_of("moderator"), translation, title, "Theirs")
    response = client.post(address("edit", translation), {**form, f"text-{title.id}": "Mine"})
    page = BeautifulSoup(response.content, "html.parser")
    assert row(page, "Khai giảng").textarea.text.strip() == "Mine"
    assert row(page, "Khai giảng").select_one("[data-desk-theirs]").text == "Theirs"
    form = {**form_of(page), f"text-{title.id}": "Mine"}
    assert client.post(address("edit", translation), form).status_code == 302
    assert localize.segments(translation)[0].translation == "Mine"


def test_without_a_script_too_long_a_text_comes_back_with_its_reason(client_of, translation):
    client, title = client_of("translator"), localize.segments(translation)[0]
    form = {**form_of(read(client, translation)), f"text-{title.id}": "x" * 300}
    response = client.post(address("edit", translation), form)
    shown = row(BeautifulSoup(response.content, "html.parser"), "Khai giảng")
    assert response.status_code == 422
    assert shown.textarea.text.strip() == "x" * 300
    assert "255" in shown.select_one("[data-desk-error]").text


def test_without_a_script_a_text_is_confirmed_by_its_button(client_of, translation, translator):
    client, title = client_of("translator"), localize.segments(translation)[0]
    localize.save_string(translation, title, "School", translator, tool="Machine")
    form = {**form_of(read(client, translation)), "confirm": str(title.id)}
    assert client.post(address("edit", translation), form).url.endswith(f"#segment-{title.id}")
    assert localize.segments(translation)[0].is_done


def form_of(page):
    """Return the data that a browser would send from the desk's form."""
    form = {field["name"]: field.text.strip() for field in page.select(".desk textarea")}
    named = page.select(".desk input[name]")
    return {**form, **{field["name"]: field.get("value", "") for field in named}}


# Replacements


def replaceable_of(translation, ending):
    """Return the replaceable segment whose path ends with `ending`."""
    return next(each for each in localize.replaceables(translation) if each.path.endswith(ending))


def replace(client, translation, replaceable, value):
    """Send a replacement as the script does."""
    return client.post(address("save_replacement", translation, replaceable.id), {"value": value})


def test_a_picture_is_replaced_in_the_translation_and_taken_back(client_of, translation):
    client, picture = client_of("translator"), PictureFactory(title="English")
    replaceable = replaceable_of(translation, "image.image")
    assert replace(client, translation, replaceable, picture.pk).json() == {"trouble": ""}
    draft = localize.target_of(translation).get_latest_revision_as_object()
    assert [each.pk for each in draft.body_pictures()] == [picture.pk]
    assert "English" in str(read(client, translation).select_one(".image-chooser"))
    assert replace(client, translation, replaceable, "").status_code == 200
    draft = localize.target_of(translation).get_latest_revision_as_object()
    assert [each.pk for each in draft.body_pictures()] != [picture.pk]


def test_a_document_and_a_link_are_replaced(client_of, translation):
    client, document = client_of("translator"), DocumentFactory(title="English file")
    assert replace(client, translation, replaceable_of(translation, "file"), document.pk).json()
    link = replaceable_of(translation, "vb'")
    assert replace(client, translation, link, "https://example.com/en").status_code == 200
    draft = localize.target_of(translation).get_latest_revision_as_object()
    assert draft.body[3].value["file"] == document
    assert 'href="https://example.com/en"' in draft.body[0].value.source


def test_without_a_script_an_old_form_takes_no_replacement_back(client_of, translation):
    client, picture = client_of("translator"), PictureFactory()
    form = form_of(read(client, translation))
    replaceable = replaceable_of(translation, "image.image")
    assert form[f"replacement-{replaceable.id}"] == ""
    replace(client_of("moderator"), translation, replaceable, picture.pk)
    assert client.post(address("edit", translation), form).status_code == 302
    assert replaceable_of(translation, "image.image").replacement == picture.pk
    form = {**form_of(read(client, translation)), f"replacement-{replaceable.id}": ""}
    assert client.post(address("edit", translation), form).status_code == 302
    assert replaceable_of(translation, "image.image").replacement is None


@pytest.mark.parametrize(
    ("ending", "value"),
    [
        ("vb'", "javascript:alert(1)"),
        ("vb'", "not an address"),
        ("vb'", "https://example.com/" + "x" * 3000),
        ("file", "999999"),
        ("file", "9" * 40),
        ("file", "x"),
        ("image.image", "-1"),
    ],
)
def test_what_cannot_stand_there_is_refused(client_of, translation, ending, value):
    replaceable = replaceable_of(translation, ending)
    response = replace(client_of("translator"), translation, replaceable, value)
    assert response.status_code == 422
    assert response.json()["error"]
    assert replaceable_of(translation, ending).replacement is None


def test_something_replaceable_of_another_page_is_not_found(client_of, translation):
    url = address("save_replacement", translation, 10**6)
    assert client_of("translator").post(url, {"value": ""}).status_code == 404


# Review and publishing


def test_gaps_keep_a_translation_from_being_handed_on(client_of, translation):
    client = client_of("translator")
    response = client.post(address("hand_on", translation))
    first = localize.segments(translation)[0]
    assert response.url.endswith(f"#segment-{first.id}")
    assert localize.target_of(translation).current_workflow_state is None


def test_a_translation_is_handed_on_read_only_and_taken_back(client_of, translation, translator):
    save_translated_draft(translation, translator)
    client = client_of("translator")
    client.post(address("hand_on", translation))
    assert PageTranslation.objects.get(translation=translation).state == State.REVIEW
    page = read(client, translation)
    assert all(field.has_attr("readonly") for field in page.select(".desk textarea"))
    assert not page.select("[data-desk-step]")
    title = localize.segments(translation)[0]
    assert save(client, translation, title, "Other").status_code == 403
    picture = replaceable_of(translation, "image.image")
    assert replace(client, translation, picture, "").status_code == 403
    assert (
        client.post(address("edit", translation), {f"text-{title.id}": "Other"}).status_code == 302
    )
    assert localize.segments(translation)[0].translation == title.translation
    client.post(address("take_back", translation))
    assert PageTranslation.objects.get(translation=translation).state == State.DRAFT
    assert read(client, translation).select("[data-desk-step]")


def test_nobody_takes_back_what_another_handed_on(client_of, translation, translator):
    save_translated_draft(translation, translator)
    review.submit_for_review(translation, translator)
    client_of("translator").post(address("take_back", translation))
    assert PageTranslation.objects.get(translation=translation).state == State.REVIEW


def test_what_is_typed_is_saved_before_it_is_handed_on(client_of, translation, translator):
    save_translated_draft(translation, translator)
    client, title = client_of("translator"), localize.segments(translation)[0]
    form = {**form_of(read(client, translation)), f"text-{title.id}": "At the last moment"}
    client.post(address("hand_on", translation), form)
    state = localize.target_of(translation).current_workflow_state
    assert state.current_task_state.revision.as_object().title == "At the last moment"


def test_the_words_of_who_sent_it_back_stand_on_top(client_of, translation, translator, moderator):
    save_translated_draft(translation, translator)
    review.submit_for_review(translation, translator)
    task = localize.target_of(translation).current_workflow_task_state.specific
    task.reject(user=moderator, comment="Say it shorter")
    page = read(client_of("translator"), translation)
    assert page.select_one(".desk-rejection").text == "Say it shorter"
    assert moderator.username in page.select_one(".help-warning").text


def test_a_reviewer_is_led_to_the_review(client_of, translation, translator):
    save_translated_draft(translation, translator)
    review.submit_for_review(translation, translator)
    link = reverse("wagtailadmin_pages:edit", args=[localize.target_of(translation).pk])
    assert read(client_of("moderator"), translation).select(f".help-block a[href='{link}']")
    assert not read(client_of("translator"), translation).select(f".help-block a[href='{link}']")


def test_a_moderator_publishes_what_is_complete(client_of, translation, translator):
    client = client_of("moderator")
    assert "#segment-" in client.post(address("publish", translation)).url
    assert not localize.target_of(translation).live
    save_translated_draft(translation, translator)
    client.post(address("publish", translation))
    assert localize.target_of(translation).live


def test_a_translator_publishes_nothing(client_of, translation, translator):
    save_translated_draft(translation, translator)
    client_of("translator").post(address("publish", translation))
    assert not localize.target_of(translation).live


def test_a_locked_page_is_read_only(client_of, translation, moderator):
    page = localize.target_of(translation)
    page.locked, page.locked_by = True, moderator
    page.save()
    client = client_of("translator")
    assert read(client, translation).select(".desk textarea[readonly]")
    assert save(client, translation, localize.segments(translation)[0], "x").status_code == 403


# Preview


def test_the_preview_shows_what_is_typed_and_counts_nobody(client_of, translation):
    client = client_of("translator")
    save(client, translation, localize.segments(translation)[0], "School begins")
    response = client.get(address("preview", translation))
    assert "School begins" in response.content.decode()
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]
    assert "data-visitors-beat" not in response.content.decode()


def test_a_preview_of_an_unknown_kind_is_not_found(client_of, translation):
    url = address("preview", translation) + "?mode=x"
    assert client_of("translator").get(url).status_code == 404


# Access


def requests_of(translation):
    """Return the method and the URL of each request that the desk offers."""
    segment = localize.segments(translation)[0].id
    replaceable = localize.replaceables(translation)[0].id
    return [
        ("get", address("edit", translation)),
        ("post", address("edit", translation)),
        ("get", address("preview", translation)),
        ("post", address("save_segment", translation, segment)),
        ("post", address("save_replacement", translation, replaceable)),
        ("post", address("hand_on", translation)),
        ("post", address("take_back", translation)),
        ("post", address("publish", translation)),
    ]


@pytest.mark.parametrize("role", ["anonymous", "editor", "french"])
def test_who_has_no_right_to_the_english_tree_is_refused(client_of, translation, request, role):
    client = (
        request.getfixturevalue("french_translator_client") if role == "french" else client_of(role)
    )
    before = [segment.translation for segment in localize.segments(translation)]
    for method, url in requests_of(translation):
        assert is_refused(getattr(client, method)(url)), url
        assert getattr(client.django_client, method)(url, **XHR).status_code == 403, url
    assert [segment.translation for segment in localize.segments(translation)] == before


@pytest.mark.parametrize("role", ["translator", "moderator", "administrator"])
def test_who_may_change_the_english_tree_is_let_in(client_of, translation, role):
    client = client_of(role)
    for method, url in requests_of(translation):
        assert not is_refused(getattr(client, method)(url)), url


@pytest.mark.parametrize(
    "name", ["save_segment", "save_replacement", "hand_on", "take_back", "publish"]
)
def test_what_changes_something_is_never_a_get(client_of, translation, name):
    extra = [1] if name.startswith("save") else []
    assert client_of("moderator").get(address(name, translation, *extra)).status_code == 405


def test_a_form_from_another_site_is_refused(translation, translator):
    client = Client(enforce_csrf_checks=True)
    client.force_login(translator)
    segment = localize.segments(translation)[0]
    url = address("save_segment", translation, segment.id)
    assert client.post(url, {"text": "x"}).status_code == 403


def test_a_stopped_or_unknown_translation_is_not_found(client_of, translation):
    localize.set_enabled(translation, enabled=False)
    client = client_of("moderator")
    assert client.get(address("edit", translation)).status_code == 404
    assert client.get(reverse("translations:edit", args=[10**6])).status_code == 404

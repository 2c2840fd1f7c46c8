"""Permissions at wagtail-localize's URLs: each allowed request, and each refusal without effect."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver, reverse
from wagtail.models import Page
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation
from wagtail_localize.operations import translate_object

from cms.models import SiteFrame
from cms.translation.middleware import CHECKS
from cms.visitors.models import VisitorCounter
from news.models import Topic
from tests.cms.translation.conftest import GROUPS, editor_of, is_refused, localize_url
from tests.factories import ArticleFactory, SectionFactory

RESTART = "localize-restart-translation"
CONVERT = "localize-convert-to-alias"

every_role = pytest.mark.parametrize("role", ["anonymous", *GROUPS])
every_reviewer = pytest.mark.parametrize("role", ["moderator", "administrator"])
every_role_without_review = pytest.mark.parametrize("role", ["anonymous", "editor", "translator"])
every_translator = pytest.mark.parametrize("role", ["translator", "moderator", "administrator"])


def submit_right():
    """Return the permission to submit translations."""
    return Permission.objects.get(
        content_type__app_label="wagtail_localize", codename="submit_translation"
    )


def give_submit_right(role):
    """Permit the group to submit translations, as an administrator could by a tick in a form."""
    Group.objects.get(name=GROUPS[role]).permissions.add(submit_right())


def state(page):
    """Return the values of a page that readers see, and those that show its origin."""
    page = Page.objects.get(pk=page.pk)
    return page.live, page.alias_of_id, page.title, page.slug, page.live_revision_id


# Every URL has a check


def localize_names():
    """Return the names of all URLs that wagtail-localize registers."""
    _prefix, resolver = get_resolver().namespace_dict["wagtail_localize"]
    return {pattern.name for pattern in resolver.url_patterns}


def test_every_address_of_wagtail_localize_has_a_check():
    names = localize_names()
    assert "update_translations" in names
    assert names == set(CHECKS)


def test_an_address_without_a_check_is_refused_to_everybody(client_of, monkeypatch):
    address = localize_url("translations_report")
    client = client_of("administrator")
    assert client.get(address).status_code == 200
    monkeypatch.delitem(CHECKS, "translations_report")
    assert is_refused(client.get(address))


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("translations_report", []),
        ("translations_report_results", []),
        ("snippets_api_listing", ["visitors", "visitorcounter"]),
    ],
)
def test_what_is_open_to_the_newsroom_is_closed_to_the_public(
    client, client_of, django_user_model, name, args
):
    assert client_of("moderator").get(localize_url(name, *args)).status_code == 200
    assert is_refused(client_of("anonymous").get(localize_url(name, *args)))
    client.force_login(django_user_model.objects.create_user("reader"))
    assert is_refused(client.get(localize_url(name, *args)))


# Update ("Sync translated pages")


@pytest.fixture
def changed_article(article, translation):
    """The article after a correction that was saved but not published; its translation is older."""
    article.title = "Khai giảng muộn một tuần"
    article.save()
    return article


@every_reviewer
def test_who_reviews_may_refresh_translations_which_publishes_nothing(
    client_of, role, changed_article, translation, english_article
):
    before = state(english_article)
    client_of(role).post(localize_url("update_translations", translation.source_id))
    translation.source.refresh_from_db()
    assert translation.source.object_repr == "Khai giảng muộn một tuần"
    assert state(english_article) == before


@every_reviewer
def test_nobody_publishes_unseen_what_was_refreshed(
    client_of, role, changed_article, translation, english_article
):
    """If it were published, wagtail-localize would fill the new segments with Vietnamese."""
    before = state(english_article)
    client_of(role).post(
        localize_url("update_translations", translation.source_id), {"publish_translations": "on"}
    )
    assert state(english_article) == before


@every_role_without_review
@pytest.mark.parametrize("form", [{}, {"publish_translations": "on"}])
def test_nobody_else_may_refresh_or_publish(
    client_of, role, form, changed_article, translation, english_article
):
    before = state(english_article)
    address = localize_url("update_translations", translation.source_id)
    client = client_of(role)
    assert is_refused(client.get(address))
    assert is_refused(client.post(address, form))
    translation.source.refresh_from_db()
    assert translation.source.object_repr == "Khai giảng năm học mới"
    assert state(english_article) == before


@pytest.mark.parametrize("role", ["editor", "translator"])
@pytest.mark.parametrize("tick", ["on", "true", "True", "1", "yes"])
def test_who_is_given_the_right_to_submit_still_cannot_publish_by_refreshing(
    client_of, role, tick, changed_article, translation, english_article
):
    give_submit_right(role)
    before = state(english_article)
    response = client_of(role).post(
        localize_url("update_translations", translation.source_id), {"publish_translations": tick}
    )
    assert is_refused(response)
    assert state(english_article) == before


def test_a_translator_given_the_right_to_submit_cannot_overwrite_a_published_page(
    client_of, changed_article, translation, live_english_article
):
    give_submit_right("translator")
    before = state(live_english_article)
    response = client_of("translator").post(
        localize_url("update_translations", translation.source_id), {"publish_translations": "on"}
    )
    assert is_refused(response)
    assert state(live_english_article) == before


def test_an_editor_given_the_right_to_submit_may_refresh_without_publishing(
    client_of, changed_article, translation, english_article
):
    give_submit_right("editor")
    before = state(english_article)
    client_of("editor").post(localize_url("update_translations", translation.source_id))
    translation.source.refresh_from_db()
    assert translation.source.object_repr == "Khai giảng muộn một tuần"
    assert state(english_article) == before


# Submit


@pytest.fixture
def submit_address(article):
    """The URL at which the article is submitted for translation."""
    return localize_url("submit_page_translation", article.pk)


@every_reviewer
def test_who_reviews_may_submit_a_page_whose_translation_starts_as_a_draft(
    client_of, role, article, english, submit_address
):
    client = client_of(role)
    assert client.get(submit_address).status_code == 200
    client.post(submit_address, {"locales": [english.pk]})
    assert article.get_translation(english).live is False


@every_role_without_review
def test_nobody_else_may_submit_a_page(client_of, role, article, english, submit_address):
    client = client_of(role)
    assert is_refused(client.get(submit_address))
    assert is_refused(client.post(submit_address, {"locales": [english.pk]}))
    assert article.get_translation_or_none(english) is None
    assert not Translation.objects.exists()


def test_a_translator_given_the_right_to_submit_still_submits_no_vietnamese_page(
    client_of, article, english, submit_address
):
    give_submit_right("translator")
    assert is_refused(client_of("translator").post(submit_address, {"locales": [english.pk]}))
    assert article.get_translation_or_none(english) is None


def test_submitting_with_the_pages_below_publishes_none_of_them(
    client_of, article, english, section, english_section
):
    inner = ArticleFactory(parent=section, title="Một tin nữa")
    english_section.delete()
    client_of("moderator").post(
        localize_url("submit_page_translation", section.pk),
        {"locales": [english.pk], "include_subtree": "on"},
    )
    for page in (section, article, inner):
        assert page.get_translation(english).live is False


def test_submitting_publishes_no_section_on_the_way_down(client, client_of, english, home):
    section = SectionFactory(parent=home, title="Chuyên mục mới")
    article = ArticleFactory(parent=section, title="Tin trong đó")
    moderator_client = client_of("moderator")
    address = localize_url("submit_page_translation", article.pk)
    moderator_client.post(address, {"locales": [english.pk]})
    assert "Hãy dịch trang cấp trên" in moderator_client.get(address).content.decode()
    assert not article.has_translation(english)
    assert not section.has_translation(english)
    assert "Chuyên mục mới" not in client.get("/en/").content.decode()


@pytest.fixture
def topic(vietnamese):
    """A topic that exists only in Vietnamese."""
    return Topic.objects.create(name="Thi đua", slug="thi-dua", locale=vietnamese)


@every_reviewer
def test_who_reviews_may_submit_a_snippet(client_of, role, topic, english):
    address = localize_url("submit_snippet_translation", "news", "topic", topic.pk)
    client = client_of(role)
    assert client.get(address).status_code == 200
    client.post(address, {"locales": [english.pk]})
    assert not topic.get_translation(english).live


@every_role_without_review
def test_nobody_else_may_submit_a_snippet(client_of, role, topic, english):
    address = localize_url("submit_snippet_translation", "news", "topic", topic.pk)
    client = client_of(role)
    assert is_refused(client.get(address))
    assert is_refused(client.post(address, {"locales": [english.pk]}))
    assert topic.get_translation_or_none(english) is None


@every_role
@pytest.mark.parametrize("model", [SiteFrame, VisitorCounter])
def test_nobody_may_submit_what_has_no_drafts(client_of, role, model, vietnamese, english):
    before = list(model.objects.order_by("pk").values())
    frame = model.objects.get(locale=vietnamese)
    names = model._meta.app_label, model._meta.model_name
    address = localize_url("submit_snippet_translation", *names, frame.pk)
    client = client_of(role)
    for response in (client.get(address), client.post(address, {"locales": [english.pk]})):
        assert response.status_code in (302, 403)
    assert list(model.objects.order_by("pk").values()) == before
    assert not Translation.objects.exists()


# Convert to alias


@every_role
def test_nobody_may_convert_a_page_to_an_alias(
    client_of, role, article, translation, live_english_article
):
    before = state(live_english_article)
    address = localize_url("convert_to_alias", live_english_article.pk)
    client = client_of(role)
    assert is_refused(client.get(address))
    assert is_refused(client.post(address))
    assert state(live_english_article) == before
    assert Translation.objects.filter(pk=translation.pk).exists()


@every_role
def test_nobody_may_convert_a_page_from_its_editor(
    client_of, role, translation, live_english_article
):
    Translation.objects.update(enabled=False)
    before = state(live_english_article)
    client_of(role).post(editor_of(live_english_article), {CONVERT: ""})
    assert state(live_english_article) == before


def test_not_even_a_superuser_converts(client_of, translation, live_english_article):
    before = state(live_english_article)
    client = client_of("administrator")
    client.user.is_superuser = True
    client.user.save()
    assert is_refused(client.post(localize_url("convert_to_alias", live_english_article.pk)))
    assert state(live_english_article) == before


# Stop and restart


@every_reviewer
def test_who_reviews_may_stop_a_translation(client_of, role, translation):
    client_of(role).post(localize_url("stop_translation", translation.pk))
    translation.refresh_from_db()
    assert not translation.enabled


@every_role_without_review
@pytest.mark.parametrize("given_submit", [False, True])
def test_nobody_else_may_stop_a_translation(client_of, role, given_submit, translation):
    if given_submit and role in GROUPS:
        give_submit_right(role)
    assert is_refused(client_of(role).post(localize_url("stop_translation", translation.pk)))
    translation.refresh_from_db()
    assert translation.enabled


@pytest.fixture
def stopped_translation(translation):
    """The stopped translation."""
    translation.enabled = False
    translation.save()
    return translation


@every_reviewer
def test_who_reviews_may_restart_a_translation(
    client_of, role, stopped_translation, english_article
):
    client_of(role).post(editor_of(english_article), {RESTART: ""})
    stopped_translation.refresh_from_db()
    assert stopped_translation.enabled


@every_role_without_review
@pytest.mark.parametrize("given_submit", [False, True])
def test_nobody_else_may_restart_a_translation(
    client_of, role, given_submit, stopped_translation, english_article
):
    if given_submit and role in GROUPS:
        give_submit_right(role)
    assert is_refused(client_of(role).post(editor_of(english_article), {RESTART: ""}))
    stopped_translation.refresh_from_db()
    assert not stopped_translation.enabled


@every_reviewer
def test_who_publishes_without_the_right_to_submit_neither_stops_nor_restarts(
    client_of, role, translation, english_article
):
    Group.objects.get(name=GROUPS[role]).permissions.remove(submit_right())
    client = client_of(role)
    assert is_refused(client.post(localize_url("stop_translation", translation.pk)))
    translation.refresh_from_db()
    assert translation.enabled
    Translation.objects.update(enabled=False)
    assert is_refused(client.post(editor_of(english_article), {RESTART: ""}))
    translation.refresh_from_db()
    assert not translation.enabled


@pytest.fixture
def stopped_topic(client_of, topic, english):
    """The URL of the editor of an English topic whose translation is stopped."""
    address = localize_url("submit_snippet_translation", "news", "topic", topic.pk)
    client_of("moderator").post(address, {"locales": [english.pk]})
    Translation.objects.update(enabled=False)
    return reverse("wagtailsnippets_news_topic:edit", args=[topic.get_translation(english).pk])


def test_an_administrator_may_restart_the_translation_of_a_snippet(client_of, stopped_topic):
    client_of("administrator").post(stopped_topic, {RESTART: ""})
    assert Translation.objects.get().enabled


@every_role_without_review
def test_nobody_else_may_restart_the_translation_of_a_snippet(client_of, role, stopped_topic):
    assert is_refused(client_of(role).post(stopped_topic, {RESTART: ""}))
    assert not Translation.objects.get().enabled


@every_translator
def test_the_editor_offers_restart_to_who_may_and_conversion_to_nobody(
    client_of, role, stopped_translation, live_english_article
):
    response = client_of(role).get(editor_of(live_english_article))
    assert response.status_code == 200
    content = response.content.decode()
    assert (RESTART in content) == (role != "translator")
    assert CONVERT not in content


# Editing the texts: of snippets at wagtail-localize's URLs, of pages only at the desk


def working_addresses(translation):
    """Return the method, arguments and form for each URL at which wagtail-localize edits texts."""
    string = translation.source.stringsegment_set.first()
    override = translation.source.overridablesegment_set.first()
    file = SimpleUploadedFile("en.po", str(translation.export_po()).encode())
    addresses = {
        "download_pofile": ("get", [translation.pk], {}),
        "upload_pofile": ("post", [translation.pk], {"file": file, "next": "/admin/reports/"}),
        "edit_string_translation": ("put", [translation.pk, string.pk], {"value": "Mine"}),
    }
    if override:
        addresses["edit_override"] = ("put", [translation.pk, override.pk], {"value": "1"})
    return addresses


def ask(client, method, name, args, form):
    """Send the request and return the response."""
    send = getattr(client, method)
    return (
        send(localize_url(name, *args))
        if method == "get"
        else send(localize_url(name, *args), form)
    )


@pytest.fixture
def machine(settings):
    """A machine translator in the settings."""
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator"
    }


@every_role
def test_nobody_works_on_a_page_past_the_desk(client_of, role, translation):
    """Outside the desk, a text is written into the live page, and a page is published with gaps."""
    client = client_of(role)
    for name, (method, args, form) in working_addresses(translation).items():
        assert is_refused(ask(client, method, name, args, form)), name
    assert is_refused(client.get(localize_url("preview_translation", translation.pk)))
    assert not StringTranslation.objects.exists()
    assert not SegmentOverride.objects.exists()


@pytest.fixture
def topic_translation(topic, english):
    """The translation of a topic: a draft."""
    translate_object(topic, [english])
    return Translation.objects.get(source__object_id=topic.translation_key)


@every_reviewer
def test_who_reviews_works_on_snippets(client_of, role, topic_translation):
    client = client_of(role)
    for name, (method, args, form) in working_addresses(topic_translation).items():
        assert not is_refused(ask(client, method, name, args, form)), name
    assert StringTranslation.objects.exists()


@every_role_without_review
def test_nobody_else_works_on_snippets(client_of, role, topic_translation):
    client = client_of(role)
    for name, (method, args, form) in working_addresses(topic_translation).items():
        assert is_refused(ask(client, method, name, args, form)), name
    assert not StringTranslation.objects.exists()


@pytest.mark.usefixtures("machine")
@every_role
def test_no_engine_translates_past_the_desk(client_of, role, translation, topic_translation):
    """Outside the desk, an engine has no timeout, and unconfirmed texts could be published."""
    client = client_of(role)
    for each in (translation, topic_translation):
        assert is_refused(client.post(localize_url("machine_translate", each.pk)))
        address = localize_url("update_translations", each.source_id)
        client.post(address, {"use_machine_translation": "on"})
    assert not StringTranslation.objects.exists()


@every_reviewer
def test_a_po_file_that_is_missing_is_told(client_of, role, topic_translation):
    address = localize_url("upload_pofile", topic_translation.pk)
    assert client_of(role).post(address, {}).status_code == 302
    assert not StringTranslation.objects.exists()


@every_reviewer
def test_a_snippet_with_gaps_is_not_published(client_of, role, topic_translation):
    target = topic_translation.get_target_instance()
    address = reverse("wagtailsnippets_news_topic:edit", args=[target.pk])
    client = client_of(role)
    client.post(address, {"action": "publish"})
    assert "còn thiếu" in client.get(address).content.decode()


# Translators at the desk, not in Wagtail's editor


def test_who_edits_a_translation_is_led_to_the_desk(client_of, translation, english_article):
    response = client_of("translator").get(editor_of(english_article))
    assert response.url == reverse("translations:edit", args=[translation.pk])


@every_translator
def test_nobody_publishes_a_translation_with_gaps(client_of, role, english_article):
    before = state(english_article)
    client = client_of(role)
    client.post(editor_of(english_article), {"action": "publish"})
    client.post(editor_of(english_article), {"action-publish": ""})
    assert state(english_article) == before


def test_a_translator_does_not_republish_a_published_translation(client_of, live_english_article):
    before = state(live_english_article)
    client = client_of("translator")
    client.post(editor_of(live_english_article), {"action": "publish"})
    client.post(editor_of(live_english_article), {"title": "Mine", "action-publish": ""})
    assert state(live_english_article) == before


def test_a_translator_does_not_open_or_change_the_vietnamese_page(client_of, article):
    before = state(article)
    client = client_of("translator")
    assert is_refused(client.get(editor_of(article)))
    assert is_refused(client.post(editor_of(article), {"title": "Khác", "action-publish": ""}))
    assert state(article) == before


# Bad input


@pytest.mark.parametrize("role", ["translator", "moderator"])
@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("submit_page_translation", [999999]),
        ("submit_snippet_translation", ["news", "topic", "999999"]),
        ("submit_snippet_translation", ["visitors", "visitorcounter", "abc"]),
        ("submit_snippet_translation", ["no", "such", "1"]),
        ("update_translations", [999999]),
        ("stop_translation", [999999]),
        ("download_pofile", [999999]),
        ("upload_pofile", [999999]),
        ("edit_string_translation", [999999, 1]),
        ("edit_override", [999999, 1]),
    ],
)
def test_a_wrong_id_is_not_found(client_of, role, name, args):
    assert client_of(role).post(localize_url(name, *args)).status_code == 404

"""Tests of reports, the admin's first page and the lists of references."""

import html
import io

import openpyxl
import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageLogEntry, ReferenceIndex

from tests.cms.visibility.conftest import (
    NEW_TITLE,
    TITLES,
    is_refused,
    names_page,
    text_of_response,
)
from tests.factories import ArticleFactory, PictureFactory, TopicFactory

ROLES = ["editor", "translator", "moderator", "administrator"]

REPORTS = [
    "wagtailadmin_reports:aging_pages",
    "wagtailadmin_reports:locked_pages",
    "wagtailadmin_reports:page_types_usage",
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:workflow",
    "wagtailadmin_reports:workflow_tasks",
    "wagtail_localize:translations_report",
]


@pytest.fixture
def eventful(site, moderator, english):
    """The site, in which each page was edited, locked and, if it has a workflow, submitted."""
    for page in site.pages.values():
        specific = page.specific
        PageLogEntry.objects.log_action(specific, "wagtail.edit", user=moderator)
        specific.locked = True
        specific.save()
        if workflow := specific.get_workflow():
            workflow.start(specific, moderator)
    return site


def text_of_report(response):
    """Return the text of a report, which is a page or a file."""
    content = b"".join(response) if response.streaming else response.content
    if "spreadsheet" in response.headers["Content-Type"]:
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        return "\n".join(str(cell) for row in sheet.values for cell in row)
    return html.unescape(content.decode())


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_names_nothing_that_is_hidden(eventful, client_of, report):
    for role in ("editor", "translator", "administrator"):
        client = client_of(role)
        responses = [
            client.get(reverse(report + end), query)
            for end in ("", "_results")
            for query in ({}, {"export": "csv"}, {"export": "xlsx"})
        ]
        told = "".join(
            text_of_report(response) for response in responses if not is_refused(response)
        )
        assert told or role != "administrator"
        for name in eventful.hidden_from(role):
            assert eventful[name].title not in told
            assert f"/admin/pages/{eventful[name].pk}/" not in told


def test_the_report_of_types_names_the_last_page_that_one_may_see(site, client_of):
    address = reverse("wagtailadmin_reports:page_types_usage")
    Page.objects.filter(pk=site["public_vi"].pk).update(latest_revision_created_at=None)
    for role, name in [("translator", "private_en"), ("editor", "private_vi")]:
        site[name].save_revision()
        hidden = site["draft_vi"] if role == "translator" else site["draft_en"]
        Page.objects.filter(pk=hidden.pk).first().specific.save_revision()
        response = client_of(role).get(address)
        assert TITLES[name] in text_of_response(response)
        assert hidden.title not in text_of_response(response)


@pytest.mark.parametrize("role", ["translator", "editor"])
def test_the_report_of_types_tells_the_published_title(site, client_of, role):
    site["public_vi"].specific.save_revision()
    Page.objects.exclude(pk=site["public_vi"].pk).update(latest_revision_created_at=None)
    Page.objects.filter(pk=site["public_vi"].pk).update(draft_title=NEW_TITLE)
    response = client_of(role).get(reverse("wagtailadmin_reports:page_types_usage"))
    assert (NEW_TITLE in text_of_response(response)) == (role == "editor")
    assert (TITLES["public_vi"] in text_of_response(response)) == (role == "translator")


def test_the_report_of_types_keeps_its_filters(site, client_of):
    address = reverse("wagtailadmin_reports:page_types_usage")
    site["draft_vi"].save_revision()
    response = client_of("administrator").get(address, {"page_locale": "en"})
    assert TITLES["draft_vi"] not in text_of_response(response)
    assert TITLES["public_en"] in text_of_response(response)


@pytest.mark.parametrize("role", ROLES)
def test_the_usage_of_a_picture_and_of_a_topic_names_what_one_may_see(
    site, client_of, section, english_section, role, vietnamese
):
    picture, topic = PictureFactory(), TopicFactory()
    for page in site.pages.values():
        article = page.specific
        if hasattr(article, "chosen_picture"):
            article.chosen_picture = picture
            article.save()
            ReferenceIndex.create_or_update_for_object(article)
    addresses = [
        reverse("wagtailimages:image_usage", args=[picture.pk]),
        reverse("wagtailsnippets_news_topic:usage", args=[topic.pk]),
        reverse("wagtailadmin_pages:usage", args=[section.pk]),
    ]
    for address in addresses:
        response = client_of(role).get(address, {"describe_on_delete": 1})
        for name in site.hidden_from(role):
            assert not names_page(response, site[name])
    if role == "administrator":
        response = client_of(role).get(addresses[0])
        assert names_page(response, site["private_vi"])


@pytest.mark.parametrize("kind", ["edited", "handed on", "locked"])
def test_the_first_page_forgets_what_one_may_no_longer_see(site, client_of, translator, kind):
    page = site["draft_vi"].specific
    if kind == "edited":
        PageLogEntry.objects.log_action(page, "wagtail.edit", user=translator)
    elif kind == "handed on":
        page.get_workflow().start(page, translator)
    else:
        page.locked, page.locked_by, page.locked_at = True, translator, timezone.now()
        page.save()
    client = client_of("translator")
    assert not names_page(client.get(reverse("wagtailadmin_home")), page)
    translator.groups.set(Group.objects.filter(name="Editors"))
    assert names_page(client.get(reverse("wagtailadmin_home")), page)


def test_redirects_name_their_aim_to_who_may_see_it(site, client_of, translator):
    Redirect.objects.create(old_path="/cu", redirect_page=site["private_vi"])
    permissions = Permission.objects.filter(content_type__app_label="wagtailredirects")
    translator.groups.get().permissions.add(*permissions)
    for role in ("translator", "administrator"):
        response = client_of(role).get(reverse("wagtailredirects:index"))
        assert "/cu" in text_of_response(response)
        assert names_page(response, site["private_vi"]) == (role == "administrator")


@pytest.mark.parametrize("role", ROLES)
def test_snippets_are_listed_to_those_who_have_to_do_with_them(client_of, role, site):
    TopicFactory(name="Chủ đề mật", live=False)
    address = reverse("wagtail_localize:snippets_api_listing", args=["visitors", "visitorcounter"])
    response = client_of(role).get(address)
    assert is_refused(response) == (role in ("editor", "translator"))


def test_a_password_or_a_group_opens_no_report_of_translations(client_of):
    for role, refused in [("editor", True), ("translator", True), ("moderator", False)]:
        response = client_of(role).get(reverse("wagtail_localize:translations_report"))
        assert is_refused(response) == refused


@pytest.mark.parametrize("role", ["editor", "translator"])
def test_the_first_page_tells_of_nothing_hidden(eventful, client_of, role, section):
    ArticleFactory(parent=section)
    response = client_of(role).get(reverse("wagtailadmin_home"))
    for name in eventful.hidden_from(role):
        assert not names_page(response, eventful[name])

"""Tests that pages made from a private page stay private when the link to it is cut."""

from contextlib import suppress

import pytest
from wagtail.models import Page, PageViewRestriction

from tests.factories import ArticleFactory, SectionFactory, publish_english_translation
from tests.privacy import asks_for_password, restrict

API = "/admin/api/main/pages"


def reader_needs_password(client, page):
    """Return whether an anonymous reader gets the password form instead of the page."""
    client.logout()
    response = client.get(Page.objects.get(pk=page.pk).get_url())
    assert response.status_code in (200, 403)
    return asks_for_password(response)


@pytest.fixture
def elsewhere(home):
    """A public section."""
    return SectionFactory(parent=home, title="Chỗ khác")


@pytest.fixture
def original(section):
    """A public article."""
    return ArticleFactory(parent=section, title="Câu chuyện")


def restrict_article(original):
    """Restrict the article itself."""
    return restrict(original, "password")


def restrict_section(original):
    """Restrict the section above the article."""
    return restrict(original.get_parent(), "password")


restrictions = pytest.mark.parametrize("restrict_source", [restrict_article, restrict_section])


# Aliases that become pages


def convert_by_form(client, alias):
    """Convert an alias in the admin."""
    return client.post(f"/admin/pages/{alias.pk}/convert_alias/")


def convert_by_api(client, alias):
    """Convert an alias through the admin's API."""
    return client.post(f"{API}/{alias.pk}/action/convert_alias/", content_type="application/json")


conversions = pytest.mark.parametrize("convert", [convert_by_form, convert_by_api])


@restrictions
@conversions
def test_a_converted_alias_of_a_private_page_asks_for_the_password(
    client, administrator, original, elsewhere, restrict_source, convert
):
    restriction = restrict_source(original)
    alias = original.create_alias(parent=elsewhere, update_slug="ban-sao")
    client.force_login(administrator)
    convert(client, alias)
    alias.refresh_from_db()
    assert alias.alias_of_id is None
    assert reader_needs_password(client, alias)
    restriction.delete()
    assert reader_needs_password(client, alias)


@conversions
def test_a_converted_alias_keeps_to_groups_what_was_for_groups(
    client, administrator, editor, original, elsewhere, convert
):
    restrict(original, "groups", *editor.groups.all())
    alias = original.create_alias(parent=elsewhere, update_slug="ban-sao")
    client.force_login(administrator)
    convert(client, alias)
    kept = alias.view_restrictions.get()
    assert kept.restriction_type == "groups"
    assert list(kept.groups.all()) == list(editor.groups.all())


@conversions
def test_a_converted_alias_gets_nothing_that_bears_on_it_anyway(
    client, administrator, original, section, convert
):
    restriction = restrict(section, "password")
    alias = original.create_alias(parent=section, update_slug="ban-sao")
    client.force_login(administrator)
    convert(client, alias)
    assert reader_needs_password(client, alias)
    restriction.delete()
    assert not reader_needs_password(client, alias)


@conversions
def test_who_may_not_publish_converts_no_published_alias(
    client, editor, original, elsewhere, convert
):
    alias = original.create_alias(parent=elsewhere, update_slug="ban-sao")
    client.force_login(editor)
    assert convert(client, alias).status_code in (302, 403)
    alias.refresh_from_db()
    assert alias.alias_of_id == original.pk


@conversions
def test_who_may_publish_converts_a_published_alias(
    client, moderator, original, elsewhere, convert
):
    alias = original.create_alias(parent=elsewhere, update_slug="ban-sao")
    client.force_login(moderator)
    convert(client, alias)
    alias.refresh_from_db()
    assert alias.alias_of_id is None


def offers_conversion(client, user, alias):
    """Return whether the form of `alias` shows the button for conversion to `user`."""
    client.force_login(user)
    html = client.get(f"/admin/pages/{alias.pk}/edit/").content.decode()
    assert f"/admin/pages/{alias.alias_of_id}/edit/" in html
    return f"/admin/pages/{alias.pk}/convert_alias/" in html


def test_the_button_to_convert_is_shown_to_those_who_may_convert(
    client, editor, moderator, original, elsewhere
):
    alias = original.create_alias(parent=elsewhere, update_slug="ban-sao")
    assert not offers_conversion(client, editor, alias)
    assert offers_conversion(client, moderator, alias)
    original.unpublish()
    assert offers_conversion(client, editor, alias)


@conversions
def test_who_may_edit_converts_an_alias_that_nobody_reads(
    client, editor, original, elsewhere, convert
):
    original.unpublish()
    alias = original.create_alias(parent=elsewhere, update_slug="ban-sao")
    client.force_login(editor)
    convert(client, alias)
    alias.refresh_from_db()
    assert alias.alias_of_id is None


# Copies


def copy_by_form(client, page, parent, *, alias=False, recursive=False):
    """Copy a page in the admin and publish the copy."""
    fields = {"new_title": "Bản sao", "new_slug": "ban-sao", "new_parent_page": parent.pk}
    fields |= {"publish_copies": "on"} | ({"alias": "on"} if alias else {})
    fields |= {"copy_subpages": "on"} if recursive else {}
    client.post(f"/admin/pages/{page.pk}/copy/", fields)
    return Page.objects.child_of(parent).get(slug="ban-sao")


def copy_by_api(client, page, parent, *, alias=False, recursive=False):
    """Copy a page through the admin's API, which publishes the copy."""
    slug = {"update_slug": "ban-sao"} if alias else {"slug": "ban-sao"}
    action = "create_alias" if alias else "copy"
    client.post(
        f"{API}/{page.pk}/action/{action}/",
        {"destination_page_id": parent.pk, "recursive": recursive, **slug},
        content_type="application/json",
    )
    return Page.objects.child_of(parent).get(slug="ban-sao")


def copy_by_program(client, page, parent, *, alias=False, recursive=False):
    """Copy a page in Python code."""
    if alias:
        return page.create_alias(parent=parent, update_slug="ban-sao", recursive=recursive)
    attributes = {"slug": "ban-sao"}
    return page.copy(to=parent, recursive=recursive, update_attrs=attributes)


copies = pytest.mark.parametrize("copy", [copy_by_form, copy_by_api, copy_by_program])


def named(page):
    """Return the page itself."""
    return page


def translated(page):
    """Return a translation of the page, below an English section without an original."""
    story = publish_english_translation(page, "Story")
    section = story.get_parent()
    elsewhere = SectionFactory(parent=section.get_parent(), title="Elsewhere", locale=story.locale)
    story.move(elsewhere, pos="last-child")
    return Page.objects.get(pk=story.pk).specific


def aliased(page):
    """Return an alias of the page, below a public section."""
    elsewhere = SectionFactory(parent=page.get_parent().get_parent(), title="Nơi nữa")
    return page.create_alias(parent=elsewhere, update_slug="bi-danh")


@copies
@restrictions
@pytest.mark.parametrize("make", [named, translated, aliased])
def test_a_copy_of_what_is_private_asks_for_the_password_once(
    client, administrator, original, elsewhere, english_section, make, restrict_source, copy
):
    source = make(original)
    restriction = restrict_source(original)
    client.force_login(administrator)
    parent = source.get_parent() if make is translated else elsewhere
    copied = copy(client, source, parent)
    assert copied.live
    assert reader_needs_password(client, copied)
    assert copied.view_restrictions.count() == 1
    restriction.delete()
    assert reader_needs_password(client, copied)


@copies
def test_a_copy_below_another_restriction_keeps_its_own(
    client, administrator, original, elsewhere, copy
):
    restrict(original, "password")
    restrict(elsewhere, "login")
    client.force_login(administrator)
    copied = copy(client, original, elsewhere)
    assert copied.view_restrictions.get().restriction_type == "password"


@copies
def test_a_copy_of_a_section_keeps_private_what_is_private_in_it(
    client, administrator, home, original, section, copy
):
    restrict(original, "password")
    client.force_login(administrator)
    copied = copy(client, section, home, recursive=True)
    assert not reader_needs_password(client, copied)
    assert reader_needs_password(client, copied.get_children().get(title="Câu chuyện"))


@copies
def test_a_copy_of_what_is_public_is_public(client, administrator, original, elsewhere, copy):
    client.force_login(administrator)
    assert not reader_needs_password(client, copy(client, original, elsewhere))


@copies
def test_an_alias_is_public_again_with_its_source(client, administrator, original, elsewhere, copy):
    restriction = restrict(original, "password")
    client.force_login(administrator)
    alias = copy(client, original, elsewhere, alias=True)
    assert reader_needs_password(client, alias)
    restriction.delete()
    assert not reader_needs_password(client, alias)


@pytest.mark.parametrize("copy", [copy_by_form, copy_by_api])
def test_a_copy_is_never_published_without_its_restriction(
    client, administrator, original, elsewhere, copy, monkeypatch
):
    """If copying fails after the copy is saved, the copy is private or does not exist."""
    restrict(original, "password")
    client.force_login(administrator)
    client.raise_request_exception = False

    def fail(*args, **kwargs):
        raise OSError

    monkeypatch.setattr("wagtail.actions.copy_page.page_published.send", fail)
    with suppress(Page.DoesNotExist):
        assert reader_needs_password(client, copy(client, original, elsewhere))


# Deleted originals and sources


def delete_by_form(client, page):
    """Unpublish a page and delete it in the admin."""
    client.post(f"/admin/pages/{page.pk}/unpublish/")
    client.post(f"/admin/pages/{page.pk}/delete/")


def delete_by_bulk_action(client, page):
    """Unpublish a page and delete it with the bulk action."""
    client.post(f"/admin/pages/{page.pk}/unpublish/")
    client.post(f"/admin/bulk/wagtailcore/page/delete/?id={page.pk}", {"next": "/admin/"})


def delete_by_api(client, page):
    """Unpublish a page and delete it through the admin's API."""
    for action in ("unpublish", "delete"):
        client.post(f"{API}/{page.pk}/action/{action}/", content_type="application/json")


deletions = pytest.mark.parametrize(
    "delete", [delete_by_form, delete_by_bulk_action, delete_by_api]
)


def publish_again(page):
    """Publish a page that was unpublished together with another page."""
    page = Page.objects.get(pk=page.pk).specific
    if not page.live:
        page.live = True
        page.save()


@deletions
@restrictions
@pytest.mark.parametrize("make", [translated, aliased])
def test_what_was_made_of_a_private_page_stays_private_when_that_is_deleted(
    client, administrator, original, make, restrict_source, delete
):
    made = make(original)
    restriction = restrict_source(original)
    client.force_login(administrator)
    delete(client, original)
    assert not Page.objects.filter(pk=original.pk).exists()
    publish_again(made)
    assert reader_needs_password(client, made)
    if restrict_source is restrict_article:
        assert made.view_restrictions.count() == 1
    else:
        restriction.delete()
        assert reader_needs_password(client, made)


def test_what_bears_on_a_translation_anyway_is_not_given_to_it(
    client, section, original, english_section
):
    """A translation gets no copy of a restriction that still applies to it.

    The English section is a translation of the Vietnamese section.
    """
    story = publish_english_translation(original, "Story")
    restriction = restrict(section, "password")
    Page.objects.get(pk=original.pk).delete()
    publish_again(story)
    assert reader_needs_password(client, story)
    restriction.delete()
    assert not reader_needs_password(client, story)


def test_a_deleted_tree_leaves_private_what_was_made_of_pages_in_it(client, home, elsewhere):
    """Pages outside a deleted tree stay private if a page in the tree made them private.

    Here the tree contains the alias that made another page private.
    """
    closed = SectionFactory(parent=home, title="Nội bộ")
    article = ArticleFactory(parent=closed, title="Kín")
    inner = article.create_alias(parent=closed, update_slug="trong")
    outer = inner.create_alias(parent=elsewhere, update_slug="ngoai")
    restrict(closed, "password")
    Page.objects.get(pk=closed.pk).delete()
    publish_again(outer)
    assert reader_needs_password(client, outer)
    assert PageViewRestriction.objects.get().page_id == outer.pk


def test_what_was_made_of_a_deleted_public_page_stays_public(client, original, elsewhere):
    alias = original.create_alias(parent=elsewhere, update_slug="ban-sao")
    story = translated(original)
    Page.objects.get(pk=original.pk).delete()
    for page in (alias, story):
        publish_again(page)
        assert not reader_needs_password(client, page)

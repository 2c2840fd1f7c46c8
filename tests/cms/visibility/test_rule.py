"""Tests of which users may see a page: its readers and users with a permission on or above it."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext
from wagtail.models import GroupPagePermission, Page, PageViewRestriction

from cms.visibility import browsable_by, may_see, visible_title, visible_to
from tests.cms.visibility.conftest import NEW_TITLE, TITLES
from tests.factories import ArticleFactory, SectionFactory, member_of
from tests.privacy import restrict

ROLES = ["editor", "translator", "moderator", "administrator"]


@pytest.mark.parametrize("role", ROLES)
def test_each_role_sees_what_it_may_and_nothing_else(request, site, role):
    user = request.getfixturevalue(role)
    pages = Page.objects.filter(pk__in=[page.pk for page in site.pages.values()])
    seen = {page.pk for page in visible_to(user, pages)}
    assert seen == {site[name].pk for name in site.seen_by(role)}
    for page in pages:
        assert may_see(user, page) == (page.pk in seen)


def test_a_superuser_sees_everything_and_who_was_disabled_nothing(site, django_user_model):
    superuser = django_user_model.objects.create_superuser("root")
    assert visible_to(superuser).count() == Page.objects.count()
    superuser.is_active = False
    assert not visible_to(superuser).exists()
    assert not may_see(superuser, site["public_vi"])


def test_who_is_in_the_groups_of_a_private_page_sees_it(site, translator):
    restriction = restrict(site["public_vi"], "groups")
    assert not may_see(translator, site["public_vi"])
    restriction.groups.add(translator.groups.get())
    assert may_see(translator, site["public_vi"])


def test_whoever_is_signed_in_sees_a_page_for_those_who_are(site, translator):
    restrict(site["public_vi"], "login")
    assert may_see(translator, site["public_vi"])


def test_where_nothing_is_closed_to_the_user_no_page_is_followed(site, translator):
    PageViewRestriction.objects.exclude(page=site["private_en"]).delete()
    site["private_en"].view_restrictions.update(restriction_type=PageViewRestriction.LOGIN)
    for pages in (visible_to(translator), browsable_by(translator, Page.objects.all())):
        assert "RECURSIVE" not in str(pages.query)
        assert site["private_vi"].pk in pages.values_list("pk", flat=True)
        assert site["draft_vi"].pk not in pages.values_list("pk", flat=True)


def test_one_closed_door_is_enough(site, translator):
    """A user must meet all restrictions.

    A restriction that the user meets does not help if the user does not meet one above it.
    """
    restrict(site["below_private"], "login")
    assert not may_see(translator, site["below_private"])


def test_an_alias_of_a_private_page_is_as_private(site, section, translator):
    alias = site["private_vi"].create_alias(parent=section, update_slug="ban-sao")
    assert not may_see(translator, alias)


def right_on(page, codename="change_page"):
    """Return a user whose only permission is on `page`."""
    group = Group.objects.create(name=f"Nhóm {page.pk}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    permission = Permission.objects.get(
        codename=codename, content_type=ContentType.objects.get_for_model(Page)
    )
    GroupPagePermission.objects.create(group=group, page=page, permission=permission)
    return member_of(group.name)


@pytest.mark.parametrize("codename", ["add_page", "lock_page", "publish_page"])
def test_any_right_on_a_page_shows_it_and_what_is_below_and_no_more(site, codename):
    user = right_on(site["private_section"], codename)
    assert may_see(user, site["private_section"])
    assert may_see(user, site["below_private"])
    assert not may_see(user, site["draft_vi"])


def test_the_way_to_a_right_may_be_walked_and_tells_no_more(site, section):
    hidden = SectionFactory(parent=section, title="Mục đang dựng", live=False)
    beside = ArticleFactory(parent=hidden, title="Bên cạnh", live=False)
    mine = ArticleFactory(parent=hidden, title="Của tôi", live=False)
    other = SectionFactory(parent=section, title="Mục khác", live=False)
    user = right_on(mine)
    GroupPagePermission.objects.create(
        group=user.groups.get(),
        page=site["public_en"],
        permission=Permission.objects.get(codename="change_page"),
    )
    walked = browsable_by(user, Page.objects.all())
    assert hidden in [page.specific for page in walked]
    assert not walked.filter(pk__in=[beside.pk, other.pk]).exists()
    assert not may_see(user, hidden)


def test_the_title_of_a_draft_stays_with_those_who_have_a_right(site, editor, translator):
    assert visible_title(editor, site["public_vi"]) == NEW_TITLE
    page = Page.objects.get(pk=site["public_vi"].pk)
    assert visible_title(translator, page) == TITLES["public_vi"]
    assert visible_title(translator, site["draft_vi"]) == gettext("A page you may not see")


def test_nobody_sees_nothing(site):
    assert not visible_to(AnonymousUser()).exists()


def test_what_one_may_see_is_asked_in_one_query(site, translator):
    """The visible pages are found in one query.

    Whether any restriction keeps the user out is queried once per request.
    """
    may_see(translator, site["public_vi"])
    with CaptureQueriesContext(connection) as queries:
        list(visible_to(translator))
    assert len(queries) == 1
    with CaptureQueriesContext(connection) as queries:
        assert may_see(translator, site["draft_en"])
    assert not queries.captured_queries

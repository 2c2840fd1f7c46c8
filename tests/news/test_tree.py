"""Tests of the allowed parents and children of each type of page."""

from wagtail.models import Page

from home.models import HomePage, PlainPage
from news.models import ArticlePage, NewsIndexPage


def test_articles_stand_in_sections_and_nowhere_else():
    assert ArticlePage.allowed_parent_page_models() == [NewsIndexPage]


def test_nothing_stands_below_an_article():
    assert ArticlePage.allowed_subpage_models() == []


def test_sections_stand_below_a_home_page_and_nowhere_else():
    assert NewsIndexPage.allowed_parent_page_models() == [HomePage]


def test_a_section_holds_articles_and_nothing_else():
    assert NewsIndexPage.allowed_subpage_models() == [ArticlePage]


def test_the_editor_is_offered_what_fits(home, section):
    assert ArticlePage.can_create_at(section)
    assert NewsIndexPage.can_create_at(home)
    assert not ArticlePage.can_create_at(home)
    assert not NewsIndexPage.can_create_at(section)
    assert not NewsIndexPage.can_create_at(Page.objects.get(depth=1))
    assert not PlainPage.can_create_at(section)
    assert not Page.can_create_at(section)

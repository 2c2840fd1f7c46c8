"""Tests of how the database's work for a page grows with the archive, in steps and not in time."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from news.models import NewsIndexPage
from tests.article_copies import multiply
from tests.factories import ArticleFactory, SectionFactory, publish_english_translation
from tests.rendered_pages import read

# Enough articles to reveal a page that compares each article with every other one.
ARTICLES = 800

# The maximum of steps for each article. Comparing it with every other article takes thousands.
STEPS_AN_ARTICLE = 200

# The same maximum if there is a private page. The pages that can make an article private are then
# looked up by key.
STEPS_A_PRIVATE_ARTICLE = 1500

# SQLite reports its instructions in steps of one hundred.
STEP = 100


def work(client, address):
    """Return the amount of work of the database to serve `address`."""
    read(client, address)
    count = instructions_of_sqlite if connection.vendor == "sqlite" else rows_of_postgresql
    return count(client, address)


def instructions_of_sqlite(client, address):
    """Return the number of instructions that SQLite's virtual machine runs."""
    seen = []
    connection.connection.set_progress_handler(lambda: seen.append(STEP), STEP)
    try:
        client.get(address)
    finally:
        connection.connection.set_progress_handler(None, 0)
    return sum(seen)


def rows_of_postgresql(client, address):
    """Return the number of rows that pass through all steps of PostgreSQL's query plans."""
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    total = 0
    with connection.cursor() as cursor:
        for query in queries.captured_queries:
            cursor.execute("EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) " + query["sql"])
            [[plan]] = cursor.fetchall()
            total += rows_of_plan((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"])
    return total


def rows_of_plan(plan):
    """Return the number of rows that a step of a plan and the steps below it handle."""
    rows = plan["Actual Rows"]
    rows += plan.get("Rows Removed by Filter", 0) + plan.get("Rows Removed by Join Filter", 0)
    return rows * plan["Actual Loops"] + sum(rows_of_plan(below) for below in plan.get("Plans", []))


@pytest.mark.parametrize("address", ["/en/", "/en/news/", "/sitemap-pages.xml"])
def test_no_list_of_translations_looks_through_all_pages_for_a_private_one(client, home, address):
    """The privacy check of a page reads its original and its ancestors, but no other pages."""
    section = NewsIndexPage.objects.get(locale=home.locale)
    article = ArticleFactory(parent=section, title="Tin")
    multiply(publish_english_translation(article, "Story"), ARTICLES - 1)
    closed = SectionFactory(parent=home, title="Kín")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    assert work(client, address) <= STEPS_A_PRIVATE_ARTICLE * ARTICLES


def test_pages_are_counted_for_the_map_without_asking_whether_each_is_private(client, section):
    multiply(ArticleFactory(parent=section, title="Tin"), ARTICLES - 1)
    closed = SectionFactory(parent=section.get_parent(), title="Kín")
    before = work(client, "/sitemap.xml")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    assert work(client, "/sitemap.xml") == before


@pytest.mark.parametrize("address", ["/", "/tin-tuc/", "/tin-tuc/?page=30", "/tin-tuc/tin/"])
def test_no_page_compares_each_article_with_every_other_one(client, section, address):
    multiply(ArticleFactory(parent=section, title="Tin"), ARTICLES - 1)
    assert work(client, address) <= STEPS_AN_ARTICLE * ARTICLES

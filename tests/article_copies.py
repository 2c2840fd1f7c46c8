"""Fast creation of an archive of any size.

The page tree's own methods need 20 ms for each article.
"""

import uuid
from datetime import timedelta

from django.db import connection
from wagtail.models import Page

from news.models import ArticlePage
from tests.databases import analyze


def multiply(article, amount):
    """Add `amount` copies of `article` to its section, each an hour older than the previous one.

    The copies are rows, inserted directly into the two tables of an article. Readers see the same
    as they would see of articles that were created one by one.
    """
    section = article.get_parent()
    existing = section.numchild
    copies = []
    for number in range(existing + 1, existing + amount + 1):
        copy = Page.objects.get(pk=article.pk) if not copies else _copy_of(copies[0])
        copy.pk = copy.id = None
        copy.title = copy.draft_title = f"{article.title} {number}"
        copy.slug = f"{article.slug}-{number}"
        copy.url_path = f"{section.url_path}{copy.slug}/"
        copy.path = Page._get_path(section.path, section.depth + 1, number)
        copy.translation_key = uuid.uuid4()
        copies.append(copy)
    Page.objects.bulk_create(copies, batch_size=200)
    Page.objects.filter(pk=section.pk).update(numchild=existing + amount)
    _copy_own_row(article, section)
    rows = list(ArticlePage.objects.child_of(section).exclude(pk=article.pk).order_by("path"))
    for age, row in enumerate(rows[-amount:], start=1):
        row.published_at = article.published_at - timedelta(hours=age)
    ArticlePage.objects.bulk_update(rows[-amount:], ["published_at"], batch_size=200)
    analyze(Page, ArticlePage)


def _copy_of(page):
    """Return a new instance with the values of `page`."""
    return Page(**{field.attname: getattr(page, field.attname) for field in Page._meta.fields})


def _copy_own_row(article, section):
    """Insert the row of `ArticlePage` for each page of the section that lacks this row."""
    quote = connection.ops.quote_name
    own, page = quote(ArticlePage._meta.db_table), quote(Page._meta.db_table)
    key = quote(ArticlePage._meta.pk.column)
    columns = ", ".join(
        quote(field.column)
        for field in ArticlePage._meta.local_concrete_fields
        if not field.primary_key
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {own} ({key}, {columns}) "  # noqa: S608 - names of our own tables
            f"SELECT {page}.id, {', '.join(f'model.{name}' for name in columns.split(', '))} "
            f"FROM {page} JOIN {own} AS model ON model.{key} = %s "
            f"WHERE {page}.path LIKE %s AND {page}.depth = %s "
            f"AND {page}.id NOT IN (SELECT {key} FROM {own})",
            [article.pk, f"{section.path}%", section.depth + 1],
        )

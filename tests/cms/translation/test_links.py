"""Links and chosen pages on a translated page lead to a translation, if there is one."""

import pytest
from wagtail.rich_text import RichText
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object

from tests.factories import ArticleFactory, publish_english_translation
from tests.rendered_pages import read

TO_PAGE = '<a linktype="page" id="{}">{}</a>'


@pytest.fixture
def linked_articles(section):
    """The linked articles: one published in English, one draft in English, one only Vietnamese."""
    articles = [ArticleFactory(parent=section, title=title) for title in ("Một", "Hai", "Ba")]
    publish_english_translation(articles[0], "One")
    publish_english_translation(articles[1], "Two").unpublish()
    return articles


@pytest.fixture
def article(section, linked_articles):
    """An article that links to them in a paragraph, in a callout and as related articles."""
    links = "".join(f"<p>{TO_PAGE.format(page.pk, page.title)}</p>" for page in linked_articles)
    return ArticleFactory(
        parent=section,
        title="Tin",
        body=[
            ("paragraph", RichText(links)),
            ("callout", {"kind": "note", "title": "", "text": RichText(links)}),
            ("related", {"title": "", "pages": linked_articles}),
        ],
    )


@pytest.fixture
def english_article(article, english, django_capture_on_commit_callbacks):
    """The English page of the article, translated and published."""
    with django_capture_on_commit_callbacks(execute=True):
        translate_object(article, [english])
        translation = Translation.objects.get(source__object_id=article.translation_key)
        po = translation.export_po()
        for entry in po:
            entry.msgstr = {"Tin": "Item", "tin": "item"}.get(entry.msgid, entry.msgid)
        translation.import_po(po)
        translation.save_target(publish=True)
    return translation.get_target_instance()


def leads_to(client, page, block):
    """Return the URLs of the links in a kind of block."""
    return [link["href"] for link in read(client, page.url).select(f".body {block} a")]


@pytest.mark.parametrize("block", ["> p", ".callout"])
def test_links_in_texts_lead_to_the_published_translation(client, article, english_article, block):
    vietnamese = ["/tin-tuc/mot/", "/tin-tuc/hai/", "/tin-tuc/ba/"]
    assert leads_to(client, article, block) == vietnamese
    assert leads_to(client, english_article, block) == ["/en/news/one/", *vietnamese[1:]]


def test_related_articles_are_those_that_readers_of_the_language_can_read(
    client, article, english_article
):
    assert leads_to(client, article, ".related") == [
        "/tin-tuc/mot/",
        "/tin-tuc/hai/",
        "/tin-tuc/ba/",
    ]
    assert leads_to(client, english_article, ".related") == ["/en/news/one/"]

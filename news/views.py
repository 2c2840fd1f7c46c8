"""Addresses of the news that are no pages of the tree."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import get_language

from news.models import ArticlePage, Topic
from news.models.section import ARTICLES_A_PAGE
from news.pagination import ListingPage, NoSuchPageError
from news.querysets import listing


def topic(request, slug):
    """Show the articles of a topic, newest first."""
    topics = Topic.objects.published().filter(locale__language_code=get_language())
    shown = get_object_or_404(topics, slug=slug)
    articles = ArticlePage.objects.about(shown).published().newest_first().for_listing()
    try:
        page = ListingPage(articles, request.GET.get("page", "1"), ARTICLES_A_PAGE)
    except NoSuchPageError as error:
        raise Http404 from error
    context = {"topic": shown, "articles": listing(page.items), "pagination": page}
    return TemplateResponse(request, "news/topic.html", context)

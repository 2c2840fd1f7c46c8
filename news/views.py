"""Addresses of the news that are no pages of the tree."""

from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import get_language

from news.models import ArticlePage, Topic
from news.models.section import ARTICLES_A_PAGE
from news.pagination import ListingPage, NoSuchPageError
from news.querysets import listing
from news.search import RESULTS_A_PAGE, pages_found, results


def search(request):
    """Show what is found for `?q=`, a page at a time."""
    query = request.GET.get("q", "").strip()
    pages = pages_found(query, get_language())
    listing_page = page_of(pages, request, RESULTS_A_PAGE)
    context = {
        "query": query,
        "results": results(listing_page.items, query),
        "pagination": listing_page,
        "pagination_query": urlencode({"q": query}),
    }
    return TemplateResponse(request, "news/search.html", context)


def topic(request, slug):
    """Show the articles of a topic, newest first."""
    topics = Topic.objects.published().filter(locale__language_code=get_language())
    shown = get_object_or_404(topics, slug=slug)
    articles = ArticlePage.objects.about(shown).published().newest_first().for_listing()
    page = page_of(articles, request, ARTICLES_A_PAGE)
    context = {"topic": shown, "articles": listing(page.items), "pagination": page}
    return TemplateResponse(request, "news/topic.html", context)


def page_of(queryset, request, size):
    """Return the page of `queryset` that `?page=` asks for; 404 where there is none."""
    try:
        return ListingPage(queryset, request.GET.get("page", "1"), size)
    except NoSuchPageError as error:
        raise Http404 from error

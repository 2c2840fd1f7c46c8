"""Addresses of the news that are no pages of the tree."""

from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.views.decorators.http import conditional_page

from news.feeds import SiteFeed, TopicFeed
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
    shown = topic_at(slug)
    articles = ArticlePage.objects.about(shown).published().newest_first().for_listing()
    page = page_of(articles, request, ARTICLES_A_PAGE)
    context = {"topic": shown, "articles": listing(page.items), "pagination": page}
    return TemplateResponse(request, "news/topic.html", context)


@conditional_page
def feed(request):
    """Answer with the newest articles of the language of the address."""
    articles = ArticlePage.objects.filter(locale__language_code=get_language())
    return SiteFeed(articles)(request)


@conditional_page
def topic_feed(request, slug):
    """Answer with the newest articles of a topic."""
    shown = topic_at(slug)
    return TopicFeed(ArticlePage.objects.about(shown))(request, topic=shown)


def topic_at(slug):
    """Return the topic of this address in the active language; 404 where there is none."""
    topics = Topic.objects.published().filter(locale__language_code=get_language())
    return get_object_or_404(topics, slug=slug)


def page_of(queryset, request, size):
    """Return the page of `queryset` that `?page=` asks for; 404 where there is none."""
    try:
        return ListingPage(queryset, request.GET.get("page", "1"), size)
    except NoSuchPageError as error:
        raise Http404 from error

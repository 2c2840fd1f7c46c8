"""Views of the news that are not pages of the tree."""

from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.views.decorators.http import conditional_page
from wagtail.models import Page

from news.feeds import SiteFeed, TopicFeed
from news.models import ArticlePage, Topic
from news.models.section import ARTICLES_PER_PAGE
from news.pagination import InvalidPageError, ListingPage
from news.querysets import listing
from news.search import RESULTS_PER_PAGE, search_pages, search_results


def search(request: HttpRequest) -> TemplateResponse:
    """Show the search results for `?q=`, one page at a time."""
    query = request.GET.get("q", "").strip()
    pages = search_pages(query, get_language())
    listing_page = get_listing_page_or_404(pages, request, RESULTS_PER_PAGE)
    context = {
        "query": query,
        "results": search_results(listing_page.items, query),
        "pagination": listing_page,
        "pagination_query": urlencode({"q": query}),
    }
    return TemplateResponse(request, "news/search.html", context)


def topic(request: HttpRequest, slug: str) -> TemplateResponse:
    """Show the articles of a topic, newest first."""
    listed_topic = get_topic_or_404(slug)
    articles = ArticlePage.objects.with_topic(listed_topic).published().newest_first().for_listing()
    page = get_listing_page_or_404(articles, request, ARTICLES_PER_PAGE)
    context = {"topic": listed_topic, "articles": listing(page.items), "pagination": page}
    return TemplateResponse(request, "news/topic.html", context)


@conditional_page
def feed(request: HttpRequest) -> HttpResponse:
    """Return a feed of the newest articles in the language of the URL."""
    articles = ArticlePage.objects.filter(locale__language_code=get_language())
    return SiteFeed(articles)(request)


@conditional_page
def topic_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Return a feed of the newest articles of a topic."""
    listed_topic = get_topic_or_404(slug)
    return TopicFeed(ArticlePage.objects.with_topic(listed_topic))(request, topic=listed_topic)


def get_topic_or_404(slug: str) -> Topic:
    """Return the topic with this slug in the active language, or raise `Http404`."""
    topics = Topic.objects.published().filter(locale__language_code=get_language())
    return get_object_or_404(topics, slug=slug)


def get_listing_page_or_404(
    queryset: QuerySet[Page], request: HttpRequest, size: int
) -> ListingPage:
    """Return the page of `queryset` for `?page=`; raise `Http404` if it does not exist."""
    try:
        return ListingPage(queryset, request.GET.get("page", "1"), size)
    except InvalidPageError as error:
        raise Http404 from error

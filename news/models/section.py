"""The model of a section (chuyên mục)."""

from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import conditional_page
from wagtail.admin.panels import FieldPanel
from wagtail.url_routing import RouteResult

from cms.models import PortalPage
from cms.models.slugs import FEED
from news.feeds import SectionFeed
from news.models.article import ArticlePage
from news.pagination import InvalidPageError, ListingPage
from news.querysets import ArticleQuerySet, listing

ARTICLES_PER_PAGE = 12


class NewsIndexPage(PortalPage):
    """A section, which lists its articles, newest first."""

    introduction = models.TextField(
        _("introduction"), blank=True, max_length=1000, help_text=_("What the section is about.")
    )

    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.ArticlePage"]
    page_description = _("A section of news, whose articles it lists.")
    template = "news/section.html"

    content_panels = [*PortalPage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Route `feed/` below the section to the feed of the section."""
        if path_components == [FEED] and self.live:
            return RouteResult(self, kwargs={"feed": True})
        return super().route(request, path_components)

    def serve(
        self, request: HttpRequest, *args: Any, feed: bool = False, **kwargs: Any
    ) -> HttpResponse:
        """Serve the page, or its feed."""
        if feed:
            return conditional_page(SectionFeed(self.articles()))(request, section=self)
        return super().serve(request, *args, **kwargs)

    def articles(self) -> ArticleQuerySet:
        """Return the articles of the section that readers may see, newest first."""
        return ArticlePage.objects.child_of(self).published().newest_first()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the page of articles for `?page=`; raise `Http404` if it does not exist."""
        context = super().get_context(request, *args, **kwargs)
        try:
            page = ListingPage(
                self.articles().for_listing(), request.GET.get("page", "1"), ARTICLES_PER_PAGE
            )
        except InvalidPageError as error:
            raise Http404 from error
        context["articles"] = listing(page.items)
        context["pagination"] = page
        return context

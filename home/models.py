"""The home page and plain pages."""

from typing import Any

from django.db import models
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.models import Orderable
from wagtail.query import PageQuerySet

from cms.images.sizes import LEAD_PICTURE, LISTING_PICTURE
from cms.models import BodyPage, PortalPage, PortalPageForm
from cms.restrictions import without_restricted
from news.models import ArticlePage, NewsIndexPage
from news.querysets import ArticleQuerySet, listing

# The maximum number of lead stories on the home page.
MAX_LEADS = 5

# The number of articles that the home page lists for each section.
ARTICLES_PER_SECTION = 4


class HomePageForm(PortalPageForm):
    """The form of the home page, which accepts only lead stories that its readers can read.

    The story or a translation of it must be in the language of the page.
    """

    def clean(self) -> dict[str, Any]:
        """Reject a lead story that does not exist in the language of the page.

        The error is shown beside that story.
        """
        for form in self.formsets["leads"].forms:
            article = form.cleaned_data.get("article") if form.is_valid() else None
            if article and not article.get_translations(inclusive=True).filter(
                locale=self.instance.locale_id
            ):
                form.add_error("article", _("Choose an article in the language of this page."))
        return super().clean()


class HomePage(PortalPage):
    """The front page: the editors' lead stories, then the newest articles of each section."""

    base_form_class = HomePageForm

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["home.PlainPage", "news.NewsIndexPage"]
    page_description = _("The front page of one language.")

    content_panels = [
        *PortalPage.content_panels,
        InlinePanel(
            "leads",
            label=_("Lead story"),
            heading=_("Lead stories"),
            max_num=MAX_LEADS,
            help_text=_(
                "The first is shown large. Without any, the page starts with the sections."
            ),
        ),
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the lead stories, and the sections that have further articles.

        The renditions of all pictures are fetched together.
        """
        context = super().get_context(request, *args, **kwargs)
        leads = list(self.lead_articles())
        sections = list(self.sections())
        newest = ArticlePage.objects.published().exclude(pk__in=[lead.pk for lead in leads])
        newest = newest.newest_per_section(sections, ARTICLES_PER_SECTION)
        newest = newest.newest_first().for_listing()
        articles = listing([*leads, *newest], LEAD_PICTURE, LISTING_PICTURE)
        context["leads"], rest = articles[: len(leads)], articles[len(leads) :]
        by_section = [
            (section, [article for article in rest if article.path.startswith(section.path)])
            for section in sections
        ]
        context["sections"] = [(section, found) for section, found in by_section if found]
        return context

    def lead_articles(self) -> ArticleQuerySet:
        """Return the lead stories that readers may see, in the editors' order.

        A translated home page shows the original's lead stories, each in its own translation.
        """
        leads = HomePageLead.objects.filter(home=self.pk)
        articles = ArticlePage.objects.published().filter(
            translation_key__in=leads.values("article__translation_key"), locale=self.locale_id
        )
        own_lead = leads.filter(article__translation_key=OuterRef("translation_key"))
        position = Subquery(own_lead.order_by("sort_order").values("sort_order")[:1])
        return articles.annotate(position=position).order_by("position").for_listing()

    def sections(self) -> PageQuerySet:
        """Return the sections that readers may see, in the order of the menu."""
        sections = NewsIndexPage.objects.child_of(self).live()
        return without_restricted(sections).order_by("path")


class HomePageLead(Orderable):
    """A lead story of a home page, with its position."""

    home = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="leads")
    article = models.ForeignKey(
        ArticlePage,
        verbose_name=_("article"),
        on_delete=models.CASCADE,
        related_name="home_leads",
    )

    panels = [PageChooserPanel("article")]

    class Meta(Orderable.Meta):
        verbose_name = _("lead story")
        verbose_name_plural = _("lead stories")

    def __str__(self) -> str:
        return str(self.article)


class PlainPage(BodyPage):
    """A page that is not news, such as "about us" or "contact"."""

    introduction = models.TextField(_("introduction"), blank=True, max_length=1000)

    parent_page_types = ["home.HomePage", "home.PlainPage"]
    subpage_types = ["home.PlainPage"]
    page_description = _("A page that stays: about us, contact.")

    content_panels = [
        *BodyPage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")

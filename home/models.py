"""The home page and plain pages."""

from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.models import Orderable

from cms.images.sizes import LEAD_PICTURE, LISTING_PICTURE
from cms.models import BodyPage, PortalPage, PortalPageForm
from cms.restrictions import without_restricted
from news.models import ArticlePage, NewsIndexPage
from news.querysets import listing

# How many lead stories the home page can carry.
MAX_LEADS = 5

# How many articles the home page names of each section.
NEWEST_OF_SECTION = 4


class HomePageForm(PortalPageForm):
    """The form of the front page, which takes lead stories that its readers can read."""

    def clean(self):
        """Refuse a lead story that there is in other languages alone, beside the story."""
        for form in self.formsets["leads"].forms:
            article = form.cleaned_data.get("article") if form.is_valid() else None
            if article and not article.get_translations(inclusive=True).filter(
                locale=self.instance.locale_id
            ):
                form.add_error("article", _("Choose an article in the language of this page."))
        return super().clean()


class HomePage(PortalPage):
    """The front page: the editors' lead stories, then the newest of each section."""

    base_form_class = HomePageForm

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["home.PlainPage", "news.NewsIndexPage"]
    page_description = _("The front page of one language.")
    template = "home/home.html"

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

    def get_context(self, request, *args, **kwargs):
        """Add the lead stories and the sections that have more, all pictures fetched together."""
        context = super().get_context(request, *args, **kwargs)
        leads = list(self.lead_articles())
        sections = list(self.sections())
        newest = ArticlePage.objects.published().exclude(pk__in=[lead.pk for lead in leads])
        newest = newest.newest_of_each(sections, NEWEST_OF_SECTION).newest_first().for_listing()
        articles = listing([*leads, *newest], LEAD_PICTURE, LISTING_PICTURE)
        context["leads"], rest = articles[: len(leads)], articles[len(leads) :]
        by_section = [
            (section, [article for article in rest if article.path.startswith(section.path)])
            for section in sections
        ]
        context["sections"] = [(section, found) for section, found in by_section if found]
        return context

    def lead_articles(self):
        """Return the lead stories that readers may see, in the editors' order.

        A translated home page has those of the original; each is shown as its twin in the language.
        """
        leads = HomePageLead.objects.filter(home=self.pk)
        articles = ArticlePage.objects.published().filter(
            translation_key__in=leads.values("article__translation_key"), locale=self.locale_id
        )
        own_lead = leads.filter(article__translation_key=OuterRef("translation_key"))
        place = Subquery(own_lead.order_by("sort_order").values("sort_order")[:1])
        return articles.annotate(place=place).order_by("place").for_listing()

    def sections(self):
        """Return the sections that readers may see, in the order of the menu."""
        sections = NewsIndexPage.objects.child_of(self).live()
        return without_restricted(sections).order_by("path")


class HomePageLead(Orderable):
    """A place among the lead stories."""

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

    def __str__(self):
        return str(self.article)


class PlainPage(BodyPage):
    """A page that is no news: about us, contact."""

    introduction = models.TextField(_("introduction"), blank=True, max_length=1000)

    parent_page_types = ["home.HomePage", "home.PlainPage"]
    subpage_types = ["home.PlainPage"]
    page_description = _("A page that stays: about us, contact.")
    template = "home/plain.html"

    content_panels = [
        *BodyPage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")

"""The site frame: the header and footer data of every page."""

from typing import Self

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import TranslatableMixin

from cms.models.text_mixin import NormalisedTextMixin


class SiteFrame(NormalisedTextMixin, TranslatableMixin, models.Model):
    """The names, addresses and licence line in the frame of every page, once per language.

    This is a snippet and not a site setting, because Wagtail's site settings cannot be translated.
    """

    site_name = models.CharField(_("name of the department"), max_length=120)
    governing_body = models.CharField(
        _("governing body"),
        max_length=120,
        blank=True,
        help_text=_("Shown above the name, as the People's Committee of the province."),
    )
    address = models.CharField(_("address"), max_length=200, blank=True)
    telephone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    person_responsible = models.CharField(
        _("person responsible"),
        max_length=200,
        blank=True,
        help_text=_("Name and position of who answers for the content."),
    )
    licence = models.CharField(
        _("licence line"),
        max_length=250,
        blank=True,
        help_text=_("Number, date and issuer of the licence of the portal."),
    )
    visitor_counter = models.ForeignKey(
        "visitors.VisitorCounter",
        verbose_name=_("visitor counter in the footer"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("site_name"), FieldPanel("governing_body")], heading=_("Header")
        ),
        MultiFieldPanel(
            [
                FieldPanel("address"),
                FieldPanel("telephone"),
                FieldPanel("email"),
                FieldPanel("person_responsible"),
                FieldPanel("licence"),
                FieldPanel("visitor_counter"),
            ],
            heading=_("Footer"),
        ),
    ]

    class Meta:
        verbose_name = _("site frame")
        verbose_name_plural = _("site frames")
        constraints = [
            models.UniqueConstraint(
                fields=["locale"],
                name="one_frame_a_language",
                violation_error_message=_("This language has a site frame already."),
            ),
            models.UniqueConstraint(
                fields=["translation_key", "locale"], name="unique_frame_translation"
            ),
        ]

    def __str__(self) -> str:
        return self.site_name

    @classmethod
    def for_active_language(cls) -> Self:
        """Return the frame of the active language with its counter, or an empty frame."""
        frames = cls.objects.select_related("visitor_counter")
        return frames.filter(locale__language_code=get_language()).first() or cls()

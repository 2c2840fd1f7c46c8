"""An official name and its translation."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from cms.models.text_mixin import NormalisedTextMixin
from cms.text.folding import fold
from cms.text.sorting import sort_key
from cms.translation.glossary import key


def translated_languages() -> Q:
    """Return a filter for the locales that have a glossary.

    These are all locales except that of the originals.
    """
    return ~Q(language_code=settings.LANGUAGE_CODE)


class GlossaryTerm(NormalisedTextMixin, index.Indexed, models.Model):
    """A term of the originals with its only translation into a language.

    The search for terms in a text compares `key` (cms/translation/glossary.py).
    """

    source = models.CharField(
        _("term"), max_length=200, help_text=_("As it is written in Vietnamese, in full.")
    )
    locale = models.ForeignKey(
        "wagtailcore.Locale",
        verbose_name=_("language"),
        on_delete=models.CASCADE,
        related_name="+",
        limit_choices_to=translated_languages,
    )
    translation = models.CharField(_("official translation"), max_length=200)
    note = models.CharField(
        _("note"),
        max_length=300,
        blank=True,
        help_text=_("When to use it, or where it is laid down."),
    )
    key = models.TextField(editable=False)
    sort_key = models.TextField(editable=False)

    panels = [
        FieldPanel("source"),
        FieldPanel("locale"),
        FieldPanel("translation"),
        FieldPanel("note"),
    ]
    search_fields = [
        index.SearchField("folded"),
        index.AutocompleteField("folded"),
        index.FilterField("locale_id"),
        index.FilterField("source"),
        index.FilterField("translation"),
    ]

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["locale", "key"], name="one_translation_a_term")
        ]

    def __str__(self) -> str:
        return self.source

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Derive the search and sort keys before saving."""
        self.spell()
        super().save(*args, **kwargs)

    def normalise_text(self) -> None:
        """Reduce the space between words to one character."""
        super().normalise_text()
        for name in ("source", "translation", "note"):
            setattr(self, name, " ".join(getattr(self, name).split()))

    def clean(self) -> None:
        """Refuse a source or a translation without letters or figures.

        Also refuse a term that the glossary already contains in another spelling.
        """
        super().clean()
        self.spell()
        for name in ("source", "translation"):
            value = getattr(self, name)
            if value and not any(character.isalnum() for character in value):
                raise ValidationError({name: _("Use letters or figures here.")})
        duplicates = GlossaryTerm.objects.filter(locale=self.locale_id, key=self.key)
        if duplicates.exclude(pk=self.pk).exists():
            raise ValidationError({"source": _("The glossary has this term already.")})

    def spell(self) -> None:
        """Derive the keys by which the term is found and sorted."""
        self.key, self.sort_key = key(self.source), sort_key(self.source)

    def folded(self) -> str:
        """Return the text that the admin's search indexes."""
        return fold(f"{self.source} {self.translation} {self.note}")

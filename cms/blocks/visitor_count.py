"""The live visitor count as a block."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.blocks.choosers import ValidatedKeyChooserMixin
from cms.blocks.translatable import UntranslatedMixin


class VisitorCountBlock(UntranslatedMixin, ValidatedKeyChooserMixin, SnippetChooserBlock):
    """The live number of people online, in the words of the chosen counter.

    wagtail-localize would submit the counter for translation together with the page. A snippet is
    live at once, so this would write Vietnamese into the English counter. The template therefore
    uses the counter of the page's language.
    """

    def __init__(
        self, target_model: str | type[Model] = "visitors.VisitorCounter", **kwargs: Any
    ) -> None:
        super().__init__(target_model, **kwargs)

    def get_preview_value(self) -> Model | None:
        """Return the first counter, because the block picker has no chosen counter yet."""
        return self.target_model.objects.first()

    class Meta:
        icon = "group"
        label = _("Visitor count")
        description = _("How many people are on the site at this moment.")
        template = "cms/blocks/visitor_count.html"

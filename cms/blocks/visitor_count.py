"""The live count as a block."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.blocks.choosers import ValidatedKeyChooserMixin
from cms.blocks.translatable import UntranslatedMixin


class VisitorCountBlock(UntranslatedMixin, ValidatedKeyChooserMixin, SnippetChooserBlock):
    """The live number of people online, in the words of the chosen counter.

    wagtail-localize would submit the counter along with the page and, a snippet being live at once,
    write Vietnamese into the English one. The template asks for the counter of the page's language.
    """

    def __init__(self, target_model="visitors.VisitorCounter", **kwargs):
        super().__init__(target_model, **kwargs)

    def get_preview_value(self):
        """Show the first counter, as the block picker has nothing chosen yet."""
        return self.target_model.objects.first()

    class Meta:
        icon = "group"
        label = _("Visitor count")
        description = _("How many people are on the site at this moment.")
        template = "cms/blocks/visitor_count.html"

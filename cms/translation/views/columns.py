"""The columns of the board."""

from django.middleware.csrf import get_token
from wagtail.admin.ui.tables import BaseColumn


class LineColumn(BaseColumn):
    """Shows a `Line` of the board by the template that is named as the column is."""

    class Media:
        css = {"all": ["translation/board.css"]}

    def __init__(self, name, label, **kwargs):
        super().__init__(name, label, classname=f"board-{name}", **kwargs)
        self.cell_template_name = f"translation/board/{name}.html"

    def get_cell_context_data(self, instance, parent_context):
        """Call the line by its name."""
        return {**super().get_cell_context_data(instance, parent_context), "line": instance}


class StepColumn(LineColumn):
    """Offers what the user may do."""

    def get_cell_context_data(self, instance, parent_context):
        """Ask what the user may do, and let the form through."""
        context = super().get_cell_context_data(instance, parent_context)
        context["step"] = instance.next_step(context["request"].user)
        context["csrf_token"] = get_token(context["request"])
        return context

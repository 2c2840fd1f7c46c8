"""The columns of the board."""

from typing import Any

from django.middleware.csrf import get_token
from django.template import Context
from wagtail.admin.ui.tables import BaseColumn

from cms.translation.board import BoardLine


class LineColumn(BaseColumn):
    """Shows a `BoardLine` of the board with the template that has the column's name."""

    class Media:
        css = {"all": ["translation/board.css"]}

    def __init__(self, name: str, label: str, **kwargs: Any) -> None:
        super().__init__(name, label, classname=f"board-{name}", **kwargs)
        self.cell_template_name = f"translation/board/{name}.html"

    def get_cell_context_data(self, instance: BoardLine, parent_context: Context) -> dict[str, Any]:
        """Add the line to the context as `line`."""
        return {**super().get_cell_context_data(instance, parent_context), "line": instance}


class StepColumn(LineColumn):
    """Shows the user's next step."""

    def get_cell_context_data(self, instance: BoardLine, parent_context: Context) -> dict[str, Any]:
        """Add the user's next step and the CSRF token of its form."""
        context = super().get_cell_context_data(instance, parent_context)
        context["step"] = instance.next_step(context["request"].user)
        context["csrf_token"] = get_token(context["request"])
        return context

"""Wagtail's table block, with a menu in the editor's language, limits and translation."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.table_block.blocks import TableBlock as WagtailTableBlock
from wagtail_localize.segments import StringSegmentValue

from cms.blocks.translatable import is_translatable

MAX_COLUMNS = 20
MAX_ROWS = 300

# The menu of a cell. The grid itself has it in English only.
MENU = {
    "row_above": {"name": _("Insert row above")},
    "row_below": {"name": _("Insert row below")},
    "hsep1": "---------",
    "col_left": {"name": _("Insert column on the left")},
    "col_right": {"name": _("Insert column on the right")},
    "hsep2": "---------",
    "remove_row": {"name": _("Remove row")},
    "remove_col": {"name": _("Remove column")},
    "hsep3": "---------",
    "undo": {"name": _("Undo")},
    "redo": {"name": _("Redo")},
}


class TableBlock(WagtailTableBlock):
    """Rows and columns of plain text. Editors can paste them from a document or a spreadsheet."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            table_options={"contextMenu": {"items": MENU}, "language": "en-US"}, **kwargs
        )

    def clean(self, value: Any) -> dict[str, Any]:
        """Refuse a value that is not a table, and a table that is empty or too large to read."""
        rows = rows_of(value)
        if rows is None:
            raise ValidationError(_("This table cannot be read."))
        width = max(map(len, rows), default=0)
        if width > MAX_COLUMNS or len(rows) > MAX_ROWS:
            raise ValidationError(
                _(
                    "This table has %(columns)d columns and %(rows)d rows. A page can show "
                    "%(max_columns)d columns and %(max_rows)d rows."
                ),
                params={
                    "columns": width,
                    "rows": len(rows),
                    "max_columns": MAX_COLUMNS,
                    "max_rows": MAX_ROWS,
                },
            )
        if not self.is_deferred_validation and not any(map(any, rows)):
            raise ValidationError(_("This table is empty."))
        value["table_header_choice"] = value.get("table_header_choice") or "neither"
        return super().clean(value)

    def value_from_form(self, value: str) -> Any:
        """Return the value that the grid sent.

        A value that is not JSON is passed on, so that `clean` refuses it.
        """
        try:
            return super().value_from_form(value)
        except ValueError:
            return {"data": value}

    def get_searchable_content(self, value: Any) -> list[str]:
        """Return the caption and the cells."""
        return table_texts(value)

    def get_translatable_segments(self, value: dict[str, Any]) -> list[StringSegmentValue]:
        """Return the caption and the cells as segments for wagtail-localize.

        wagtail-localize does not look into tables itself. All segments have the same path, like the
        sentences of a paragraph. A row added above the others therefore keeps their translations.
        """
        return [
            StringSegmentValue("", text) for text in table_texts(value) if is_translatable(text)
        ]

    def labels_of_texts(self, value: dict[str, Any]) -> list[str | Promise]:
        """Return a label for each translatable text.

        Translators who translate the texts one by one see these labels.
        """
        rows = rows_of(value)
        if rows is None:
            return []
        cells = [
            _("row %(row)d, column %(column)d") % {"row": row + 1, "column": column + 1}
            for row, cells in enumerate(rows)
            for column in range(len(cells))
        ]
        labels: list[str | Promise] = [_("Caption"), *cells]
        return [
            label
            for label, text in zip(labels, table_texts(value), strict=True)
            if is_translatable(text)
        ]

    def restore_translated_segments(
        self, value: dict[str, Any], segments: Iterable[StringSegmentValue]
    ) -> dict[str, Any]:
        """Return the table with each translated segment in the place of its original."""
        rows = rows_of(value)
        if rows is None:
            return value
        ordered = iter(sorted(segments, key=lambda segment: segment.order))

        def translated(text: str) -> str:
            return next(ordered).render_text() if is_translatable(text) else text

        caption = translated(value.get("table_caption") or "")
        data = [[translated(cell or "") for cell in row] for row in rows]
        return {**value, "table_caption": caption, "data": data}

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("Rows and columns, typed or pasted from a document.")
        template = "cms/blocks/table.html"
        default = {
            "data": [["", "", ""], ["", "", ""], ["", "", ""]],
            "table_header_choice": "row",
            "first_row_is_table_header": True,
            "first_col_is_header": False,
            "table_caption": "",
        }
        preview_value = {
            "data": [["2025", "2026"], ["1.204", "1.371"]],
            "first_row_is_table_header": True,
            "first_col_is_header": False,
            "table_caption": _("Files received"),
        }


def rows_of(value: object) -> list[list[str | None]] | None:
    """Return the rows of a table's value, or `None` if the value is not a table."""
    rows = value.get("data") if isinstance(value, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        return None
    if not all(cell is None or isinstance(cell, str) for row in rows for cell in row):
        return None
    return rows


def table_texts(value: dict[str, Any]) -> list[str]:
    """Return the caption and the cells of a table in order, including empty ones.

    A value that is not a table has no texts. A program may have stored one, for example with
    numbers as cells.
    """
    rows = rows_of(value)
    if rows is None:
        return []
    return [value.get("table_caption") or "", *(cell or "" for row in rows for cell in row)]

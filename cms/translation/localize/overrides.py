"""Values without words that a translation may replace."""

import json
from dataclasses import dataclass

from django.contrib.auth.models import User
from wagtail_localize.models import OverridableSegment, SegmentOverride, Translation


@dataclass(frozen=True)
class Replaceable:
    """A value without words that a translation may replace: a picture, a file or an address.

    `value` is the source's value: the key of an object, or an address. `replacement` is the
    translation's own value, or `None` if it uses the source's value.
    """

    id: int
    path: str
    order: int
    context_id: int
    value: int | str
    replacement: int | str | None
    error: str


def replaceables(translation: Translation) -> list[Replaceable]:
    """Return the `Replaceable`s of a translation, in page order."""
    made = {
        override.context_id: override
        for override in SegmentOverride.objects.filter(
            context__object_id=translation.source.object_id, locale=translation.target_locale_id
        ).select_related("context")
    }
    rows = OverridableSegment.objects.filter(source=translation.source_id)
    return [
        replaceable_of(row, made.get(row.context_id))
        for row in rows.select_related("context").order_by("order", "pk")
    ]


def replaceable_of(row: OverridableSegment, override: SegmentOverride | None) -> Replaceable:
    """Return the `Replaceable` of an `OverridableSegment`."""
    return Replaceable(
        id=row.pk,
        path=row.context.path,
        order=row.order,
        context_id=row.context_id,
        value=row.data,
        replacement=override.data if override else None,
        error=(override.get_error() or "") if override else "",
    )


def save_replacement(
    translation: Translation,
    replaceable: Replaceable,
    value: int | str | None,
    user: User | None,
) -> None:
    """Store `value` as the translation's own value; `None` restores the source's value."""
    lookup = {"locale_id": translation.target_locale_id, "context_id": replaceable.context_id}
    if value is None:
        SegmentOverride.objects.filter(**lookup).delete()
        return
    SegmentOverride.objects.update_or_create(
        **lookup,
        defaults={
            "data_json": json.dumps(value),
            "last_translated_by": user,
            "has_error": False,
            "field_error": "",
        },
    )

"""Functions that store the translations of a person or an engine."""

from django.contrib.auth.models import User
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from wagtail_localize.models import StringTranslation, Translation

from cms.translation.localize.fragments import as_typed, problem
from cms.translation.localize.reading import Segment


def save_string(
    translation: Translation, segment: Segment, html: str, user: User | None, tool: str = ""
) -> None:
    """Store `html` as the translation of a `Segment`; `""` deletes the translation.

    Raises `ValidationError` for a text that is longer than its field; such a text is not stored.
    With a `tool`, the translation counts as a machine's until a person saves the same text.
    Unusable HTML (see `problem`) is stored too, so that its author can correct it, and counts as a
    gap.
    """
    lookup = {
        "translation_of_id": segment.string_id,
        "locale_id": translation.target_locale_id,
        "context_id": segment.context_id,
    }
    if not html:
        StringTranslation.objects.filter(**lookup).delete()
        return
    check_length(translation, segment, html)
    error = problem(segment.source, html)
    machine = StringTranslation.TRANSLATION_TYPE_MACHINE
    StringTranslation.objects.update_or_create(
        **lookup,
        defaults={
            "data": html,
            "translation_type": machine if tool else StringTranslation.TRANSLATION_TYPE_MANUAL,
            "tool_name": tool,
            "last_translated_by": user,
            "has_error": bool(error),
            "field_error": error,
        },
    )
    Translation.objects.filter(pk=translation.pk).update(
        translations_last_updated_at=timezone.now()
    )


def check_length(translation: Translation, segment: Segment, html: str) -> None:
    """Raise `ValidationError` if the text is longer than the page's field allows."""
    model = translation.source.specific_content_type.model_class()
    name = segment.path.partition(".")[0]
    limit = getattr(model._meta.get_field(name), "max_length", None)
    if limit and segment.path == name:
        MaxLengthValidator(limit)(as_typed(html, is_plain=True))


def save_earlier(translation: Translation, segment: Segment, html: str, user: User | None) -> None:
    """Store `html` as the translation of the earlier source text of `segment`."""
    assert segment.earlier is not None
    StringTranslation.objects.filter(
        translation_of=segment.earlier.string_id,
        context=segment.context_id,
        locale=translation.target_locale_id,
    ).update(data=html, last_translated_by=user, has_error=False, field_error="")


def keep_error(translation: Translation, path: str, message: str) -> None:
    """Store why the page did not accept the translation of the text at `path`.

    `path` is a field of the page.
    """
    StringTranslation.objects.filter(
        context__object_id=translation.source.object_id,
        context__path=path,
        locale=translation.target_locale_id,
        translation_of__segments__source=translation.source_id,
    ).update(has_error=True, field_error=message)

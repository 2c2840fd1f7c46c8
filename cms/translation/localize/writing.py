"""What becomes of the texts that somebody, or an engine, translated."""

from django.core.validators import MaxLengthValidator
from django.utils import timezone
from wagtail_localize.models import StringTranslation, Translation

from cms.translation.localize.fragments import as_typed, problem


def save_string(translation, segment, html, user, tool=""):
    """Keep `html` as the translation of a `Segment`, `""` to forget it.

    Raises `ValidationError` for a text longer than its field, which is not kept.
    With a `tool` it is the work of a machine, until a person saves the same again. What cannot be
    used (see `problem`) is kept too, for its author to mend, and counts as a gap.
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


def check_length(translation, segment, html):
    """Raise `ValidationError` where the text is longer than the field of the page takes."""
    model = translation.source.specific_content_type.model_class()
    name = segment.path.partition(".")[0]
    limit = getattr(model._meta.get_field(name), "max_length", None)
    if limit and segment.path == name:
        MaxLengthValidator(limit)(as_typed(html, is_plain=True))


def save_earlier(translation, segment, html, user):
    """Keep `html` as the translation of what stood there before the source of `segment` changed."""
    StringTranslation.objects.filter(
        translation_of=segment.earlier.string_id,
        context=segment.context_id,
        locale=translation.target_locale_id,
    ).update(data=html, last_translated_by=user, has_error=False, field_error="")


def keep_error(translation, path, message):
    """Note at the translation of the text at `path`, a field of the page, why it was not taken."""
    StringTranslation.objects.filter(
        context__object_id=translation.source.object_id,
        context__path=path,
        locale=translation.target_locale_id,
        translation_of__segments__source=translation.source_id,
    ).update(has_error=True, field_error=message)

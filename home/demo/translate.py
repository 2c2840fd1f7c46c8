"""A translation through wagtail-localize's own objects, as its desk would make it."""

from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments


def translate(page, locale, texts, user):
    """Translate `page` into `locale` and publish the result.

    `texts` maps field names to the translated values; a body has the same blocks with the same
    ids. The texts are taken apart as wagtail-localize takes the page apart, and handed over
    segment by segment in a PO file.
    """
    source, _created = TranslationSource.get_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=locale)
    translated = type(page)(locale=page.locale, **texts)
    strings = dict(zip(string_segments(page), string_segments(translated), strict=True))
    po = translation.export_po()
    for entry in po:
        _path, entry.msgstr = strings[entry.msgctxt, entry.msgid]
    translation.import_po(po, user=user)
    translation.save_target(user=user, publish=True)


def string_segments(page):
    """Return the path and text of each string to translate, in the order of the page."""
    return [
        (segment.path, segment.string.data)
        for segment in extract_segments(page)
        if isinstance(segment, StringSegmentValue)
    ]

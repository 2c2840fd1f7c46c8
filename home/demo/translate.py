"""A translation as the translators' desk would make it."""

from cms.translation import drafts, localize


def translate(page, locale, texts, user):
    """Translate `page` into `locale` and publish the result.

    `texts` maps field names to the translated values; a body has the same blocks with the same
    ids. They are taken apart as the page is, and handed over segment by segment.
    """
    translation = localize.start(page, locale, user)
    translated, _ = localize.parts_of(type(page)(locale=page.locale, **texts))
    for segment, text in zip(localize.segments(translation), translated, strict=True):
        localize.save_string(translation, segment, text.html, user)
    drafts.publish(translation, user)

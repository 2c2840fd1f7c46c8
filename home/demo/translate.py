"""Translation of demo pages in the same way as at the translators' desk."""

from collections.abc import Mapping

from django.contrib.auth.models import User
from wagtail.models import Locale, Page

from cms.translation import drafts, localize


def translate(page: Page, locale: Locale, texts: Mapping[str, object], user: User | None) -> None:
    """Translate `page` into `locale` and publish the result.

    `texts` maps field names to translated values. A translated body has the same blocks with the
    same ids as the original. The texts are split into segments in the same way as the page, and
    saved segment by segment.
    """
    translation = localize.start(page, locale, user)
    translated, _ = localize.parts_of(type(page)(locale=page.locale, **texts))
    for segment, text in zip(localize.segments(translation), translated, strict=True):
        localize.save_string(translation, segment, text.html, user)
    drafts.publish(translation, user)

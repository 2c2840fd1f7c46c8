"""Drafts by the configured engine, if there is one.

A person confirms each draft before it is published.
"""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms.text.slugs import slug_from
from cms.translation import drafts, localize

logger = logging.getLogger(__name__)

# The number of texts in one request: DeepL accepts no more.
TEXTS_PER_REQUEST = 50

# The time limit in seconds for all responses of the engine together: a user waits for them.
ENGINE_TIMEOUT_SECONDS = 20


class MachineError(Exception):
    """The reason why there is no draft. Nothing was saved."""


def is_offered(translation: localize.Translation) -> bool:
    """Return whether there is an engine for the two languages."""
    return localize.engine(translation) is not None


def draft(translation: localize.Translation, user: User) -> int:
    """Fill the segments without a translation with the engine's drafts; return their number.

    A changed text is left to a person, who can start from its earlier translation. Raises
    `MachineError`. The engine is called outside any transaction.
    """
    engine = localize.engine(translation)
    assert engine is not None  # The view has asked `is_offered`.
    gaps = without_translation(translation)
    # A slug is made from the title, which says more than the original's slug.
    sources = list(dict.fromkeys(s.source for s in gaps if s.path != "slug"))
    texts = dict(zip(sources, engine_translations(engine, translation, sources), strict=True))
    tool = str(engine.display_name)
    try:
        with transaction.atomic():
            localize.lock(translation)
            # While the engine worked, somebody may have translated a text or changed the original.
            gaps = [segment for segment in without_translation(translation) if segment in gaps]
            for segment in gaps:
                if segment.path != "slug":
                    html = checked_translation(segment, texts[segment.source])
                    localize.save_string(translation, segment, html, user, tool=tool)
            if any(segment.path == "slug" for segment in gaps):
                draft_slug(translation, user, tool)
            if gaps:
                drafts.save_draft(translation, user)
    except ValidationError as error:
        raise MachineError(error.messages[0]) from None
    return len(gaps)


def without_translation(translation: localize.Translation) -> list[localize.Segment]:
    """Return the segments without a translation, and without an earlier translation."""
    segments = localize.segments(translation)
    return [segment for segment in segments if not segment.translation and not segment.earlier]


def engine_translations(
    engine: localize.BaseMachineTranslator,
    translation: localize.Translation,
    sources: Sequence[str],
) -> list[str]:
    """Return the engine's translation of each of `sources`, within `ENGINE_TIMEOUT_SECONDS`."""
    found: list[str] = []
    until = monotonic() + ENGINE_TIMEOUT_SECONDS
    locales = (translation.source.locale, translation.target_locale)
    # A thread is needed, because no engine limits the time of its whole response.
    executor = ThreadPoolExecutor(max_workers=1)
    try:
        for start in range(0, len(sources), TEXTS_PER_REQUEST):
            asked = executor.submit(
                localize.machine_translate,
                engine,
                *locales,
                sources[start : start + TEXTS_PER_REQUEST],
            )
            found += asked.result(timeout=max(until - monotonic(), 0))
    except TimeoutError:
        raise MachineError(_("The translation engine takes too long. Try again later.")) from None
    except Exception as error:
        # An engine's library may raise anything: no network, a rejected key, odd responses.
        logger.exception("The translation engine failed")
        problem = _("The translation engine is out of reach, or did not answer as it should.")
        raise MachineError(problem) from error
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
    return found


def checked_translation(segment: localize.Segment, answer: str) -> str:
    """Return the engine's translation as it is stored; raise `MachineError` for invalid HTML."""
    html = localize.as_stored(answer, is_plain=False)
    invented = segment.is_plain and not localize.is_plain(html)
    if not html or invented or localize.problem(segment.source, html):
        raise MachineError(_("The translation engine sent a text that does not fit the page."))
    return html


def draft_slug(translation: localize.Translation, user: User, tool: str) -> None:
    """Make the slug from the translated title."""
    segments = {segment.path: segment for segment in localize.segments(translation)}
    slug = slug_from(segments["title"].translation_text)
    localize.save_string(translation, segments["slug"], slug, user, tool=tool)

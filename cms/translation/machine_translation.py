"""Drafts by the engine that was set, if one was. A person confirms each before it is published."""

import logging
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms.text.slugs import slug_from
from cms.translation import drafts, localize

logger = logging.getLogger(__name__)

# Texts that are sent at once: DeepL takes no more.
TEXTS_PER_REQUEST = 50

# How long all answers of the engine may take together: somebody waits for them.
ENGINE_TIMEOUT_SECONDS = 20


class MachineError(Exception):
    """Why there is no draft; nothing of it was saved."""


def is_offered(translation):
    """Say whether there is an engine for the two languages."""
    return localize.engine(translation) is not None


def draft(translation, user):
    """Fill the segments without a translation, as work of the engine; return how many.

    A text that changed is left to a person, who has its earlier translation to go on from.
    Raises `MachineError`. The engine is asked outside of any transaction.
    """
    engine = localize.engine(translation)
    gaps = without_translation(translation)
    # An address is made of the title, which says more than the address of the original.
    sources = list(dict.fromkeys(s.source for s in gaps if s.path != "slug"))
    texts = dict(zip(sources, answers(engine, translation, sources), strict=True))
    tool = str(engine.display_name)
    try:
        with transaction.atomic():
            localize.lock(translation)
            # While the engine was asked, somebody may have translated, or changed the original.
            gaps = [segment for segment in without_translation(translation) if segment in gaps]
            for segment in gaps:
                if segment.path != "slug":
                    html = usable(segment, texts[segment.source])
                    localize.save_string(translation, segment, html, user, tool=tool)
            if any(segment.path == "slug" for segment in gaps):
                draft_slug(translation, user, tool)
            if gaps:
                drafts.save_draft(translation, user)
    except ValidationError as error:
        raise MachineError(error.messages[0]) from None
    return len(gaps)


def without_translation(translation):
    """Return the segments that have no translation, not even of what stood there before."""
    segments = localize.segments(translation)
    return [segment for segment in segments if not segment.translation and not segment.earlier]


def answers(engine, translation, sources):
    """Return the engine's translation of each of `sources`, within `ENGINE_TIMEOUT_SECONDS`."""
    found, until = [], monotonic() + ENGINE_TIMEOUT_SECONDS
    locales = (translation.source.locale, translation.target_locale)
    # In a thread, since no engine limits the time of its whole answer.
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
        # Whatever an engine's library raises: no network, a key that was refused, odd answers.
        logger.exception("The translation engine failed")
        problem = _("The translation engine is out of reach, or did not answer as it should.")
        raise MachineError(problem) from error
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
    return found


def usable(segment, answer):
    """Return the engine's answer as it is stored; raises `MachineError` for broken HTML."""
    html = localize.as_stored(answer, is_plain=False)
    invented = segment.is_plain and not localize.is_plain(html)
    if not html or invented or localize.problem(segment.source, html):
        raise MachineError(_("The translation engine sent a text that does not fit the page."))
    return html


def draft_slug(translation, user, tool):
    """Make the address of the translated title."""
    segments = {segment.path: segment for segment in localize.segments(translation)}
    slug = slug_from(segments["title"].translation_text)
    localize.save_string(translation, segments["slug"], slug, user, tool=tool)

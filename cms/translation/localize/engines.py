"""The engine that drafts translations, if one was set."""

from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.strings import StringValue


def engine(translation):
    """Return the engine that was set, if it translates between the two languages, else `None`."""
    found = get_machine_translator()
    locales = (translation.source.locale, translation.target_locale)
    return found if found and found.can_translate(*locales) else None


def machine_translate(engine, source_locale, target_locale, texts):
    """Return the engine's translation of each of `texts`, fragments of HTML."""
    strings = [StringValue(text) for text in texts]
    found = engine.translate(source_locale, target_locale, strings)
    return [str(found[string].data or "") for string in strings]

"""The machine translation engine, if the settings name one."""

from collections.abc import Iterable

from wagtail.models import Locale
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.models import Translation
from wagtail_localize.strings import StringValue


def engine(translation: Translation) -> BaseMachineTranslator | None:
    """Return the configured engine if it translates between the two languages, else `None`."""
    found = get_machine_translator()
    locales = (translation.source.locale, translation.target_locale)
    return found if found and found.can_translate(*locales) else None


def machine_translate(
    engine: BaseMachineTranslator,
    source_locale: Locale,
    target_locale: Locale,
    texts: Iterable[str],
) -> list[str]:
    """Return the engine's translations of `texts`, which are fragments of HTML."""
    strings = [StringValue(text) for text in texts]
    found = engine.translate(source_locale, target_locale, strings)
    return [str(found[string].data or "") for string in strings]

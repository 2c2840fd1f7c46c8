"""The languages in which a quote and words of a paragraph may be marked."""

from django.utils.translation import gettext_lazy as _

LANGUAGES = {"en": _("In English"), "fr": _("In French"), "vi": _("In Vietnamese")}
"""The languages whose words are met in articles; no other mark passes the editor."""

LANGUAGE_FEATURES = [f"lang-{code}" for code in LANGUAGES]
"""The features of the editor that mark them, in the same order."""

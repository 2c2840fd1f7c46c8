"""The languages in which a quote and words of a paragraph may be marked."""

from django.utils.translation import gettext_lazy as _

# The languages whose words are met in articles; no other mark passes the editor.
LANGUAGES = {"en": _("In English"), "fr": _("In French"), "vi": _("In Vietnamese")}

# The features of the editor that mark them, in the same order.
LANGUAGE_FEATURES = [f"lang-{code}" for code in LANGUAGES]

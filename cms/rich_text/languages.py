"""The languages with which editors may mark quotes and words of a paragraph."""

from django.utils.translation import gettext_lazy as _

# The languages that occur in articles. The editor drops marks for any other language.
LANGUAGES = {"en": _("In English"), "fr": _("In French"), "vi": _("In Vietnamese")}

# The features of the editor that mark these languages, in the same order.
LANGUAGE_FEATURES = [f"lang-{code}" for code in LANGUAGES]

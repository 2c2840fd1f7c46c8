"""What is shown for a text that has no translation."""

from django.utils.translation.trans_real import DjangoTranslation


def fall_back_to_the_source():
    """Show a text as it stands in the code, in English, where a language has none of its own.

    Django would take it from the default language and put Vietnamese words on a French page. It
    offers no way to say otherwise; tests/home/test_third_language.py fails when this one is gone.
    """
    DjangoTranslation._add_fallback = lambda self, localedirs=None: None

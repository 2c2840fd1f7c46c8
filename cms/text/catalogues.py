"""The fallback for texts that have no translation."""

from django.utils.translation.trans_real import DjangoTranslation


def fall_back_to_source_text() -> None:
    """Show a text in English, as it is in the code, if a language has no translation for it.

    Django would take the translation of the default language and show Vietnamese words on a French
    page. It offers no other way than this private method. If Django removes the method,
    tests/home/test_third_language.py fails.
    """
    # The stubs of Django leave out private methods.
    DjangoTranslation._add_fallback = (  # type: ignore[attr-defined]
        lambda self, localedirs=None: None
    )

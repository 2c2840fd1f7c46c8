"""Which values of blocks go to translators."""


class UntranslatedMixin:
    """A block whose value is the same in every language, or is localised when it is rendered."""

    def get_translatable_segments(self, value):
        """Give wagtail-localize nothing to translate."""
        return []

    def restore_translated_segments(self, value, segments):
        """Keep the value of the original."""
        return value


def is_translatable(text):
    """Say whether there is a word in `text`: figures are the same in every language."""
    return any(character.isalpha() for character in text)

"""What of a block goes to translators: not each text has words, not each value is a text."""


class UntranslatedMixin:
    """A block whose value is the same in every language, or finds its language by itself."""

    def get_translatable_segments(self, value):
        """Give wagtail-localize nothing to translate."""
        return []

    def restore_translated_segments(self, value, segments):
        """Keep the value of the original."""
        return value


def is_translatable(text):
    """Say whether there is a word in `text`: figures are the same in every language."""
    return any(character.isalpha() for character in text)

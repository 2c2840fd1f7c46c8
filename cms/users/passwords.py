"""Checks for passwords that are easy to guess: common words, the site's own names, years.

Django's list of common passwords is English. Users here type a Vietnamese word or name, with
capitals, digits and signs around it. The checks remove those and compare what remains.
"""

import re
import unicodedata
from collections.abc import Set as AbstractSet
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from anyascii import anyascii
from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.models import SiteFrame

COMMON_WORDS_FILE = Path(__file__).with_name("common_words.txt")

# The minimum number of letters in a word. Shorter words occur in every text.
MIN_WORD_LENGTH = 3

# The minimum number of different characters that remain without years, sequences and signs.
MIN_DISTINCT_CHARACTERS = 4

# A password of common words is still refused if this number of letters or fewer are left over…
MAX_LEFT_OVER_LETTERS = 2

# … unless it has more common words than this number.
MAX_WORDS_WITH_LEFT_OVER = 3

KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz")
MAX_RUN_LENGTH = 10

# The number of characters at the beginning of a password that are examined. Each further character
# takes time.
MAX_EXAMINED_CHARACTERS = 256

# Digits and signs that people type instead of letters.
LOOKALIKES = str.maketrans(
    {"4": "a", "@": "a", "3": "e", "1": "i", "!": "i", "0": "o", "5": "s", "$": "s", "7": "t"}
)

TELEX_TONES = {"\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
TELEX_LETTERS = {"ă": "aw", "â": "aa", "đ": "dd", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}

DIGITS_IN_ORDER = ("01234567890", "09876543210")
EVERYBODYS_HOST = {"www", "com", "gov", "org", "net"}


class GuessablePasswordValidator:
    """A validator that refuses passwords of common words and names alone.

    It also refuses passwords with very few different characters. It runs when a password is set.
    Users who already have such a password can still sign in with it.
    """

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise `ValidationError` if the password is easy to guess."""
        folded = fold_password(password[:MAX_EXAMINED_CHARACTERS])
        words = common_words() | site_words() | user_words(user)
        if has_too_few_characters(folded) or any(
            consists_of_words(words, text) for text in possible_words(folded)
        ):
            raise ValidationError(
                _(
                    "This password is easily guessed: it consists of common words, names, years or "
                    "sequences alone. Put together four words that have nothing to do with each "
                    "other."
                ),
                code="password_guessable",
            )

    def get_help_text(self) -> str:
        """Return the text that says which passwords are refused."""
        return _(
            "Your password can’t consist of common words, the names of this site or your own name "
            "alone, whatever digits and signs stand around them."
        )


def fold_password(text: str) -> str:
    """Return the text in lower-case ASCII, for both Unicode forms of its accents."""
    return anyascii(unicodedata.normalize("NFC", text)).lower()


def has_too_few_characters(folded: str) -> bool:
    """Return whether too few different characters remain without years, sequences and signs."""
    text = re.sub(r"(19|20)\d\d", "", folded)
    text = re.sub(r"(.)\1{2,}", r"\1", text)
    for sequence in DIGITS_IN_ORDER:
        for length in range(len(sequence), 2, -1):
            for start in range(len(sequence) - length + 1):
                text = text.replace(sequence[start : start + length], "")
    return len(set(re.sub(r"[^a-z0-9]", "", text))) < MIN_DISTINCT_CHARACTERS


def possible_words(folded: str) -> set[str]:
    """Return the possible readings of a password, as texts of letters only.

    Digits and signs either surround the words or replace letters, in the middle or at an end.
    """
    without_numbers = re.sub(r"\d\d+", "", folded)
    meant = [folded, without_numbers]
    for text in (folded, without_numbers):
        no_start, no_end = re.sub(r"\A[^a-z]+", "", text), re.sub(r"[^a-z]+\Z", "", text)
        bare = re.sub(r"[^a-z]+\Z", "", no_start)
        meant += [part.translate(LOOKALIKES) for part in (text, no_start, no_end, bare)]
    return {re.sub(r"[^a-z]", "", text) for text in meant}


def consists_of_words(words: AbstractSet[str], text: str) -> bool:
    """Return whether `text` consists of words from `words`, with almost no other letters.

    The reading with the fewest letters left over decides.
    """
    # For each length of text: the letters left over and the words read, in the best reading so far.
    best = [(0, 0)]
    longest = max(map(len, words))
    for end in range(1, len(text) + 1):
        left_over, read = best[end - 1]
        ways = [(left_over + 1, read)]
        for start in range(max(0, end - longest), end - 1):
            if text[start:end] in words:
                left_over, read = best[start]
                ways.append((left_over, read + 1))
        best.append(min(ways))
    left_over, read = best[-1]
    return bool(read) and (
        left_over == 0 or (left_over <= MAX_LEFT_OVER_LETTERS and read <= MAX_WORDS_WITH_LEFT_OVER)
    )


@cache
def common_words() -> frozenset[str]:
    """Return the words of the list in the forms that people type, and runs of keyboard keys."""
    words: set[str] = set()
    for line in COMMON_WORDS_FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            words |= {fold_password(line).replace(" ", ""), telex(line)}
    for row in KEYBOARD:
        for run in (row, row[::-1]):
            words |= {
                run[start : start + length]
                for length in range(MIN_WORD_LENGTH, MAX_RUN_LENGTH + 1)
                for start in range(len(run) - length + 1)
            }
    words |= {letter * 3 for letter in KEYBOARD[-1]}
    return frozenset(word for word in words if len(word) >= MIN_WORD_LENGTH)


def telex(text: str) -> str:
    """Return the keys that type the text with Telex.

    A password contains these keys if Telex was off when it was typed.
    """
    return "".join(telex_syllable(syllable) for syllable in text.lower().split())


def telex_syllable(syllable: str) -> str:
    """Return the Telex keys of one syllable. The key of the tone comes last."""
    tone = ""
    letters = ""
    for character in unicodedata.normalize("NFD", syllable):
        if character in TELEX_TONES:
            tone = TELEX_TONES[character]
        else:
            letters += character
    letters = unicodedata.normalize("NFC", letters)
    return "".join(TELEX_LETTERS.get(letter, letter) for letter in letters) + tone


def site_words() -> set[str]:
    """Return the site's names in all languages, their short forms, and the parts of its host."""
    words: set[str] = set()
    for names in SiteFrame.objects.values_list("site_name", "governing_body"):
        for name in names:
            words |= parts_of(name)
    host = urlsplit(settings.SITE_URL).hostname or ""
    labels = {label for label in re.split(r"[^a-z]+", host) if label not in EVERYBODYS_HOST}
    return {word for word in words | labels if len(word) >= MIN_WORD_LENGTH}


def parts_of(name: str) -> set[str]:
    """Return the short forms of a name: neighbouring words, their initials, and long words."""
    words = re.findall(r"[a-z]+", fold_password(name))
    parts = {word for word in words if len(word) >= 5}
    for start in range(len(words)):
        for end in range(start + 2, len(words) + 1):
            several = words[start:end]
            parts |= {"".join(several), "".join(word[0] for word in several)}
    return parts


def user_words(user: User | None) -> set[str]:
    """Return the parts of the account's own names."""
    if user is None:
        return set()
    names = (
        user.get_full_name(),
        user.get_username(),
        getattr(user, "email", "").partition("@")[0],
    )
    # Even a part of two letters counts. A password of the whole name has it between the longer
    # parts, and would otherwise not consist of known words alone.
    return {word for name in names for word in re.findall(r"[a-z]{2,}", fold_password(name or ""))}

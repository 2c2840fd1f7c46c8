"""Passwords that anybody would guess first: common words, the site's own names, years.

Django's list of common passwords is English. What is typed here is a Vietnamese word or name, with
capitals, digits and signs around it: those are taken off, and what remains is compared.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from anyascii import anyascii
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.models import SiteFrame

LIST = Path(__file__).with_name("common_words.txt")

# Letters of the shortest word that counts as one; shorter ones are in everything.
SHORTEST = 3

# How many different characters must remain without years, sequences and signs.
FEWEST = 4

# So many letters beside common words make no password of them…
LEFT_OVER = 2

# … unless there are more of these words.
FEW_WORDS = 3

KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz")
LONGEST_RUN = 10

# Characters at the beginning of a password that are looked at: each further one takes time.
EXAMINED = 256

# Digits and signs that are written for letters.
LOOKALIKES = str.maketrans(
    {"4": "a", "@": "a", "3": "e", "1": "i", "!": "i", "0": "o", "5": "s", "$": "s", "7": "t"}
)

TELEX_TONES = {"\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
TELEX_LETTERS = {"ă": "aw", "â": "aa", "đ": "dd", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}

DIGITS_IN_ORDER = ("01234567890", "09876543210")
EVERYBODYS_HOST = {"www", "com", "gov", "org", "net"}


class GuessablePasswordValidator:
    """Refuses a password that is made of common words and names alone, or of hardly anything.

    It is asked when a password is set. Whoever has such a one signs in with it as before.
    """

    def validate(self, password, user=None):
        """Raise `ValidationError` where the password would be guessed."""
        folded = fold(password[:EXAMINED])
        words = common_words() | words_of_the_site() | words_of_the_account(user)
        if has_little(folded) or any(is_made_of(words, text) for text in readings(folded)):
            raise ValidationError(
                _(
                    "This password is easily guessed: it consists of common words, names, years or "
                    "sequences alone. Put together four words that have nothing to do with each "
                    "other."
                ),
                code="password_guessable",
            )

    def get_help_text(self):
        """Say what is refused."""
        return _(
            "Your password can’t consist of common words, the names of this site or your own name "
            "alone, whatever digits and signs stand around them."
        )


def fold(text):
    """Return the text in plain small letters, whichever way its accents were typed."""
    return anyascii(unicodedata.normalize("NFC", text)).lower()


def has_little(folded):
    """Say whether hardly anything remains without years, sequences and signs."""
    text = re.sub(r"(19|20)\d\d", "", folded)
    text = re.sub(r"(.)\1{2,}", r"\1", text)
    for sequence in DIGITS_IN_ORDER:
        for length in range(len(sequence), 2, -1):
            for start in range(len(sequence) - length + 1):
                text = text.replace(sequence[start : start + length], "")
    return len(set(re.sub(r"[^a-z0-9]", "", text))) < FEWEST


def readings(folded):
    """Return what the letters of a password may be meant to say.

    Digits and signs are either around the words or in place of letters, in the middle or at an end.
    """
    without_numbers = re.sub(r"\d\d+", "", folded)
    meant = [folded, without_numbers]
    for text in (folded, without_numbers):
        begin, end = re.match(r"[^a-z]*", text).end(), re.search(r"[^a-z]*$", text).start()
        meant += [part.translate(LOOKALIKES) for part in (text, text[begin:], text[:end])]
        meant.append(text[begin:end].translate(LOOKALIKES))
    return {re.sub(r"[^a-z]", "", text) for text in meant}


def is_made_of(words, text):
    """Say whether the letters are words of `words`, one after the other, and next to nothing else.

    Takes the reading with the fewest letters left over.
    """
    # For each length: the letters left over, and the words read, of the best way to read so far.
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
    return bool(read) and (left_over == 0 or (left_over <= LEFT_OVER and read <= FEW_WORDS))


@cache
def common_words():
    """Return the words of the list as they are typed, and runs of the keyboard."""
    words = set()
    for line in LIST.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            words |= {fold(line).replace(" ", ""), telex(line)}
    for row in KEYBOARD:
        for run in (row, row[::-1]):
            words |= {
                run[start : start + length]
                for length in range(SHORTEST, LONGEST_RUN + 1)
                for start in range(len(run) - length + 1)
            }
    words |= {letter * 3 for letter in KEYBOARD[-1]}
    return frozenset(word for word in words if len(word) >= SHORTEST)


def telex(text):
    """Return the keys that type the text with Telex, which stand there when it was off."""
    return "".join(telex_syllable(syllable) for syllable in text.lower().split())


def telex_syllable(syllable):
    """Return the keys of one syllable; that of the tone comes last."""
    tone = ""
    letters = ""
    for character in unicodedata.normalize("NFD", syllable):
        if character in TELEX_TONES:
            tone = TELEX_TONES[character]
        else:
            letters += character
    letters = unicodedata.normalize("NFC", letters)
    return "".join(TELEX_LETTERS.get(letter, letter) for letter in letters) + tone


def words_of_the_site():
    """Return the names of the site in all languages, what stands for them, and its host."""
    words = set()
    for names in SiteFrame.objects.values_list("site_name", "governing_body"):
        for name in names:
            words |= parts_of(name)
    host = urlsplit(settings.SITE_URL).hostname or ""
    labels = {label for label in re.split(r"[^a-z]+", host) if label not in EVERYBODYS_HOST}
    return {word for word in words | labels if len(word) >= SHORTEST}


def parts_of(name):
    """Return what may stand for a name: neighbouring words of it, their initials, long words."""
    words = re.findall(r"[a-z]+", fold(name))
    parts = {word for word in words if len(word) >= 5}
    for start in range(len(words)):
        for end in range(start + 2, len(words) + 1):
            several = words[start:end]
            parts |= {"".join(several), "".join(word[0] for word in several)}
    return parts


def words_of_the_account(user):
    """Return the parts of the account's own names."""
    if user is None:
        return set()
    names = (
        user.get_full_name(),
        user.get_username(),
        getattr(user, "email", "").partition("@")[0],
    )
    # Of a name even the shortest part counts: it is what the others stand around.
    return {word for name in names for word in re.findall(r"[a-z]{2,}", fold(name or ""))}

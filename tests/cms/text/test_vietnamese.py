"""Vietnamese text: one spelling, slugs, truncation, sorting."""

import random

import pytest

from cms.text.slugs import slug_from
from cms.text.sorting import ALPHABET, sort_key
from cms.text.spelling import normalise, normalise_tree
from cms.text.truncation import truncate
from tests.spelling import nfd

# One spelling


def test_text_comes_out_as_nfc():
    assert normalise(nfd("Đẩy mạnh thi đua yêu nước")) == "Đẩy mạnh thi đua yêu nước"


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2007"])
def test_non_breaking_spaces_become_spaces(space):
    assert normalise(f"một{space}hai") == "một hai"


def test_control_characters_are_left_out_but_not_the_ends_of_lines():
    assert normalise("một\0\x0b\x1f hai\tba\r\nbốn") == "một hai\tba\r\nbốn"


def test_ordinary_text_is_left_as_it_is():
    text = "Dòng một\nDòng hai – “trích” 1.000 đ"
    assert normalise(text) == text


def test_every_string_of_a_tree_is_normalised_and_nothing_else():
    tree = {"type": "list", "value": [nfd("ế"), {"x": "a\u00a0b", "n": 3, "no": None, "yes": True}]}
    assert normalise_tree(tree) == {
        "type": "list",
        "value": ["ế", {"x": "a b", "n": 3, "no": None, "yes": True}],
    }


# Slugs


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("thi đua", "thi-dua"),
        ("Khối thi đua", "khoi-thi-dua"),
        ("Đà Nẵng", "da-nang"),
        ("Nghị định 62/2020/NĐ-CP", "nghi-dinh-62-2020-nd-cp"),
        ("  Hỏi — đáp: “Ở đâu?”  ", "hoi-dap-o-dau"),
        ("Ưu\u00a0tiên", "uu-tien"),
        ("2020", "2020"),
        ("!!! …", ""),
        ("", ""),
    ],
)
def test_a_slug_spells_the_title_in_plain_letters(title, slug):
    assert slug_from(title) == slug


@pytest.mark.parametrize("title", ["thi đua", "Đà Nẵng", "Những người ưỡn ngực bước tới"])
def test_a_title_in_nfd_has_the_slug_of_the_same_title_in_nfc(title):
    assert slug_from(nfd(title)) == slug_from(title)


@pytest.mark.parametrize("title", ["😀", "😀🎉", "❤️", "👨‍👩‍👧"])
def test_a_title_of_emoji_alone_has_no_slug(title):
    assert slug_from(title) == ""


def test_a_slug_is_cut_between_words():
    assert slug_from("một hai ba", max_length=7) == "mot-hai"
    assert slug_from("một hai ba", max_length=8) == "mot-hai"
    assert slug_from("một hai ba", max_length=10) == "mot-hai-ba"


def test_a_slug_of_one_long_word_is_cut_within_it():
    assert slug_from("đ" * 300) == "d" * 255


def test_a_slug_fits_into_its_column():
    assert len(slug_from("thi đua khen thưởng " * 40)) <= 255
    assert not slug_from("thi đua khen thưởng " * 40).endswith("-")


# Truncation


def test_short_text_is_not_cut():
    assert truncate("Tin ngắn") == "Tin ngắn"


def test_text_of_exactly_the_length_is_not_cut():
    text = "mười chữ, " * 9 + "mười chữ. "
    assert truncate(text.strip().ljust(100, "x")) == text.strip().ljust(100, "x")


def test_long_text_is_cut_at_a_word():
    words = "Hội nghị tổng kết công tác thi đua của khối các sở ngành " * 3
    short = truncate(words)
    assert short.endswith("…")
    assert words.startswith(f"{short[:-1]} ")


@pytest.mark.parametrize("length", range(5, 60))
def test_the_ellipsis_counts_within_the_length(length):
    text = "Ủy ban nhân dân tỉnh, các sở; các ngành – và nhân dân toàn tỉnh cùng dự"
    assert len(truncate(text, length)) <= length


def test_a_word_that_would_leave_no_room_for_the_ellipsis_goes():
    assert truncate("abcd efgh ijkl", 9) == "abcd…"
    assert truncate("abcd efgh ijkl", 10) == "abcd efgh…"


def test_no_punctuation_stands_before_the_ellipsis():
    assert truncate("Một, hai, ba, bốn", 11) == "Một, hai…"


def test_one_long_word_is_cut_within_it():
    assert truncate("x" * 150) == "x" * 99 + "…"


def test_runs_of_white_space_count_as_one():
    assert truncate("một \n\t hai") == "một hai"


# Sorting


def test_letters_sort_in_the_order_of_the_alphabet():
    letters = list(ALPHABET)
    mixed = letters[:]
    random.Random(1).shuffle(mixed)  # noqa: S311 - a fixed order, no secret
    assert sorted(mixed, key=sort_key) == letters


def test_tones_decide_between_words_alike_otherwise():
    tones = ["ma", "mà", "mả", "mã", "má", "mạ"]
    assert sorted(["mạ", "má", "mã", "mả", "mà", "ma"], key=sort_key) == tones


def test_words_sort_as_in_a_dictionary():
    words = [
        "2 tháng 9",
        "an",
        "àn",
        "an toàn",
        "anh",
        "ăn",
        "âm",
        "ấm no",
        "ba",
        "bã",
        "bà con",
        "cần",
        "cấp",
        "chào",
        "da",
        "dân số",
        "đa dạng",
        "Đà Nẵng",
        "đê",
        "ê kíp",
        "gà",
        "huyện",
        "lòng",
        "lô",
        "lơ",
        "nghị định",
        "ô tô",
        "ơn",
        "thi đua",
        "thì giờ",
        "thu",
        "thư",
        "xã",
        "yên",
    ]
    mixed = words[:]
    random.Random(2).shuffle(mixed)  # noqa: S311 - a fixed order, no secret
    assert sorted(mixed, key=sort_key) == words


@pytest.mark.parametrize("text", ["Đà Nẵng", "ưỡn ẹo", "Nghị quyết số 1", "ậ ệ ộ ợ ự ẵ ẫ"])
def test_a_sort_key_is_the_same_for_nfd_and_nfc_and_for_capitals(text):
    assert sort_key(nfd(text)) == sort_key(text)
    assert sort_key(text.upper()) == sort_key(text)


@pytest.mark.parametrize("text", ["Đà Nẵng", "m²", "٣", "Ⅳ", "中文", "😀", "\u0301", ""])
def test_a_sort_key_is_plain_ascii(text):
    assert sort_key(text).isascii()

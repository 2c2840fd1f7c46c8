"""How much of the meaning changed, and which words."""

import pytest

from cms.translation import diff
from cms.translation.diff import NAMES, NUMBERS, SIGNS, WORDS


@pytest.mark.parametrize(
    ("old", "new", "weight"),
    [
        ("Có 12 xã.", "Có 13 xã.", NUMBERS),
        ("Ngày 12/08/2020", "Ngày 13/08/2020", NUMBERS),
        ("Nghị định 62/2020", "Nghị định 62/2021", NUMBERS),
        ("Có 1.200 người", "Có 1.250 người", NUMBERS),
        ("Ông Nguyễn Văn An nói.", "Ông Nguyễn Văn Bình nói.", NAMES),
        ("Họp tại Hưng Yên.", "Họp tại Hải Dương.", NAMES),
        ("Mở cửa sớm.", "Mở cửa muộn.", WORDS),
        ("Sớm mở cửa.", "Mở cửa sớm.", WORDS),
        ("Mở cửa, sớm.", "Mở cửa sớm.", SIGNS),
        ("mở cửa", "Mở cửa", SIGNS),
        ("<b>Mở</b> cửa", "Mở cửa", SIGNS),
        ("", "Có 12 xã.", NUMBERS),
        ("", "Mở cửa.", WORDS),
        ("Mở cửa.", "", WORDS),
        ("", "Hưng Yên mở cửa ở Hải Lam.", WORDS),
    ],
)
def test_numbers_weigh_most_then_names_then_words_then_signs(old, new, weight):
    assert diff.weight(old, new) == weight


def test_the_weights_are_in_order():
    assert NUMBERS > NAMES > WORDS > SIGNS > 0


@pytest.mark.parametrize("new", ["Bà Lê Thị Hoa. Ông đến.", "Ông đến. Bà Lê Thị Hoa."])
def test_the_first_word_of_a_sentence_is_no_name(new):
    assert "Ông" not in diff.names(new)
    assert diff.names(new)["Hoa"] == 1


def test_changed_words_are_marked():
    parts = diff.marked("Có 12 xã mới.", "Có 13 xã.")
    assert [(part.kind, part.text) for part in parts] == [
        ("same", "Có "),
        ("removed", "12"),
        ("added", "13"),
        ("same", " xã"),
        ("removed", " mới"),
        ("same", "."),
    ]


def test_marks_put_together_are_both_versions():
    old, new = "Một <b>hai</b> ba 12/08/2020.", "Một hai bốn 13/08/2020!"
    parts = diff.marked(old, new)
    assert "".join(p.text for p in parts if p.kind != "added") == old
    assert "".join(p.text for p in parts if p.kind != "removed") == new


def test_versions_find_each_other_wherever_they_went():
    olds = ["Trường mở cửa hôm nay.", "Mưa to ở phía bắc tỉnh."]
    news = ["Mưa rất to ở phía bắc tỉnh.", "Một câu hoàn toàn khác.", "Trường mở cửa hôm qua."]
    assert diff.paired(olds, news) == [1, None, 0]


def test_one_and_one_belong_together_however_different():
    assert diff.paired(["Một"], ["Hai"]) == [0]


def test_nothing_before_is_no_version():
    assert diff.paired([], ["Một", "Hai"]) == [None, None]

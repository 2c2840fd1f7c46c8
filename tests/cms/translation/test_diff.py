"""The weight of a change in meaning, and the marks on changed words."""

import pytest

from cms.translation import diff
from cms.translation.diff import NAME_WEIGHT, NUMBER_WEIGHT, SIGN_WEIGHT, WORD_WEIGHT


@pytest.mark.parametrize(
    ("old", "new", "weight"),
    [
        ("Có 12 xã.", "Có 13 xã.", NUMBER_WEIGHT),
        ("Ngày 12/08/2020", "Ngày 13/08/2020", NUMBER_WEIGHT),
        ("Nghị định 62/2020", "Nghị định 62/2021", NUMBER_WEIGHT),
        ("Có 1.200 người", "Có 1.250 người", NUMBER_WEIGHT),
        ("Ông Nguyễn Văn An nói.", "Ông Nguyễn Văn Bình nói.", NAME_WEIGHT),
        ("Họp tại Hưng Yên.", "Họp tại Hải Dương.", NAME_WEIGHT),
        ("Mở cửa sớm.", "Mở cửa muộn.", WORD_WEIGHT),
        ("Sớm mở cửa.", "Mở cửa sớm.", WORD_WEIGHT),
        ("Mở cửa, sớm.", "Mở cửa sớm.", SIGN_WEIGHT),
        ("mở cửa", "Mở cửa", SIGN_WEIGHT),
        ("<b>Mở</b> cửa", "Mở cửa", SIGN_WEIGHT),
        ("", "Có 12 xã.", NUMBER_WEIGHT),
        ("", "Mở cửa.", WORD_WEIGHT),
        ("Mở cửa.", "", WORD_WEIGHT),
        ("", "Hưng Yên mở cửa ở Hải Lam.", WORD_WEIGHT),
    ],
)
def test_numbers_weigh_most_then_names_then_words_then_signs(old, new, weight):
    assert diff.weight(old, new) == weight


def test_the_weights_are_in_order():
    assert NUMBER_WEIGHT > NAME_WEIGHT > WORD_WEIGHT > SIGN_WEIGHT > 0


@pytest.mark.parametrize("new", ["Bà Lê Thị Hoa. Ông đến.", "Ông đến. Bà Lê Thị Hoa."])
def test_the_first_word_of_a_sentence_is_no_name(new):
    assert "Ông" not in diff.names(new)
    assert diff.names(new)["Hoa"] == 1


def test_changed_words_are_marked():
    parts = diff.diff_parts("Có 12 xã mới.", "Có 13 xã.")
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
    parts = diff.diff_parts(old, new)
    assert "".join(p.text for p in parts if p.kind != "added") == old
    assert "".join(p.text for p in parts if p.kind != "removed") == new


def test_versions_find_each_other_wherever_they_went():
    olds = ["Trường mở cửa hôm nay.", "Mưa to ở phía bắc tỉnh."]
    news = ["Mưa rất to ở phía bắc tỉnh.", "Một câu hoàn toàn khác.", "Trường mở cửa hôm qua."]
    assert diff.match_versions(olds, news) == [1, None, 0]


def test_of_two_texts_like_an_earlier_one_only_the_more_similar_is_its_version():
    olds = ["Trường mở cửa hôm nay."]
    news = ["Trường mở cửa hôm nay, từ sớm.", "Trường mở cửa hôm nay!"]
    assert diff.match_versions(olds, news) == [None, 0]


def test_one_and_one_belong_together_however_different():
    assert diff.match_versions(["Một"], ["Hai"]) == [0]


def test_nothing_before_is_no_version():
    assert diff.match_versions([], ["Một", "Hai"]) == [None, None]

"""Passwords that are easy to guess are refused when they are set."""

import random
import string
import unicodedata

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Locale

from cms.models import SiteFrame
from cms.users.passwords import GuessablePasswordValidator, common_words
from tests.cms.users.sign_in import sign_in
from tests.factories import member_of

pytestmark = pytest.mark.django_db

GUESSABLE = [
    "matkhau123",
    "matkhau2026",
    "MatKhau@123",
    "Matkhau!!2026",
    "mậtkhẩu123",
    "Mật-khẩu-2026",
    "m4tkh4u2026",
    "m@tkh@u2026",
    "2026matkhau",
    "123matkhau321",
    "matkhaumatkhau",
    "matkhau.matkhau.1",
    "matkhau2026a",
    "maatjkhaaur1",
    "Ma65tKha63u1",
    "Vietnam2026",
    "VietNam@2026",
    "V1etn4m2026",
    "vietnam1975!",
    "viet.nam.2026",
    "vietnamvodich",
    "Vietnam2026!!",
    "Vi3tN4m_2026",
    "hanoi2026!!",
    "HaNoi123456",
    "Hanoi-Hanoi-1",
    "saigon123456",
    "DaNang@2026",
    "danang43danang",
    "quangninh14",
    "thanhhoa36!!",
    "sonoivu2026",
    "SoNoiVu@123",
    "s0n0ivu2026",
    "Sở-Nội-vụ-2026",
    "snv@2026snv",
    "SNV202620262026",
    "noivu2026!!",
    "ubnd@123456",
    "quantri2026",
    "quantri@123",
    "QuanTriVien1",
    "admin@2026!",
    "@dmin2026xx",
    "adminadmin1",
    "Administrator1",
    "anhyeuem123",
    "anhyeuem2026",
    "emyeuanh99!",
    "yeuemyeuem1",
    "iloveyou2026",
    "anhyeuemmaimai",
    "Nguyen1990!",
    "nguyenminh1",
    "HoangMinh2026",
    "minhanh2010",
    "ngoclinh@1999",
    "tranngoc123",
    "qwerty2026!",
    "asdf1234asdf",
    "1qaz2wsx3edc",
    "zxcvbnm,123",
    "qwertyuiop1",
    "abcdef123456",
    "abc123abc123",
    "motHaiBa123",
    "password2026",
    "P@ssw0rd2026",
    "P4ssw0rd!!!",
    "matkhau-vietnam-hanoi",
    "khongnho123",
    "1234567890a",
    "a1234567890",
    "0912345678x",
    "2026-2026-a",
    "aaaaaaaaaa1",
    "ababababab1",
    "20261975!!a",
    "1111111111q",
    "thiduakhenthuong",
    "30041975!snv",
    "Đảngcộngsản1",
    "dangcongsan",
    "Phongvien@123",
    "Bienvien123",
    "Thuky@2024",
    "Giaoduc@2024",
    "daotao2024",
    "Congnghe2025",
    "trangchu2024",
    "tructuyen2024",
    "Toiyeuvietnam",
    "xinchaocacban",
    "Dienthoai@1",
    "mothai3456",
    "Cafe@123456",
    "Toyota@2024",
    "ronaldo2024",
    "Taolao@1234",
    "Doanvien@2024",
    "Yte@12345678",
    "ketoanTruong1",
    "Giaovien2025",
    "Dulich@2026",
    "truyenhinh24",
    "motcua@2024",
    "Camon2024!!",
    "honda@12345",
    "Xiaomi2024!",
    "messi10@2024",
    "chuNhat2024",
]


@pytest.mark.parametrize("password", GUESSABLE)
def test_it_is_refused(password):
    with pytest.raises(ValidationError) as refused:
        validate_password(password)
    assert "password_guessable" in {error.code for error in refused.value.error_list}


@pytest.mark.parametrize(
    "password",
    [
        "Ruộng-bậc-thang-7",
        "Mot-Mat-Khau-Dai-2026",
        "mot-mat-khau-dai-2020",
        "mot-mat-khau-cho-ban-demo",
        "Ruong-bac-thang-7",
        "Thu-vien-anh-2026x",
        "con trâu đi cày ruộng",
        "ghế gió vườn cam",
        "tre-sông-đèn-muối",
        "hanoi-gặp-cơn-mưa-rào",
        "correct horse battery staple",
        "k7#Qz92!mL",
        "7#9$2kQ!4%8&1",
        "xT4-bK9-pW2",
        "3f9a1c7e5b2d",
        "Đường-lên-đỉnh-núi-8",
    ],
)
def test_it_is_taken(password):
    validate_password(password)


def test_four_words_at_random_are_taken():
    """Four random words are accepted as a password.

    They are ordinary Vietnamese words. None of them is a name or in the list of common words.
    """
    words = (
        "bàn ghế gió mưa sông núi cây lá đèn sách bút giấy trâu ruộng cày muối đường gạo vườn cam"
    )
    chance = random.Random(7)  # noqa: S311 - the same words each time
    for _number in range(300):
        validate_password("-".join(chance.sample(words.split(), 4)))


def test_what_the_demo_makes_up_is_taken():
    """The demo's random passwords are accepted.

    They are made like those of `secrets.token_urlsafe(9)`, but with a fixed seed.
    """
    chance = random.Random(11)  # noqa: S311 - the same characters each time
    alphabet = string.ascii_letters + string.digits + "-_"
    for _number in range(2000):
        validate_password("".join(chance.choices(alphabet, k=12)))


def test_a_password_in_the_other_form_of_unicode_is_the_same():
    with pytest.raises(ValidationError):
        validate_password(unicodedata.normalize("NFD", "Mật-khẩu-2026"))
    validate_password(unicodedata.normalize("NFD", "Ruộng-bậc-thang-7"))


def test_the_beginning_decides_about_a_long_one():
    """Only the first 256 characters decide about a long password.

    The check takes longer with each letter, and anybody could send a very long password.
    """
    words = "matkhau" * 36 + "2026"
    assert len(words) == 256
    with pytest.raises(ValidationError):
        validate_password(words + "gió vườn cam trâu ruộng")
    validate_password("gió vườn cam trâu ruộng" + words)


@pytest.fixture
def frames():
    """Frames that give the site its own names, in Vietnamese and English."""
    for code, name, body in (
        ("vi", "Sở Nội vụ tỉnh Lâm Viên", "UBND tỉnh Lâm Viên"),
        ("en", "Department of Home Affairs, Lam Vien", ""),
    ):
        locale = Locale.objects.get(language_code=code)
        SiteFrame.objects.update_or_create(
            locale=locale, defaults={"site_name": name, "governing_body": body}
        )


@pytest.mark.parametrize(
    "password",
    ["lamvien2026", "LamVien@123", "SNVTLV2026!", "homeaffairs1", "Department2026", "l4mv13n2026"],
)
def test_the_names_of_the_site_are_refused(frames, password):
    with pytest.raises(ValidationError):
        validate_password(password)


def test_the_names_of_another_site_are_taken():
    SiteFrame.objects.all().delete()
    validate_password("lamvien2026")


def test_the_host_of_the_site_is_refused(settings):
    settings.SITE_URL = "https://kyniem.example.vn"
    with pytest.raises(ValidationError):
        validate_password("kyniem2026")
    settings.SITE_URL = "https://example.vn"
    validate_password("kyniem2026")


@pytest.mark.parametrize(
    "password", ["TranThuHa1985", "thuha@2026ha", "hatran2026!", "bthuyen2026", "Thu.Ha.Thu.1"]
)
def test_the_names_of_the_account_are_refused(password):
    user = get_user_model()(username="bthuyen", first_name="Trần Thu Hà")
    with pytest.raises(ValidationError):
        validate_password(password, user)


def test_the_name_of_somebody_else_is_taken():
    user = get_user_model()(username="bthuyen", first_name="Trần Thu Hà")
    validate_password("kvuong2026", user)


def test_whoever_has_such_a_password_signs_in_as_before(client):
    member_of("Editors", username="bientap", password="matkhau123")
    assert sign_in(client, password="matkhau123").status_code == 302


def test_an_administrator_cannot_give_one(client, administrator):
    person = member_of("Editors", username="bientap", password="matkhau123")
    client.force_login(administrator)
    address = reverse("wagtailusers_users:edit", args=[person.pk])
    form = {
        "username": "bientap",
        "first_name": "Hà",
        "is_active": "on",
        "groups": [group.pk for group in person.groups.all()],
    }
    for password, status in (("sonoivu2026", 200), ("Ruong-bac-thang-7", 302)):
        response = client.post(address, {**form, "password1": password, "password2": password})
        assert response.status_code == status
    assert sign_in(client, password="Ruong-bac-thang-7").status_code == 302


def test_it_says_what_is_refused():
    assert GuessablePasswordValidator().get_help_text()


def test_the_list_is_read_without_its_comments():
    words = common_words()
    assert {"matkhau", "maatjkhaaur", "vietnam", "qwert", "hgfdsa"} <= words
    assert all(word.isascii() and word.isalpha() and len(word) >= 3 for word in words)

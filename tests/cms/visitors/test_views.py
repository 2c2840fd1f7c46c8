"""Tests of what `/visitors/` promises to browsers, caches and unknown clients."""

import hashlib
import re
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.db import DatabaseError, OperationalError

from cms.visitors import crawlers
from cms.visitors.live_count import LiveCount
from cms.visitors.models import Presence, VisitorHour
from cms.visitors.sampling import Sampling
from cms.visitors.stores.database import DatabaseStore
from tests.cms.visitors.conftest import token

ALICE, BINH = token(1), token(2)


def test_the_number_is_an_integer_in_json(client, crowd):
    crowd(3)
    response = client.get("/visitors/")
    assert response["Content-Type"] == "application/json"
    assert response.json()["online"] == 3


def test_the_number_comes_with_the_moment_it_was_true_at(client, db, clock):
    assert client.get("/visitors/").json()["at"] == clock().isoformat()


def test_any_cache_may_share_the_number_for_a_few_seconds(client, db):
    response = client.get("/visitors/")
    assert "public" in response["Cache-Control"]
    age = int(re.search(r"max-age=(\d+)", response["Cache-Control"])[1])
    assert 1 <= age <= 5


def test_the_number_sets_no_cookie_and_varies_on_nothing(client, db):
    response = client.get("/visitors/")
    assert not response.cookies
    assert "Vary" not in response


def test_the_number_is_the_same_for_who_is_signed_in(client, editor, crowd):
    crowd(2)
    client.force_login(editor)
    response = client.get("/visitors/")
    assert response.json()["online"] == 2
    assert "public" in response["Cache-Control"]
    assert "Vary" not in response


def test_reading_the_number_is_no_visit(client, db):
    for _ in range(3):
        assert client.get("/visitors/").json()["online"] == 0


def test_reading_the_number_again_asks_the_database_for_nothing(
    client, crowd, clock, settings, django_assert_num_queries
):
    """A process knows the number for as long as caches may share it; so does every page."""
    crowd(1)
    client.get("/visitors/")
    crowd(1, start=1)
    clock.advance(settings.VISITOR_SHARED_SECONDS - 0.001)
    with django_assert_num_queries(0):
        assert client.get("/visitors/").json()["online"] == 1
    clock.advance(0.001)
    assert client.get("/visitors/").json()["online"] == 2


def test_a_beat_answers_with_the_number_that_includes_it(send):
    assert send(token=ALICE, sequence=1).json()["online"] == 1
    assert send(token=BINH, sequence=1).json()["online"] == 2


def test_a_beat_without_a_cookie_or_csrf_token_is_taken_and_sets_no_cookie(send):
    response = send(token=ALICE, sequence=1)
    assert response.status_code == 200
    assert not response.cookies


def test_a_beat_is_never_cached(send):
    response = send(token=ALICE, sequence=1)
    assert "no-store" in response["Cache-Control"]
    assert "public" not in response["Cache-Control"]


def test_a_refused_beat_is_never_cached(send):
    assert "no-store" in send(token="?", sequence=1)["Cache-Control"]


def test_who_signs_off_is_shown_no_longer_than_a_number_is_shared(send, client, clock, settings):
    send(token=ALICE, sequence=1)
    send(token=BINH, sequence=1)
    send(token=ALICE, sequence=2, leaving=1)
    clock.advance(settings.VISITOR_SHARED_SECONDS)
    assert client.get("/visitors/").json()["online"] == 1


def test_signing_off_counts_nobody_since_no_browser_reads_the_answer(send, monkeypatch):
    send(token=ALICE, sequence=1)
    monkeypatch.setattr(DatabaseStore, "tally", None)
    assert send(token=ALICE, sequence=2, leaving=1).status_code == 200
    assert not Presence.objects.get().online


def test_a_sign_off_from_outside_the_sample_asks_the_store_for_nothing(
    send, client, clock, django_assert_num_queries
):
    DatabaseStore().save_sampling(Sampling(10, clock(), one_in=4, counted_in=4))
    client.get("/visitors/")
    with django_assert_num_queries(0):
        assert send(token="4" + "0" * 31, sequence=1, leaving=1).status_code == 200


def test_who_falls_silent_expires(client, send, clock, settings):
    send(token=ALICE, sequence=1)
    clock.advance(settings.VISITOR_WINDOW - 1)
    assert client.get("/visitors/").json()["online"] == 1
    clock.advance(settings.VISITOR_SHARED_SECONDS)
    assert client.get("/visitors/").json()["online"] == 0


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "abc",
        "A" * 32,
        "g" * 32,
        "0" * 31,
        "0" * 33,
        "0" * 31 + "\0",
        "\0" + "0" * 32,
        "0" * 32 + "\n",
        "٠" * 32,
        "0" * 400,
    ],
)
@pytest.mark.parametrize("leaving", [{}, {"leaving": "1"}])
def test_a_wrong_token_is_a_bad_request_and_counts_for_nothing(send, wrong, leaving):
    response = send(token=wrong, sequence=1, **leaving)
    assert response.status_code == 400
    assert "online" not in response.json()
    assert not Presence.objects.exists()


@pytest.mark.parametrize("wrong", ["", "-1", "1.5", "x", "1\0", "٣", "9" * 17, "9" * 300])
def test_a_wrong_sequence_is_a_bad_request_and_counts_for_nothing(send, wrong):
    assert send(token=ALICE, sequence=wrong).status_code == 400
    assert not Presence.objects.exists()


@pytest.mark.parametrize("form", [{}, {"token": ALICE}, {"sequence": 1}, {"leaving": 1}])
def test_a_missing_field_is_a_bad_request(send, form):
    assert send(**form).status_code == 400


def test_the_longest_sequence_is_stored(send):
    assert send(token=ALICE, sequence="9" * 16).json()["online"] == 1


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b'{"token": "' + ALICE.encode() + b'"}'),
        ("multipart/form-data; boundary=x", b"not multipart at all"),
        ("multipart/form-data", b"no boundary"),
        ("application/x-www-form-urlencoded; charset=nonsense", b"token=" + ALICE.encode()),
        ("application/x-www-form-urlencoded", b"\xff\xfe\x00&=&&%zz"),
        ("", b""),
    ],
)
def test_a_body_that_is_no_form_is_a_bad_request(client, db, content_type, body):
    response = client.generic("POST", "/visitors/", body, content_type=content_type)
    assert response.status_code == 400
    assert not Presence.objects.exists()


def test_a_body_over_the_limit_is_refused_unread(send):
    response = send(token=ALICE, sequence=1, padding="x" * 600)
    assert response.status_code == 413
    assert not Presence.objects.exists()


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", ""])
def test_a_beat_from_another_sites_page_is_refused(send, site):
    assert send(token=ALICE, sequence=1, headers={"Sec-Fetch-Site": site}).status_code == 403
    assert not Presence.objects.exists()


@pytest.mark.parametrize(
    "origin", ["https://elsewhere.example", "http://testserver.example", "null", ""]
)
def test_a_beat_with_a_foreign_origin_is_refused(send, origin):
    assert send(token=ALICE, sequence=1, headers={"Origin": origin}).status_code == 403
    assert not Presence.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin"},
        {"Origin": "http://testserver"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"},
    ],
)
def test_a_beat_from_our_own_page_is_taken(send, headers):
    assert send(token=ALICE, sequence=1, headers=headers).status_code == 200


def test_a_token_too_many_of_one_address_gets_429_and_others_do_not(send, settings):
    settings.VISITOR_TOKENS_PER_ADDRESS = 2
    send(token=token(1), sequence=1)
    send(token=token(2), sequence=1)
    refused = send(token=token(3), sequence=1)
    assert refused.status_code == 429
    assert refused.json()["online"] == 2
    assert send(token=token(1), sequence=2).status_code == 200
    assert send(token=token(3), sequence=2, ip_address="203.0.113.8").json()["online"] == 3


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_not_allowed(client, db, method):
    response = client.generic(method, "/visitors/")
    assert response.status_code == 405
    assert "POST" in response["Allow"]


def test_nothing_of_the_address_or_the_browser_is_stored(send):
    ip_address, agent = "198.51.100.23", "Mozilla/5.0 (Recognisable)"
    send(
        token=ALICE,
        sequence=7,
        ip_address=ip_address,
        headers={"User-Agent": agent, "Accept-Language": "vi", "X-Forwarded-For": ip_address},
    )
    row = Presence.objects.values().get()
    key = row.pop("address_key")
    assert set(row) == {"token", "seen_at", "sequence", "online"}
    assert (row["token"], row["sequence"], row["online"]) == (ALICE, 7, True)
    assert re.fullmatch(r"[0-9a-f]{32}", key)
    for algorithm in ("md5", "sha1", "sha256"):
        assert key != hashlib.new(algorithm, ip_address.encode()).hexdigest()[:32]
    for value in [key, *row.values()]:
        assert ip_address not in str(value)
        assert agent not in str(value)


def test_a_forwarded_address_of_the_visitors_own_making_opens_no_second_quota(send, settings):
    settings.VISITOR_TOKENS_PER_ADDRESS = 1
    send(token=ALICE, sequence=1)
    spoofed = send(token=BINH, sequence=1, headers={"X-Forwarded-For": "192.0.2.1"})
    assert spoofed.status_code == 429


@pytest.fixture(params=[DatabaseError, OperationalError])
def store_is_down(request, monkeypatch):
    """A store that does not respond."""

    def fail():
        raise request.param("the store is down")

    monkeypatch.setattr("cms.visitors.live_count.current_store", fail)


@pytest.mark.usefixtures("store_is_down")
def test_without_a_store_reading_gives_503_and_no_number(client, db):
    response = client.get("/visitors/")
    assert response.status_code == 503
    assert "online" not in response.json()
    assert "public" not in response.get("Cache-Control", "")


@pytest.mark.usefixtures("store_is_down")
def test_without_a_store_a_beat_gets_503_and_no_number(send):
    response = send(token=ALICE, sequence=1)
    assert response.status_code == 503
    assert "online" not in response.json()
    assert "no-store" in response["Cache-Control"]


@pytest.mark.usefixtures("store_is_down")
@pytest.mark.parametrize("address", ["/", "/en/", "/tin-tuc/"])
def test_without_a_store_pages_are_shown_without_a_number(client, db, address):
    """The counter is in the page, but hidden. The script of the page fills it in later.

    It does so with the next response that has a number.
    """
    response = client.get(address)
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "html.parser")
    counter = page.select_one(".footer-visitors > [data-visitor-counter]")
    assert counter.has_attr("hidden")
    assert counter.select_one("[data-visitor-count]").text == ""
    assert counter["data-wording"].count("{count}") == 1


def test_a_whole_ipv6_network_counts_as_one_address(send, settings):
    settings.VISITOR_TOKENS_PER_ADDRESS = 2
    answers = [
        send(token=token(number), sequence=1, ip_address=f"2001:db8::{number}").status_code
        for number in range(1, 4)
    ]
    assert answers == [200, 200, 429]


def test_a_length_that_is_no_number_is_refused(client, db):
    response = client.post("/visitors/", {"token": token(1)}, CONTENT_LENGTH="abc")
    assert response.status_code == 413


def test_a_program_that_visits_is_told_the_number_and_not_counted(send):
    bot = {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"}
    answer = send(token=ALICE, sequence=1, headers=bot)
    assert (answer.status_code, answer.json()["online"]) == (200, 0)
    assert not Presence.objects.exists()


def test_browsers_are_told_the_pace(client, send, settings):
    settings.VISITOR_BEAT_INTERVAL = 12
    for response in (client.get("/visitors/"), send(token=ALICE, sequence=1)):
        assert response.json()["interval"] == 12
        assert response.json()["one_in"] == 1


def test_a_beat_from_outside_the_sample_is_told_so_and_not_kept(send, clock):
    DatabaseStore().save_sampling(Sampling(10, clock(), one_in=4, counted_in=4))
    outside = send(token="4" + "0" * 31, sequence=1)
    assert (outside.status_code, outside.json()["one_in"]) == (200, 4)
    assert not Presence.objects.exists()
    assert send(token="3" + "f" * 31, sequence=1).json()["online"] == 4


def test_a_first_beat_is_a_visit_and_one_that_goes_on_is_none(send, client, clock):
    send(token=ALICE, sequence=1, visit=1)
    send(token=ALICE, sequence=2, visit=1)
    send(token=BINH, sequence=1)
    clock.advance(60)
    client.get("/visitors/")
    assert sum(VisitorHour.objects.values_list("visits", flat=True)) == 1


def test_the_hour_keeps_its_peak(send, client, clock):
    for number in range(3):
        send(token=token(number), sequence=1)
    clock.advance(2)
    client.get("/visitors/")
    moment = clock()
    clock.advance(60)
    client.get("/visitors/")
    hour = VisitorHour.objects.get()
    assert (hour.peak, hour.peak_at) == (3, moment)


def test_the_store_is_swept_as_time_goes_on(send, client, clock):
    send(token=ALICE, sequence=1)
    clock.advance(60)
    client.get("/visitors/")
    assert not Presence.objects.exists()


@pytest.fixture
def elapsed(monkeypatch):
    """The seconds that have passed in the view of the process: `elapsed.seconds`."""
    elapsed = SimpleNamespace(seconds=0)
    monkeypatch.setattr("cms.visitors.live_count.time.monotonic", lambda: elapsed.seconds)
    return elapsed


@pytest.mark.usefixtures("store_is_down")
def test_a_store_that_fails_is_logged_once_a_minute(client, db, caplog, elapsed):
    for elapsed.seconds in (0, 20, 40, 59, 60, 61):
        assert client.get("/visitors/").status_code == 503
    assert [line.name for line in caplog.records].count("cms.visitors.live_count") == 2


def test_a_store_that_comes_back_is_asked_at_once(client, db, monkeypatch, elapsed):
    def fail():
        raise OperationalError

    with monkeypatch.context() as patch:
        patch.setattr("cms.visitors.live_count.current_store", fail)
        assert client.get("/visitors/").status_code == 503
    assert client.get("/visitors/").status_code == 200


def test_a_store_that_hangs_is_left_alone_for_a_while(client, db, monkeypatch, elapsed):
    asked = []

    def hang():
        asked.append(elapsed.seconds)
        elapsed.seconds += 0.25
        raise OperationalError

    monkeypatch.setattr("cms.visitors.live_count.current_store", hang)
    for _ in range(20):
        assert client.get("/visitors/").status_code == 503
        elapsed.seconds += 0.25
    assert asked == [0, 2.75]


def test_beats_are_answered_before_sessions_users_and_languages(client, db, monkeypatch):
    def fail(*_arguments):
        raise AssertionError("the rest of the stack was reached")

    monkeypatch.setattr("cms.addresses.language.LanguageFromPathMiddleware.__call__", fail)
    assert client.get("/visitors/").status_code == 200


def test_an_unknown_host_is_refused(client, db):
    assert client.get("/visitors/", headers={"host": "elsewhere.example"}).status_code == 400


def test_while_closed_nothing_is_counted(send, settings, tmp_path):
    settings.MAINTENANCE_FILE = tmp_path / "closed"
    settings.MAINTENANCE_FILE.touch()
    assert send(token=ALICE, sequence=1).status_code == 503
    assert not Presence.objects.exists()


def test_visits_are_kept_while_the_database_cannot_note_them(store, clock, monkeypatch, caplog):
    def fail(*_arguments):
        raise OperationalError("the database is down")

    count = LiveCount(store)
    count.beat(ALICE, 1, "0" * 32, clock(), is_visit=True)
    with monkeypatch.context() as patch:
        patch.setattr("cms.visitors.statistics.record", fail)
        count.run_upkeep(clock())
        assert count.read(clock()).online == 1
    assert "not noted" in caplog.text
    clock.advance(5)
    count.run_upkeep(clock())
    assert VisitorHour.objects.get().visits == 1


def test_the_first_sample_of_a_crowd_keeps_only_its_own_tokens(db, clock, settings):
    """The others send no more beats. If they stayed, their addresses would seem crowded."""
    settings.VISITOR_BEATS_PER_SECOND = 5
    store = DatabaseStore()
    for digit in "0123456789abcdef":
        store.beat(digit * 32, 1, "0" * 32, clock())
    clock.advance(1)
    count = LiveCount(store)
    count.run_upkeep(clock())
    assert count.read(clock()).sampling.one_in == 3
    assert Presence.objects.count() == 6


@pytest.mark.parametrize(
    ("one_in", "counted_in", "taken"),
    [(8, 8, 35), (1, 2, 115)],
    ids=["a sample", "a sample that grows"],
)
def test_an_address_moves_the_number_by_its_limit_in_a_sample_too(
    send, clock, settings, one_in, counted_in, taken
):
    """An IP address changes the number by at most its limit, in a sample, too.

    A limit of 200 tokens is 25 tokens in a sample of one in 8, and at most 35 with random
    variation.
    """
    settings.VISITOR_TOKENS_PER_ADDRESS = 200
    DatabaseStore().save_sampling(Sampling(10, clock(), one_in, counted_in))
    answers = [send(token=token(number), sequence=1) for number in range(taken + 5)]
    assert [answer.status_code for answer in answers] == [200] * taken + [429] * 5
    assert answers[-1].json()["online"] == taken * counted_in


def test_a_long_name_of_a_program_is_looked_at_in_its_beginning_alone(monkeypatch):
    """Only the beginning of a long user agent is checked.

    The time of the check grows with the square of the length. For 8,000 characters it would take
    seconds.
    """
    looked_at = []
    ask = crawlers._detect.isCrawler
    monkeypatch.setattr(
        crawlers._detect, "isCrawler", lambda name: looked_at.append(len(name)) or ask(name)
    )
    assert crawlers.is_crawler("Googlebot/2.1 " + "a" * 8000)
    assert looked_at == [crawlers.USER_AGENT_LENGTH]

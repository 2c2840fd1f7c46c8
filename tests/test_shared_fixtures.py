"""Tests of the shared fixtures. Each holds alone, and after the tests above it."""

from cms.models import GoneAddress
from tests.shared_fixtures import builders_for, reload_rows, shared_fixture

BUILT = []


@shared_fixture
def gone_section():
    """A row that several tests request."""
    BUILT.append("section")
    return GoneAddress.objects.create(path="/chuyen-muc/")


@shared_fixture
def gone_article(gone_section):
    """A row that needs the row of another shared fixture."""
    BUILT.append("article")
    return GoneAddress.objects.create(path=f"{gone_section.path}bai-viet/")


def paths():
    """Return the paths of all rows."""
    return set(GoneAddress.objects.values_list("path", flat=True))


def test_a_test_may_change_the_row(gone_section):
    gone_section.path = "/khac/"
    gone_section.save()
    GoneAddress.objects.create(path="/them/")
    assert paths() == {"/khac/", "/them/"}


def test_the_next_test_gets_the_row_unchanged_and_not_created_again(gone_section):
    assert gone_section.path == "/chuyen-muc/"
    assert paths() == {"/chuyen-muc/"}
    assert BUILT == ["section"]


def test_a_fixture_adds_to_the_one_that_it_requests(gone_article, gone_section):
    assert gone_article.path == "/chuyen-muc/bai-viet/"
    assert paths() == {gone_section.path, gone_article.path}
    assert BUILT == ["section", "article"]


def test_a_test_sees_only_the_rows_that_it_requests(gone_section):
    assert paths() == {"/chuyen-muc/"}


def test_a_test_that_requests_no_row_sees_none(db):
    assert paths() == set()


def test_what_a_test_requests_is_built_in_the_order_of_need(request, gone_article):
    names = [build.__name__ for build in builders_for(request.node)]
    assert names == ["gone_section", "gone_article"]


def test_rows_are_read_anew_wherever_they_are_held(gone_section):
    held = {"one": gone_section, "more": [gone_section], "text": "/khac/"}
    GoneAddress.objects.update(path="/moi/")
    again = reload_rows(held)
    assert (again["one"].path, again["more"][0].path, again["text"]) == ("/moi/", "/moi/", "/khac/")

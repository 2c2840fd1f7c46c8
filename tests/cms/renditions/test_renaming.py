"""Tests that the worker renames renditions whose names could be guessed."""

import json
import os
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from django.db import OperationalError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image
from wagtail.models import PageViewRestriction

from cms.models import FormerRenditionName, PortalRendition
from cms.operations.worker import PortalWorker
from cms.renditions import files, renaming
from cms.renditions.renaming import (
    BATCH,
    FORMER_ADDRESS_LIFETIME,
    RENAME_EVERY,
    RETRY_AFTER,
    rename_due_renditions,
)
from tests.clock import Clock
from tests.cms.documents.test_serving import refer
from tests.cms.renditions.former_renditions import SPEC, media_path, old_rendition
from tests.cms.storage.test_full_disk import files as files_in
from tests.cms.storage.test_full_disk import full_disk
from tests.databases import analyze
from tests.factories import ArticleFactory, PictureFactory, TopicFactory, image_block
from tests.rendered_pages import content_of

ONE_SECOND = timedelta(seconds=1)
NUMBERS = count(1)


@pytest.fixture(autouse=True)
def no_hurry(monkeypatch):
    """No round ends early on a slow machine."""
    monkeypatch.setattr(renaming, "ROUND_SECONDS", 3600)


@pytest.fixture
def clock(monkeypatch):
    """A clock that does not move until a test sets it forward."""
    clock = Clock(timezone.now())
    monkeypatch.setattr(timezone, "now", clock)
    return clock


def picture_with_long_name():
    """Make a picture with a name so long that its renditions' names lack the random end."""
    return PictureFactory(file__filename=f"{next(NUMBERS)}-{'ngay-hoi-' * 8}.jpg")


@pytest.fixture
def picture(db):
    """A picture of a draft."""
    return picture_with_long_name()


@pytest.fixture
def public_picture(section):
    """A picture that a published article shows."""
    picture = picture_with_long_name()
    ArticleFactory(parent=section, title="Tin", body=json.dumps([image_block(picture)]))
    return picture


def work():
    """Do all rounds that are due."""
    for _round in range(50):
        if not rename_due_renditions():
            return
    raise AssertionError("There is always something to do")


def new_name(rendition):
    """Return the present name of the rendition, and assert that its file is a picture."""
    name = PortalRendition.objects.get(pk=rendition.pk).file.name
    with Image.open(media_path(name)) as image:
        assert image.format == "JPEG"
    return name


def test_the_name_of_a_picture_used_to_give_its_renditions_away(picture):
    # The other tests start from this state: the random end of the name was cut off.
    assert not renaming.has_random_end(old_rendition(picture))


def test_the_size_of_a_draft_is_renamed_and_its_old_address_is_gone(client, picture):
    rendition = old_rendition(picture)
    before = content_of(client.get(rendition.url))
    work()
    address = f"/media/{new_name(rendition)}"
    assert content_of(client.get(address)) == before
    assert client.get(rendition.url).status_code == 404
    assert not media_path(rendition.file.name).exists()
    assert not FormerRenditionName.objects.exists()


def test_the_page_asks_for_the_new_address(client, public_picture):
    use = old_rendition(public_picture, "format-jpeg|width-480")
    article = ArticleFactory._meta.model.objects.get()
    assert use.url in client.get(article.url).content.decode()
    work()
    page = client.get(article.url).content.decode()
    assert use.url not in page
    assert new_name(use) in page


def test_the_old_address_of_a_public_picture_answers_for_thirty_days(client, public_picture, clock):
    rendition = old_rendition(public_picture)
    before = content_of(client.get(rendition.url))
    work()
    new = new_name(rendition)
    assert not media_path(rendition.file.name).exists()
    response = client.get(rendition.url)
    assert (response.status_code, content_of(response)) == (200, before)
    assert response["Content-Type"] == "image/jpeg"
    assert response["Cache-Control"] == "public, max-age=60"
    clock.now += timedelta(days=30) - ONE_SECOND
    work()
    assert client.get(rendition.url).status_code == 200
    clock.now += ONE_SECOND
    assert client.get(rendition.url).status_code == 404
    work()
    assert not FormerRenditionName.objects.exists()
    assert new_name(rendition) == new
    assert client.get(f"/media/{new}").status_code == 200


def test_an_old_address_stops_answering_when_the_picture_is_public_no_more(client, public_picture):
    rendition = old_rendition(public_picture)
    work()
    article = ArticleFactory._meta.model.objects.get()
    article.unpublish()
    assert client.get(rendition.url).status_code == 404
    article.save_revision().publish()
    assert client.get(rendition.url).status_code == 200
    PageViewRestriction.objects.create(page=article, restriction_type="login")
    assert client.get(rendition.url).status_code == 404
    assert client.get(f"/media/{new_name(rendition)}").status_code == 200


def test_the_old_address_of_a_private_picture_is_gone_at_once(client, section, public_picture):
    PageViewRestriction.objects.create(page=section, restriction_type="login")
    rendition = old_rendition(public_picture)
    work()
    assert client.get(rendition.url).status_code == 404
    assert not FormerRenditionName.objects.exists()


def test_the_old_address_of_a_picture_published_afterwards_stays_gone(client, section, picture):
    rendition = old_rendition(picture)
    work()
    ArticleFactory(parent=section, title="Tin", body=json.dumps([image_block(picture)]))
    assert client.get(rendition.url).status_code == 404


def test_the_chosen_picture_of_a_list_is_public_too(client, section, picture):
    ArticleFactory(parent=section, title="Tin", chosen_picture=picture)
    rendition = old_rendition(picture)
    work()
    assert client.get(rendition.url).status_code == 200


def test_the_old_address_goes_with_the_picture(client, public_picture, clock):
    rendition = old_rendition(public_picture)
    work()
    name = new_name(rendition)
    public_picture.delete()
    assert client.get(rendition.url).status_code == 404
    clock.now += FORMER_ADDRESS_LIFETIME
    work()
    assert not FormerRenditionName.objects.exists()
    assert not media_path(name).exists()


@pytest.mark.parametrize("name", ["x" * 200, "a" * 100, "%00", "đ", "a/b/c"])
def test_an_odd_former_name_is_not_found(client, db, name):
    assert client.get(f"/media/images/{name}").status_code in (400, 404)


def test_a_name_that_nobody_could_guess_is_kept(client, db):
    picture = PictureFactory(file__filename="a.jpg")
    rendition = old_rendition(picture)
    work()
    assert new_name(rendition) == rendition.file.name
    assert client.get(rendition.url).status_code == 200
    assert PortalRendition.objects.get().has_random_name


def test_a_name_with_half_of_its_random_digits_is_not_kept(db):
    picture = PictureFactory(file__filename="a.jpg")
    stem = Path(picture.file.name).stem
    rendition = old_rendition(picture, name=f"images/{stem[:-1]}.format-jpeg.width-60.jpg")
    work()
    assert new_name(rendition) != rendition.file.name


def test_a_row_that_older_software_writes_is_looked_at(picture):
    before = MigrationLoader(connection).project_state([("cms", "0002_gone_addresses")])
    rendition = old_rendition(picture)
    values = PortalRendition.objects.filter(pk=rendition.pk).values(
        "image_id", "filter_spec", "file", "width", "height", "focal_point_key"
    )[0]
    rendition.image.renditions.all().delete()
    before.apps.get_model("cms", "PortalRendition").objects.create(**values)
    work()
    [renamed] = PortalRendition.objects.all()
    assert new_name(renamed) != values["file"]


def test_new_renditions_are_left_alone(picture):
    rendition = picture.get_rendition(SPEC)
    assert not rename_due_renditions()
    assert new_name(rendition) == rendition.file.name


def test_a_lost_file_is_drawn_anew_under_the_new_name(client, public_picture):
    rendition = old_rendition(public_picture)
    media_path(rendition.file.name).unlink()
    work()
    response = client.get(f"/media/{new_name(rendition)}")
    assert content_of(response)[:2] == b"\xff\xd8"
    assert client.get(rendition.url).status_code == 200


@pytest.mark.parametrize("lost", ["original", "focus"])
def test_the_row_of_a_lost_file_that_cannot_be_drawn_goes(client, picture, lost):
    rendition = old_rendition(picture)
    if lost == "original":
        media_path(picture.file.name).unlink()
    else:
        PortalRendition.objects.filter(pk=rendition.pk).update(focal_point_key="abcdef12")
    media_path(rendition.file.name).unlink()
    work()
    assert not PortalRendition.objects.exists()
    assert not FormerRenditionName.objects.exists()


def test_a_disk_that_is_away_costs_no_rendition(picture, clock, caplog):
    rendition = old_rendition(picture)
    folder = media_path("images")
    aside = folder.rename(folder.with_name("images-aside"))
    try:
        work()
    finally:
        aside.rename(folder)
    assert "not renamed" in caplog.text
    assert new_name(rendition) == rendition.file.name
    clock.now += RETRY_AFTER
    work()
    assert new_name(rendition) != rendition.file.name


def test_a_file_system_without_second_names_gets_a_copy(picture, monkeypatch):
    def refuse(*_paths):
        raise PermissionError("Operation not permitted")

    rendition = old_rendition(picture)
    before = media_path(rendition.file.name).read_bytes()
    monkeypatch.setattr(files.os, "link", refuse)
    work()
    copy = media_path(new_name(rendition))
    assert copy.read_bytes() == before
    assert copy.stat().st_mode & 0o777 == 0o644
    assert not media_path(rendition.file.name).exists()


def test_two_renditions_with_one_file_get_one_each(picture):
    first = old_rendition(picture)
    second = old_rendition(picture, "format-jpeg|width-61", name=first.file.name)
    work()
    assert new_name(first) != new_name(second)


def test_what_fails_does_not_stop_the_rest_and_is_tried_again(picture, clock, monkeypatch, caplog):
    broken, fine = old_rendition(picture), old_rendition(picture, "format-jpeg|width-61")
    attempts = []

    def provide_or_fail(rendition, name):
        if rendition.pk == broken.pk:
            attempts.append(name)
            if len(attempts) == 1:
                raise PermissionError("hỏng")
        return files.provide_file(rendition, name)

    monkeypatch.setattr(renaming, "provide_file", provide_or_fail)
    work()
    assert new_name(fine) != fine.file.name
    assert new_name(broken) == broken.file.name
    assert "hỏng" in caplog.text
    work()
    assert len(attempts) == 1
    clock.now += RETRY_AFTER
    work()
    assert new_name(broken) != broken.file.name
    assert attempts[0] == attempts[1]


def test_a_database_that_goes_away_is_told_to_the_worker(picture, monkeypatch):
    def fail(*_arguments):
        raise OperationalError("away")

    old_rendition(picture)
    monkeypatch.setattr(renaming, "provide_file", fail)
    with pytest.raises(OperationalError):
        rename_due_renditions()


def test_a_snippet_that_shows_a_picture_makes_it_public(client, picture):
    rendition = old_rendition(picture)
    refer(TopicFactory(), picture)
    work()
    assert client.get(rendition.url).status_code == 200


# Interrupted work, and two workers at once


class PowerCutError(BaseException):
    """An exception that no code expects."""


class Steps:
    """A counter of queries and file changes during renaming, which acts before one of them."""

    def __init__(self, monkeypatch):
        self.left, self.act = None, None
        for module, name in ((os, "link"), (Path, "unlink"), (os, "rename")):
            monkeypatch.setattr(module, name, self.counted(getattr(module, name)))

    def run(self, number, act):
        """Work, call `act` before step `number`, and return whether there was such a step."""
        self.left, self.act = number, act
        try:
            with connection.execute_wrapper(self.query):
                work()
        except PowerCutError:
            # Undo only the interrupted work, because the test itself is a transaction too.
            transaction.set_rollback(False)
        reached, self.left = self.left is None, None
        return reached

    def counted(self, function):
        """Return the function with a counter."""

        def step(*arguments, **options):
            self.count()
            return function(*arguments, **options)

        return step

    def query(self, execute, *arguments):
        """Count a query. This is an execute wrapper of Django."""
        self.count()
        return execute(*arguments)

    def count(self):
        """Act when the number is reached. Steps after that are not counted."""
        if self.left is not None:
            self.left -= 1
            if self.left == 0:
                self.left = None
                self.act()


# The number of steps of the shortest way. A test that sees fewer steps tests nothing.
FEWEST_STEPS = 12

STATES = ["draft", "public", "lost", "lost for good", "copied"]


@pytest.fixture(params=STATES)
def state(request, monkeypatch):
    """The state of the rendition to rename, and of the disk."""
    if request.param == "copied":

        def refuse(*_paths):
            raise PermissionError("Operation not permitted")

        monkeypatch.setattr(os, "link", refuse)
    return request.param


@pytest.fixture
def steps(state, monkeypatch):
    """A counter that acts in the middle of renaming."""
    return Steps(monkeypatch)


def rendition_in(state, section):
    """Make an old rendition in this state."""
    picture = picture_with_long_name()
    if state == "public":
        ArticleFactory(parent=section, body=json.dumps([image_block(picture)]))
    rendition = old_rendition(picture)
    if state.startswith("lost"):
        media_path(rendition.file.name).unlink()
    if state == "lost for good":
        media_path(picture.file.name).unlink()
    return rendition


def files_of_renditions():
    """Return the names of all files of renditions."""
    return {f"images/{path.name}" for path in media_path("images").iterdir()}


def check_end(state, rendition, other_files):
    """Check that renaming has its one correct result, and that no file is left over."""
    kept = set() if state == "lost for good" else {new_name(rendition)}
    assert rendition.file.name not in kept
    assert PortalRendition.objects.count() == len(kept)
    assert files_of_renditions() - other_files == kept
    former = FormerRenditionName.objects.values_list("name", "renamed")
    assert list(former) == ([(rendition.file.name, True)] if state == "public" else [])


def each_step(section, state, steps, act):
    """Yield one old rendition for each step of renaming, with `act` called before that step."""
    media_path("images").mkdir(exist_ok=True)
    for number in count(1):
        other_files = files_of_renditions()
        rendition = rendition_in(state, section)
        reached = steps.run(number, lambda rendition=rendition: act(rendition))
        if not reached:
            assert number > FEWEST_STEPS
            return
        yield rendition, other_files
        PortalRendition.objects.all().delete()
        FormerRenditionName.objects.all().delete()


def test_work_cut_off_at_any_step_is_brought_to_its_end(section, state, steps, clock):
    def cut(_rendition):
        raise PowerCutError

    for rendition, other_files in each_step(section, state, steps, cut):
        clock.now += RETRY_AFTER
        work()
        check_end(state, rendition, other_files)


@pytest.mark.parametrize("late", [False, True], ids=["at once", "after a long sleep"])
def test_two_workers_at_once_do_no_harm(section, state, steps, clock, late):
    def work_beside(_rendition):
        # A worker that sleeps while it works is overtaken by the other.
        clock.now += RETRY_AFTER if late else timedelta(0)
        work()

    for rendition, other_files in each_step(section, state, steps, work_beside):
        clock.now += RETRY_AFTER
        work()
        check_end(state, rendition, other_files)


def test_a_picture_deleted_at_any_step_leaves_nothing_behind(
    section, state, steps, clock, django_capture_on_commit_callbacks
):
    def delete(rendition):
        with django_capture_on_commit_callbacks(execute=True):
            rendition.image.delete()

    for _rendition, other_files in each_step(section, state, steps, delete):
        clock.now += FORMER_ADDRESS_LIFETIME
        work()
        assert files_of_renditions() == other_files
        assert not FormerRenditionName.objects.exists()


def test_what_one_worker_took_is_left_to_it_for_a_while(picture, clock):
    old_rendition(picture)
    renaming.note_former_names(1)
    [former], [same] = renaming.due_names(), renaming.due_names()
    assert renaming.claim(former)
    assert not renaming.claim(same)
    assert not renaming.due_names()
    clock.now += RETRY_AFTER
    assert renaming.due_names() == [former]


@pytest.mark.parametrize("state", ["lost", "copied"], indirect=True)
def test_a_full_disk_leaves_nothing_and_is_waited_for(section, state, clock, settings, caplog):
    rendition = rendition_in(state, section)
    before = files_in(settings.MEDIA_ROOT)
    with full_disk():
        work()
    assert "not renamed" in caplog.text
    assert files_in(settings.MEDIA_ROOT) == before
    assert PortalRendition.objects.get().file.name == rendition.file.name
    clock.now += RETRY_AFTER
    work()
    assert media_path(new_name(rendition)).exists()


@pytest.mark.parametrize("state", ["lost", "copied"], indirect=True)
def test_a_file_that_another_worker_wrote_is_kept_alone(section, state):
    rendition = rendition_in(state, section)
    with media_path(rendition.image.file.name).open("rb") as file:
        for _worker in range(2):
            file.seek(0)
            files.write(rendition.file.storage, "images/new.jpg", file)
    assert [path.name for path in media_path("images").glob("new*")] == ["new.jpg"]


# Costs


def many(picture, number, **fields):
    """Make rows of renditions without files."""
    PortalRendition.objects.bulk_create(
        PortalRendition(
            image=picture,
            filter_spec=f"width-{n}",
            file=f"images/{n}.jpg",
            width=1,
            height=1,
            **fields,
        )
        for n in range(number)
    )


def test_when_all_is_done_the_worker_asks_once_a_minute(picture, clock):
    many(picture, 3000)
    analyze(PortalRendition, FormerRenditionName)
    worker = PortalWorker()
    worker.run_chores(clock.now)
    for seconds, asked in ((0, 0), (59, 0), (60, 2), (61, 0)):
        with CaptureQueriesContext(connection) as queries:
            assert not worker.run_chores(clock.now + timedelta(seconds=seconds))
        assert len(queries) == asked
    assert timedelta(minutes=1) == RENAME_EVERY


def test_what_is_to_do_is_found_without_reading_the_others(picture):
    many(picture, 3000)
    analyze(PortalRendition, FormerRenditionName)
    with CaptureQueriesContext(connection) as queries:
        assert not rename_due_renditions()
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    plans = []
    with connection.cursor() as cursor:
        for query in queries.captured_queries:
            cursor.execute(f"{explain} {query['sql']}")
            plans.append(str(cursor.fetchall()))
    assert "rendition_to_rename" in plans[1]
    assert "Seq Scan on cms_portalrendition" not in plans[1]


def test_a_round_takes_a_bounded_number_and_ends_in_time(picture, monkeypatch):
    many(picture, BATCH + 1, has_random_name=None)
    taken = []
    monkeypatch.setattr(
        renaming, "finish_renaming", lambda former, _is_shown: taken.append(former.pk)
    )
    assert rename_due_renditions()
    assert len(taken) == len(set(taken)) == BATCH
    assert FormerRenditionName.objects.count() == BATCH
    monkeypatch.setattr(renaming, "ROUND_SECONDS", -1)
    assert rename_due_renditions()
    assert len(taken) == BATCH + 1
    assert not rename_due_renditions()


def test_the_work_a_rendition_takes_is_the_same_for_few_and_for_many(section, public_picture):
    numbers = []
    for widths in (range(60, 62), range(70, 80)):
        for width in widths:
            old_rendition(public_picture, f"format-jpeg|width-{width}")
        with CaptureQueriesContext(connection) as queries:
            rename_due_renditions()
        numbers.append((len(widths), len(queries)))
    (few, queries_of_few), (more, queries_of_many) = numbers
    # One query each to claim it, to rename it, to read it, and to store until when its former
    # address answers.
    assert queries_of_many - queries_of_few == 4 * (more - few)


def test_the_worker_renames_beside_its_other_work(picture, monkeypatch):
    rendition = old_rendition(picture)
    worker = PortalWorker()
    monkeypatch.setattr("cms.operations.worker.run_task", lambda worker_id: False)
    assert worker.run_once()
    assert new_name(rendition) != rendition.file.name
    assert not worker.run_once()

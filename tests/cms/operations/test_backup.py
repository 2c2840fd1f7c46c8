"""Tests for backup and restore of a whole site, on the database in use."""

import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing, contextmanager
from io import BytesIO
from pathlib import Path

import psycopg2
import pytest
from django.db import connection

from cms.operations.backup.archive import fill
from cms.storage.atomic_files import UNFINISHED
from tests.databases import temporary_database
from tests.portal import ROOT

FILL = """
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from cms.models import PortalDocument
from home.models import HomePage
get_user_model().objects.create_user("thuha", password="x")
document = PortalDocument(title="Văn bản")
document.file.save("van-ban.pdf", ContentFile(b"%PDF-1.7 Hai Lam"))
home = HomePage.objects.get(locale__language_code="vi")
home.title = "Trang của Hải Lam"
home.save_revision().publish()
"""

SET_UP = """
import sys
import django
from django.core.management import execute_from_command_line
django.setup()
"""

# Limits the size of every file, in bytes: it simulates a full disk for a process without
# privileges.
FULL_DISK = """
import atexit, resource
limits = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, limits[1]))
# `make coverage` writes what it measured at the end.
atexit.register(resource.setrlimit, resource.RLIMIT_FSIZE, limits)
"""

# Restores many archives, one after the other, in one process.
REFUSED = """
import json, os
from django.core.management import CommandError, call_command
def restored(source):
    try:
        call_command("restore", source, force=True)
    except CommandError as error:
        return str(error)
output = [restored(source) for source in json.loads(os.environ["SOURCES"])]
print("TOLD" + json.dumps(output))
sys.argv = ["manage.py", "version"]
"""


class Site:
    """A site with its own database and media, which the tests use as an operator does."""

    def __init__(self, folder, database):
        self.folder = folder
        self.media = folder / "media"
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "settings.local",
            "DATABASE_URL": database,
            "MEDIA_ROOT": str(self.media),
        }

    def manage(self, *command, status=0, before=""):
        """Run a management command in a process that first runs `before`, and return its output."""
        script = f"{SET_UP}\n{before}\nexecute_from_command_line(sys.argv)"
        done = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-c", script, *command],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == status, done.stderr
        return done.stdout + done.stderr

    def refusals(self, *sources):
        """Return the message of `restore` for each archive, or None if it accepted the archive."""
        self.environment["SOURCES"] = json.dumps(list(map(str, sources)))
        return json.loads(self.manage(before=REFUSED).partition("TOLD")[2].splitlines()[0])

    @contextmanager
    def cursor(self):
        """Yield a cursor on the database, without Django. Its changes are committed."""
        if connection.vendor == "sqlite":
            database = sqlite3.connect(self.folder / "site.sqlite3")
        else:
            database = psycopg2.connect(self.environment["DATABASE_URL"])
        with closing(database), database, closing(database.cursor()) as cursor:
            yield cursor

    def execute(self, *statements):
        """Execute SQL statements."""
        with self.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def rows(self):
        """Return all rows by table."""
        listed = {
            "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
            "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
        }[connection.vendor]
        with self.cursor() as cursor:
            cursor.execute(listed)
            tables = {name: [] for (name,) in cursor.fetchall()}
            for name in tables:
                cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - a name from the database
                tables[name] = sorted(map(repr, cursor.fetchall()))
        return tables

    def files(self):
        """Return the content of all media files by name."""
        return {
            path.relative_to(self.media): path.read_bytes()
            for path in self.media.rglob("*")
            if path.is_file()
        }


@contextmanager
def new_site_in(folder, template=None):
    """Make a site, as a copy of `template` if there is one, and drop its database at the end."""
    if template:
        shutil.copytree(template.folder, folder)
    else:
        folder.mkdir()
    if connection.vendor == "sqlite":
        yield Site(folder, f"sqlite:///{folder / 'site.sqlite3'}")
        return
    options = connection.settings_dict
    user = f"{options['USER']}:{options['PASSWORD']}"
    server = f"postgres://{user}@{options['HOST']}:{options['PORT'] or 5432}/postgres"
    original = {"template": database_of(template.folder)} if template else {}
    with temporary_database(server, database_of(folder), **original) as address:
        yield Site(folder, address)


def database_of(folder):
    """Return the name of a site's database on PostgreSQL."""
    return f"portal_backup_{folder.name}_{os.getpid()}"


@pytest.fixture(scope="session")
def template(tmp_path_factory, django_db_setup):
    """A site with an account, a document and a changed page, which the tests copy."""
    with new_site_in(tmp_path_factory.mktemp("template") / "template") as site:
        site.manage("migrate", "-v0")
        site.manage("shell", "-v0", "-c", FILL)
        yield site


@pytest.fixture
def site(template, tmp_path):
    """A site with an account, a document and a changed page."""
    with new_site_in(tmp_path / "first", template) as site:
        yield site


@pytest.fixture
def empty_site(tmp_path, django_db_setup):
    """A site without tables."""
    with new_site_in(tmp_path / "second") as site:
        yield site


@pytest.fixture
def archive(site, tmp_path):
    """The archive of the site `site`."""
    path = tmp_path / "backups" / "portal.tar.gz"
    site.manage("backup", str(path))
    return path


def test_a_restored_site_is_the_saved_one(site, archive, empty_site):
    empty_site.manage("restore", str(archive))
    assert empty_site.rows() == site.rows()
    assert empty_site.files() == site.files() != {}


@pytest.mark.once
def test_who_was_signed_in_when_the_archive_was_made_signs_in_again(site, empty_site, tmp_path):
    site.execute(
        "INSERT INTO django_session (session_key, session_data, expire_date) "
        "VALUES ('a', 'b', '2099-01-01 00:00:00')"
    )
    archive = tmp_path / "portal.tar.gz"
    site.manage("backup", str(archive))
    empty_site.manage("restore", str(archive))
    assert len(site.rows()["django_session"]) == 1
    assert empty_site.rows()["django_session"] == []


def test_a_lost_site_is_restored_in_its_own_place(site, archive):
    rows, files = site.rows(), site.files()
    change_all(site)
    site.execute("DELETE FROM cms_portaldocument")
    refused = site.manage("restore", str(archive), status=1)
    assert "FORCE=1" in refused
    site.manage("restore", str(archive), "--force")
    assert site.rows() == rows
    assert site.files() == files
    assert [path.name for path in site.folder.glob(".restore-*")] == []


@pytest.mark.once
def test_an_archive_is_for_its_owner_alone(archive):
    assert archive.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in archive.parent.iterdir()] == [archive.name]


def changed(archive, change, kind=tarfile.REGTYPE):
    """Return a copy of the archive with other members, and a manifest that lists them correctly.

    `change` gets and returns a list of pairs of name and content. The last member is of the `kind`.
    """
    with tarfile.open(archive) as source:
        members = [(member.name, source.extractfile(member).read()) for member in source]
    *members, (_name, manifest) = members
    members = change(members)
    files = {name: hashlib.sha256(content).hexdigest() for name, content in members}
    listed = json.dumps({**json.loads(manifest), "files": files}).encode()
    copy = archive.with_name(f"changed-{change.__name__}-{len(os.listdir(archive.parent))}.tar.gz")
    with tarfile.open(copy, "w:gz") as target:
        for name, content in [("manifest.json", listed), *members]:
            member = tarfile.TarInfo(name)
            member.size = len(content)
            if name == members[-1][0]:
                member.type, member.linkname = kind, "database"
            target.addfile(member, BytesIO(content))
    return copy


def with_member(archive, name, content=b"x"):
    """Return a copy of the archive with one more member."""
    copy = archive.with_name(f"with-{Path(name).parent.name}-{Path(name).name}.tar.gz")
    with tarfile.open(archive) as source, tarfile.open(copy, "w:gz") as target:
        for member in source:
            target.addfile(member, source.extractfile(member))
        member = tarfile.TarInfo(name)
        member.size = len(content)
        target.addfile(member, BytesIO(content))
    return copy


def with_manifest(archive, **changes):
    """Return a copy of the archive with changes to its manifest."""
    copy = archive.with_name(f"with-{min(changes)}.tar.gz")
    with tarfile.open(archive) as source, tarfile.open(copy, "w:gz") as target:
        for member in source:
            content = source.extractfile(member).read()
            if member.name == "manifest.json":
                content = json.dumps({**json.loads(content), **changes}).encode()
                member.size = len(content)
            target.addfile(member, BytesIO(content))
    return copy


def truncated(archive):
    """Return a copy of the archive without its end."""
    copy = archive.with_name("truncated.tar.gz")
    copy.write_bytes(archive.read_bytes()[:-500])
    return copy


def test_what_is_no_whole_archive_is_named_and_nothing_is_touched(site, archive, tmp_path):
    rows, files = site.rows(), site.files()
    text = tmp_path / "text.tar.gz"
    text.write_text("không phải")
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    cases = [
        (tmp_path / "absent.tar.gz", "no file"),
        (text, "no archive"),
        (truncated(archive), "no archive"),
        (with_member(archive, "../escaped.txt"), "belongs to no site"),
        (with_member(archive, "media/../../escaped.txt"), "belongs to no site"),
        (with_member(archive, "/tmp/escaped.txt"), "belongs to no site"),  # noqa: S108 - refused
        (with_member(archive, "media/extra.txt"), "damaged: media/extra.txt"),
        (with_manifest(archive, format=99), "does not know"),
        (with_manifest(archive, engine=other), f"database of {other}"),
        (with_manifest(archive, migrations=[["news", "9999_later"]]), "newer version"),
    ]
    for (_wrong, message), output in zip(
        cases, site.refusals(*(wrong for wrong, _message in cases)), strict=True
    ):
        assert message in output
    assert site.rows() == rows
    assert site.files() == files
    assert not (tmp_path / "escaped.txt").exists()


def test_a_file_that_goes_while_the_archive_is_made_is_left_out(
    db, tmp_path, settings, monkeypatch
):
    settings.MEDIA_ROOT = tmp_path / "media"
    for name in ("images/a.jpg", "images/b.jpg", "images/c.jpg"):
        path = settings.MEDIA_ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    dump = tmp_path / "dump"
    dump.write_bytes(b"rows")
    gettarinfo = tarfile.TarFile.gettarinfo

    def delete_meanwhile(archive, *arguments, **options):
        # One file that is being read, and one that is listed but not read yet.
        if options["arcname"].endswith("a.jpg"):
            (settings.MEDIA_ROOT / "images/a.jpg").unlink()
            (settings.MEDIA_ROOT / "images/b.jpg").unlink()
        return gettarinfo(archive, *arguments, **options)

    monkeypatch.setattr(tarfile.TarFile, "gettarinfo", delete_meanwhile)
    with tarfile.open(tmp_path / "archive", "w:gz") as archive:
        fill(archive, dump)
    with tarfile.open(tmp_path / "archive") as archive:
        manifest = json.load(archive.extractfile("manifest.json"))
        assert archive.extractfile("media/images/a.jpg").read() == b"images/a.jpg"
        assert {*archive.getnames()} == {*manifest["files"], "manifest.json"}
    assert set(manifest["files"]) == {"database", "media/images/a.jpg", "media/images/c.jpg"}


def dump_of_one_table(site, path):
    """Return a valid dump of a database whose only table is `django_migrations`."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(path)) as database:
            database.execute("CREATE TABLE django_migrations (id integer)")
    else:
        command = ["pg_dump", "--format=custom", "--table=django_migrations", f"--file={path}"]
        address = site.environment["DATABASE_URL"]
        subprocess.run([*command, address], check=True)  # noqa: S603 - our own command
    return path.read_bytes()


def test_an_archive_without_a_whole_database_is_refused_and_nothing_is_touched(
    site, archive, tmp_path
):
    rows, files = site.rows(), site.files()
    one_table = dump_of_one_table(site, tmp_path / "one-table")

    def replaced_by(content):
        def database(members):
            return [("database", content(dict(members)["database"])), *members[1:]]

        return database

    def without(members):
        return members[1:]

    def renamed(members):
        return [("media/database", members[0][1]), *members[1:]]

    damaged = {
        # Overwrite the last page, which holds the end of the list of tables.
        "sqlite": lambda content: content[:-4096] + bytes(range(256)) * 16,
        "postgresql": lambda content: content[: len(content) // 2],
    }[connection.vendor]
    cases = [
        (without, "holds no database"),
        (renamed, "holds no database"),
        (replaced_by(lambda content: b""), "holds no database, or an empty one"),
        (replaced_by(lambda content: b"no database" * 1000), "cannot be restored"),
        (replaced_by(lambda content: content[:20_000]), "cannot be restored"),
        (replaced_by(damaged), "cannot be restored"),
        (replaced_by(lambda content: one_table), "no table wagtailcore_page"),
    ]
    outputs = site.refusals(*(changed(archive, change) for change, _message in cases))
    for (_change, message), output in zip(cases, outputs, strict=True):
        assert message in output
        assert len(output.splitlines()) == 1
    assert site.rows() == rows
    assert site.files() == files
    assert [path.name for path in site.folder.glob(".restore-*")] == []


@pytest.mark.once
def test_an_archive_with_odd_members_is_refused(site, archive):
    rows, files = site.rows(), site.files()

    def beside(members):
        return [*members, ("spare", b"x")]

    def above(members):
        return [*members, ("media", b"x")]

    def twice(members):
        return [*members, ("media/a", b"x"), ("media/a", b"x")]

    def link(members):
        return [*members, ("media/link", b"")]

    cases = [
        (beside, tarfile.REGTYPE, "spare belongs to no site"),
        (above, tarfile.REGTYPE, "media belongs to no site"),
        (twice, tarfile.REGTYPE, "media/a is there twice"),
        (link, tarfile.SYMTYPE, "media/link is"),
        (link, tarfile.LNKTYPE, "media/link is"),
        (link, tarfile.FIFOTYPE, "media/link is"),
        (link, tarfile.DIRTYPE, "media/link is"),
    ]
    outputs = site.refusals(*(changed(archive, change, kind) for change, kind, _message in cases))
    for (*_case, message), output in zip(cases, outputs, strict=True):
        assert message in output
    assert site.rows() == rows
    assert site.files() == files


@pytest.mark.once
def test_an_archive_that_rotted_in_the_middle_is_refused_in_one_line(site, archive):
    content = bytearray(archive.read_bytes())
    for place in range(len(content) // 3, len(content) // 3 + 400):
        content[place] ^= 0xFF
    rotten = archive.with_name("rotten.tar.gz")
    rotten.write_bytes(content)
    output = site.manage("restore", str(rotten), "--force", status=1)
    assert len(output.splitlines()) == 1
    assert "rotten.tar.gz" in output


MOVES_NO_MEDIA = """
from pathlib import Path
rename = Path.rename
def rename_or_fail(path, target):
    if path.name == "media" and ".restore-" in path.parent.name and not Path(target).exists():
        raise OSError(16, "Device or resource busy", str(path))
    return rename(path, target)
Path.rename = rename_or_fail
"""


def test_a_restore_that_fails_at_the_media_leaves_database_and_media(site, archive):
    change_all(site)
    rows, files = site.rows(), site.files()
    output = site.manage("restore", str(archive), "--force", status=1, before=MOVES_NO_MEDIA)
    assert "All is as it was" in output
    assert "busy" in output
    assert site.rows() == rows
    assert site.files() == files
    assert [path.name for path in site.folder.glob(".restore-*")] == []


def change_all(site):
    """Change the database and the media, so that they differ from the archive."""
    site.execute("UPDATE wagtailcore_page SET title = 'Sau khi sao lưu'")
    (site.media / "moi.txt").write_text("sau")


def test_a_restore_that_cannot_be_brought_up_to_date_leaves_all(site, tmp_path):
    # The table exists, but its migration is recorded as not applied. So the migration runs again
    # and fails. No other migration depends on it.
    site.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    archive = tmp_path / "older.tar.gz"
    site.manage("backup", str(archive))
    site.manage("migrate", "-v0", "--fake")
    change_all(site)
    rows, files = site.rows(), site.files()
    output = site.manage("restore", str(archive), "--force", status=1)
    assert "All is as it was" in output
    assert site.rows() == rows
    assert site.files() == files


def test_an_archive_of_the_time_of_another_app_is_restored_without_its_tables(site, tmp_path):
    site.manage("migrate", "-v0", "cms", "0004")
    site.execute(
        "CREATE TABLE axes_accesslog (id integer)",
        "INSERT INTO django_migrations (app, name, applied)"
        " VALUES ('axes', '0001_initial', '2026-01-01')",
    )
    archive = tmp_path / "older.tar.gz"
    site.manage("backup", str(archive))
    site.manage("restore", str(archive), "--force")
    tables = site.rows()
    assert "axes_accesslog" not in tables
    assert "cms_failedattempts" in tables
    assert not [row for row in tables["django_migrations"] if "axes" in row]


@pytest.mark.once
def test_a_restore_without_room_touches_nothing_and_says_so_in_one_line(site, archive):
    (site.media / "large.bin").write_bytes(os.urandom(4_000_000))
    site.manage("backup", str(archive))
    rows, files = site.rows(), site.files()
    output = site.manage(
        "restore", str(archive), "--force", status=1, before=FULL_DISK.format(size=3_000_000)
    )
    assert "was not unpacked: [Errno 27] File too large" in output
    assert len(output.splitlines()) == 1
    assert site.rows() == rows
    assert site.files() == files
    assert [path.name for path in site.folder.glob(".restore-*")] == []


@pytest.mark.parametrize("size", [4096, 5_000_000], ids=["the database", "the archive"])
def test_a_backup_without_room_ends_in_one_line_and_leaves_nothing(site, tmp_path, size):
    (site.media / "large.bin").write_bytes(os.urandom(6_000_000))
    target = tmp_path / "backups" / "portal.tar.gz"
    output = site.manage("backup", str(target), status=1, before=FULL_DISK.format(size=size))
    assert f"{target} was not written" in output
    assert len(output.splitlines()) == 1
    assert os.listdir(target.parent) == []


@pytest.mark.once
def test_a_backup_without_room_keeps_the_one_of_before(site, archive):
    (site.media / "large.bin").write_bytes(os.urandom(6_000_000))
    before = archive.read_bytes()
    site.manage("backup", str(archive), status=1, before=FULL_DISK.format(size=5_000_000))
    assert archive.read_bytes() == before


def test_a_site_without_tables_is_not_saved_as_if_it_were_one(empty_site, tmp_path):
    output = empty_site.manage("backup", str(tmp_path / "empty.tar.gz"), status=1)
    assert "has no table" in output
    assert not (tmp_path / "empty.tar.gz").exists()


@pytest.mark.once
def test_a_file_name_that_is_no_utf_8_is_saved_and_restored(site, tmp_path):
    odd = os.fsencode(site.media) + b"/\xff\xfe.bin"
    with open(odd, "wb") as file:
        file.write(b"x")
    archive = tmp_path / "odd.tar.gz"
    site.manage("backup", str(archive))
    files = site.files()
    site.manage("restore", str(archive), "--force")
    assert site.files() == files


@pytest.mark.once
def test_files_that_are_just_being_written_are_not_saved(site, tmp_path):
    (site.media / f"{UNFINISHED}abc").write_bytes(b"half")
    archive = tmp_path / "portal.tar.gz"
    site.manage("backup", str(archive))
    with tarfile.open(archive) as saved:
        assert not [name for name in saved.getnames() if UNFINISHED in name]


KILLED_HALF_WAY = """
import os, signal
from cms.operations.backup import databases
def killed(path):
    os.kill(os.getpid(), signal.SIGKILL)
databases.run = lambda program, *arguments: os.kill(os.getpid(), signal.SIGKILL)
databases.copy_into_site = killed
databases.verify = lambda path: None
"""


def test_after_a_restore_that_was_killed_the_next_one_loses_nothing(site, archive):
    change_all(site)
    rows, files = site.rows(), site.files()
    killed = -signal.SIGKILL
    site.manage("restore", str(archive), "--force", status=killed, before=KILLED_HALF_WAY)
    (folder,) = site.folder.glob(".restore-*")
    # The content of PostgreSQL was put back, so the site has accounts again.
    message = {"sqlite": f"{folder} holds spare", "postgresql": "FORCE=1"}[connection.vendor]
    output = site.manage("restore", str(archive), status=1)
    assert message in output
    assert len(output.splitlines()) == 1
    assert site.rows() == rows
    assert site.files() == files
    shutil.rmtree(folder)
    site.manage("restore", str(archive), "--force")
    assert site.rows() != rows


# A server that still runs creates the media folder again as soon as it is moved away.
UPLOADS_GO_ON = """
from pathlib import Path
rename = Path.rename
def rename_and_upload(path, target):
    rename(path, target)
    if path.name == "media" and ".restore-" not in path.parent.name:
        path.mkdir()
        (path / "uploaded.txt").write_text("x")
Path.rename = rename_and_upload
"""


@pytest.mark.once
def test_media_that_cannot_be_put_back_are_kept_and_named(site, archive):
    change_all(site)
    rows, files = site.rows(), site.files()
    output = site.manage("restore", str(archive), "--force", status=1, before=UPLOADS_GO_ON)
    (folder,) = site.folder.glob(".restore-*")
    assert "All is as it was" not in output
    assert f"the media of before are {folder / 'former-media'}" in output
    assert len(output.splitlines()) == 1
    assert site.rows() == rows
    # The next restore refuses to start while this folder exists.
    assert f"{folder} holds" in site.manage("restore", str(archive), "--force", status=1)
    shutil.rmtree(site.media)
    (folder / "former-media").rename(site.media)
    assert site.files() == files


NO_ROOM_TO_ROLL_BACK = """
from cms.operations.backup import databases
copy = databases.copy_into_site
def copy_or_fail(path=None):
    if path is None or path.name == "spare":
        raise OSError(28, "No space left on device")
    copy(path)
databases.copy_into_site = databases.roll_back = copy_or_fail
"""


def test_a_database_that_cannot_be_put_back_is_kept_and_named(site, archive):
    change_all(site)
    rows, files = site.rows(), site.files()
    before = MOVES_NO_MEDIA + NO_ROOM_TO_ROLL_BACK
    output = site.manage("restore", str(archive), "--force", status=1, before=before)
    (folder,) = site.folder.glob(".restore-*")
    kept = {"sqlite": str(folder / "spare"), "postgresql": "the schema replaced_by_restore"}
    assert "All is as it was" not in output
    assert "No space left" in output
    assert kept[connection.vendor] in output
    assert len(output.splitlines()) == 1
    assert site.files() == files
    if connection.vendor == "sqlite":
        for name in ("site.sqlite3-wal", "site.sqlite3-shm"):
            (site.folder / name).unlink(missing_ok=True)
        (folder / "spare").replace(site.folder / "site.sqlite3")
    else:
        # Both schemas have accounts, so only the operator knows which is the site.
        output = site.manage("restore", str(archive), "--force", status=1)
        assert "An earlier restore left the schema replaced_by_restore" in output
        assert len(output.splitlines()) == 1
        assert site.rows() != rows
        site.execute("DROP SCHEMA public CASCADE")
        assert "FORCE=1" in site.manage("restore", str(archive), status=1)
    assert site.rows() == rows


CLEANS_NOTHING_UP = """
from django.db import OperationalError
from cms.operations.backup import databases
confirm = databases.confirm
def fail():
    raise OperationalError("out of shared memory")
def confirm_and_fail_from_then_on():
    confirm()
    databases.drop_former = fail
databases.confirm = confirm_and_fail_from_then_on
"""


def test_a_restore_that_cannot_clean_up_has_succeeded_and_is_never_undone(site, archive):
    rows = site.rows()
    change_all(site)
    site.manage("restore", str(archive), "--force", before=CLEANS_NOTHING_UP)
    assert site.rows() == rows
    assert "FORCE=1" in site.manage("restore", str(archive), status=1)
    assert site.rows() == rows
    if connection.vendor == "postgresql":
        with site.cursor() as cursor:
            cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE '%restore'")
            assert cursor.fetchall() == []


@pytest.mark.once
def test_a_full_disk_leaves_no_archive_behind(site):
    output = site.manage("backup", "/dev/full/portal.tar.gz", status=1)
    assert "was not written" in output

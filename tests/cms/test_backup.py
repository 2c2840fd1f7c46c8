"""A site saved, lost and restored, on the database in use."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from django.db import connection

from tests.databases import database_beside

ROOT = Path(__file__).resolve().parents[2]

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

CONTENT = """
import json
from django.apps import apps
from django.core import serializers
rows = [
    row
    for model in apps.get_models()
    if model._meta.managed and not model._meta.proxy and model._meta.label not in (
        "sessions.Session", "contenttypes.ContentType")
    for row in json.loads(serializers.serialize("json", model._base_manager.order_by("pk")))
    if not model._meta.label.startswith("wagtailsearch.SQLite")
]
print("ROWS" + json.dumps(rows, sort_keys=True))
"""


class Site:
    """A site with a database and media of its own, used as an operator uses it."""

    def __init__(self, folder, database):
        self.folder = folder
        self.media = folder / "media"
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "settings.local",
            "DATABASE_URL": database,
            "MEDIA_ROOT": str(self.media),
        }

    def manage(self, *command, status=0):
        """Run a management command and return what it wrote."""
        done = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == status, done.stderr
        return done.stdout + done.stderr

    def rows(self):
        """Return all rows of all tables."""
        return json.loads(self.manage("shell", "-v0", "-c", CONTENT).partition("ROWS")[2])

    def files(self):
        """Return all media by name."""
        return {
            path.relative_to(self.media): path.read_bytes()
            for path in self.media.rglob("*")
            if path.is_file()
        }


@contextmanager
def new_site_in(folder, template=None):
    """Make a site, as a copy of `template` where there is one; drop its database in the end."""
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
    with database_beside(server, database_of(folder), **original) as address:
        yield Site(folder, address)


def database_of(folder):
    """Return the name of the database of a site on PostgreSQL."""
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
    """The archive of that site."""
    path = tmp_path / "backups" / "portal.tar.gz"
    site.manage("backup", str(path))
    return path


def test_a_restored_site_is_the_saved_one(site, archive, empty_site):
    empty_site.manage("restore", str(archive))
    assert empty_site.rows() == site.rows()
    assert empty_site.files() == site.files() != {}


def test_a_lost_site_is_restored_in_its_own_place(site, archive):
    rows, files = site.rows(), site.files()
    site.manage(
        "shell",
        "-v0",
        "-c",
        "from cms.models import PortalDocument; PortalDocument.objects.all().delete();"
        "from home.models import PlainPage, HomePage;"
        "HomePage.objects.first().add_child(instance=PlainPage(title='Sau'))",
    )
    (site.media / "moi.txt").write_text("sau")
    refused = site.manage("restore", str(archive), status=1)
    assert "FORCE=1" in refused
    site.manage("restore", str(archive), "--force")
    assert site.rows() == rows
    assert site.files() == files
    assert [path.name for path in site.folder.glob(".restore-*")] == []


def test_an_archive_is_for_its_owner_alone(archive):
    assert archive.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in archive.parent.iterdir()] == [archive.name]


def with_member(archive, name, content=b"x"):
    """Return a copy of the archive with one member more."""
    copy = archive.with_name(f"with-{Path(name).parent.name}-{Path(name).name}.tar.gz")
    with tarfile.open(archive) as source, tarfile.open(copy, "w:gz") as target:
        for member in source:
            target.addfile(member, source.extractfile(member))
        member = tarfile.TarInfo(name)
        member.size = len(content)
        target.addfile(member, BytesIO(content))
    return copy


def with_manifest(archive, **changes):
    """Return a copy of the archive whose manifest says something else."""
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
    """Return a copy of the archive that ends too soon."""
    copy = archive.with_name("truncated.tar.gz")
    copy.write_bytes(archive.read_bytes()[:-500])
    return copy


def test_what_is_no_whole_archive_is_named_and_nothing_is_touched(site, archive, tmp_path):
    rows, files = site.rows(), site.files()
    text = tmp_path / "text.tar.gz"
    text.write_text("không phải")
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    for wrong, message in [
        (tmp_path / "absent.tar.gz", "no file"),
        (text, "no archive"),
        (truncated(archive), "no archive"),
        (with_member(archive, "../escaped.txt"), "no archive"),
        (with_member(archive, "/tmp/escaped.txt"), "damaged"),  # noqa: S108 - refused
        (with_member(archive, "media/extra.txt"), "damaged: media/extra.txt"),
        (with_manifest(archive, format=99), "does not know"),
        (with_manifest(archive, engine=other), f"database of {other}"),
        (with_manifest(archive, migrations=[["news", "9999_later"]]), "newer version"),
    ]:
        assert message in site.manage("restore", str(wrong), "--force", status=1)
    assert site.rows() == rows
    assert site.files() == files
    assert not (tmp_path / "escaped.txt").exists()


def test_a_full_disk_leaves_no_archive_behind(site):
    told = site.manage("backup", "/dev/full/portal.tar.gz", status=1)
    assert "was not written" in told

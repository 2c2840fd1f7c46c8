"""A page gets all scripts in one version, including the scripts that they import."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from cms.storage.static_files import StaticFilesStorage

STATIC = settings.BASE_DIR / "cms" / "translation" / "static"
DESK = "translation/desk.js"


@pytest.fixture
def storage(tmp_path):
    """A storage that holds the scripts of the desk under their own names."""
    storage = StaticFilesStorage(location=tmp_path, base_url="/static/")
    for script in STATIC.rglob("*.js"):
        storage.save(str(script.relative_to(STATIC)), script.open("rb"))
    return storage


def public_scripts(storage):
    """Give the scripts their public names, and return their new paths by their own names."""
    names = [str(path.relative_to(STATIC)) for path in STATIC.rglob("*.js")]
    list(storage.post_process({name: (storage, name) for name in names}))
    return {name: Path(storage.path(storage.stored_name(name))) for name in names}


def test_scripts_import_others_by_the_name_of_their_content(storage):
    imported = {
        (path.parent / address).resolve()
        for path in public_scripts(storage).values()
        for address in re.findall(r'\bfrom\s*"(.+?)"', path.read_text())
    }
    parts = {path for name, path in public_scripts(storage).items() if "/desk/" in name}
    assert len(parts) == 5
    assert imported == parts


def test_a_script_is_another_file_when_one_that_it_imports_changes(storage):
    before = public_scripts(storage)[DESK]
    changed = Path(storage.path("translation/desk/preview.js"))
    changed.write_text(changed.read_text() + "// changed\n")
    assert public_scripts(storage)[DESK] != before

"""Static files: a page gets scripts of one version, those that they import among them."""

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


def named_by_content(storage):
    """Give the scripts their public names, and return the text of the desk's."""
    scripts = [path.relative_to(storage.location) for path in Path(storage.location).rglob("*.js")]
    list(storage.post_process({str(name): (storage, str(name)) for name in scripts}))
    return Path(storage.path(storage.stored_name(DESK))).read_text()


def test_a_script_imports_others_by_the_name_of_their_content(storage):
    imported = re.findall(r'from "\./(.+?)"', named_by_content(storage))
    assert len(imported) == 4
    for name in imported:
        assert re.fullmatch(r"desk/\w+\.[0-9a-f]{12}\.js", name)
        assert storage.exists(f"translation/{name}")


def test_a_script_is_another_file_when_one_that_it_imports_changes(storage):
    before = named_by_content(storage)
    changed = Path(storage.path("translation/desk/preview.js"))
    changed.write_text(changed.read_text() + "// changed\n")
    assert named_by_content(storage) != before

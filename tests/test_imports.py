"""Checks that each module can be imported by itself, before any other module."""

import os
import pkgutil
import subprocess
import sys
from importlib import import_module

import pytest

from tests.portal import ROOT

ROOMS = ("cms", "news", "home")

# Modules that the models of any app may use, so they are imported while Django loads models.
FOR_MODELS = (
    "cms.blocks",
    "cms.images.alt_text",
    "cms.images.sizes",
    "cms.models",
    "cms.restrictions",
    "cms.rich_text",
    "cms.signals",
    "cms.storage",
    "cms.text",
    "cms.translation.models",
    "cms.visibility.viewer",
    "cms.visitors.models",
)

IN_A_PROCESS_EACH = """
import os, sys, traceback

def try_each(modules, attempt):
    for module in modules:
        child = os.fork()
        if child:
            if os.waitpid(child, 0)[1]:
                print(f"{module} cannot be imported first")
            continue
        try:
            attempt(module)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
"""

ONCE_DJANGO_IS_SET_UP = (
    IN_A_PROCESS_EACH
    + """
import importlib
import django

django.setup()
try_each(sys.argv[1:], importlib.import_module)
"""
)

FROM_THE_MODELS_OF_THE_FIRST_APP = (
    IN_A_PROCESS_EACH
    + """
import types
import django
import wagtail
from django.conf import settings

settings.INSTALLED_APPS = ["first", *settings.INSTALLED_APPS]

def set_up(module):
    with open("first/models.py", "w") as file:
        file.write(f"import {module}")
    django.setup()

try_each(sys.argv[1:], set_up)
"""
)


def modules_of(*names):
    """Return the names of these modules and of all modules below them."""
    found = []
    for name in names:
        found.append(name)
        folder = getattr(import_module(name), "__path__", None)
        if folder:
            found += [module.name for module in pkgutil.walk_packages(folder, f"{name}.")]
    return found


def run(script, modules, folder):
    """Run `script` with the names of `modules` in `folder`, and return its output."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{folder}"}
    # These processes only import modules. If `make coverage` measured them, lines would count as
    # tested that no test runs, and it would take 40 seconds longer.
    environment.pop("COVERAGE_PROCESS_CONFIG", None)
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-c", script, *modules],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def test_each_module_can_be_imported_first_once_django_is_set_up(tmp_path):
    assert run(ONCE_DJANGO_IS_SET_UP, modules_of(*ROOMS), tmp_path) == ""


@pytest.mark.once
def test_what_models_are_made_of_can_be_imported_by_the_first_app_of_all(tmp_path):
    (tmp_path / "first").mkdir()
    (tmp_path / "first" / "__init__.py").touch()
    modules = modules_of(*FOR_MODELS)
    assert run(FROM_THE_MODELS_OF_THE_FIRST_APP, modules, tmp_path) == ""

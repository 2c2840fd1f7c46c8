"""Tests of production's cache on a real Redis, if the run has one."""

import os
import subprocess
import sys

import pytest

SCRIPT = """
import django, sys
django.setup()
from django.core.cache import cache
if sys.argv[1] == "write":
    cache.set("greeting", "xin chào", 60)
else:
    print(cache.get("greeting"))
"""


@pytest.fixture
def production(tmp_path):
    """The environment of a production site that has Redis."""
    redis_url = os.environ.get("REDIS_URL")
    if not redis_url:
        pytest.skip("Redis absent (REDIS_URL is not set): production's shared cache was left out")
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "settings.production",
        "SECRET_KEY": "x" * 60,
        "ALLOWED_HOSTS": "example.vn",
        "SITE_URL": "https://example.vn",
        "DATABASE_URL": f"sqlite:///{tmp_path}/portal.sqlite3",
        "MEDIA_ROOT": str(tmp_path),
        "REDIS_URL": redis_url,
        "PYTHONIOENCODING": "utf-8",
    }


def run(word, environment):
    """Write to the cache or read from it, in a separate process."""
    return subprocess.run(  # noqa: S603 - our own command line
        [sys.executable, "-c", SCRIPT, word],
        env=environment,
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout


def test_what_one_worker_caches_another_reads(production):
    run("write", production)
    assert run("read", production) == "xin chào\n"


def test_a_redis_that_is_away_is_an_empty_cache_and_no_error(production):
    away = production | {"REDIS_URL": "redis://127.0.0.1:1/0"}
    run("write", away)
    assert run("read", away) == "None\n"

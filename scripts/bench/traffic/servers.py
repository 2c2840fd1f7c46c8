"""Temporary servers for a measurement: gunicorn as in production."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.portal import ROOT, wait_until_up
from tests.redis_server import free_port, terminate_at_end

# More than any measurement sends, so that every beat reaches the store.
UNBOUNDED = str(10**9)


@contextmanager
def serve(folder: Path, database_url: str, redis_url: str = "", workers: int = 2) -> Iterator[str]:
    """Serve a migrated portal without content, and yield its URL."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "scripts.bench.traffic.settings",
        "SECRET_KEY": "only-for-measurements-which-sign-nothing-of-anybody-at-all",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": url,
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "MEDIA_ROOT": str(folder / "media"),
        "STATIC_ROOT": str(folder / "static"),
        "VISITOR_BEATS_PER_SECOND": UNBOUNDED,
        "VISITOR_TOKENS_PER_ADDRESS": UNBOUNDED,
        "PYTHONWARNINGS": "ignore",
    }
    for command in (["collectstatic", "--noinput", "-v0"], ["migrate", "-v0"]):
        subprocess.run(  # noqa: S603 - our own command line
            [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True
        )
    command = [sys.executable, "-m", "gunicorn", "cms.wsgi:application", "-b", f"127.0.0.1:{port}"]
    log = folder / "gunicorn.log"
    with log.open("w") as output:
        server = subprocess.Popen(  # noqa: S603 - our own command line
            [*command, "--workers", str(workers)],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    with terminate_at_end(server):
        wait_until_up(server, url, log)
        yield url

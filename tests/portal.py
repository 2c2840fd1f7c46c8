"""The portal as production runs it, for tests and measurements from outside.

The portal consists of gunicorn, the worker, a database of its own, and the demo content.
"""

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from redis import Redis

from tests.redis_server import free_port

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
PASSWORD = "mot-mat-khau-cho-ban-demo"

DRAW_HASTILY = """
from cms.operations.worker import run_task
from tests.pictures import draw_avif_hastily
draw_avif_hastily()
while run_task("before the opening"):
    pass
"""

FORGET_VISITORS = "from cms.visitors.models import Presence; Presence.objects.all().delete()"

RENAME_TABLE = """
from django.db import connection
connection.cursor().execute("ALTER TABLE {} RENAME TO {}")
"""


@dataclass
class Portal:
    """A running portal: its URL, its log file, and the environment of its management commands."""

    url: str
    log: Path
    environment: dict = field(repr=False)

    def manage(self, *arguments):
        """Run `manage.py` on the portal's own database, and return the output."""
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(  # noqa: S603 - our own command line
            command, cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True
        ).stdout

    @property
    def redis(self):
        """The portal's own Redis, or None if the portal counts visitors in its database."""
        url = self.environment["REDIS_URL"]
        return Redis.from_url(url) if url else None

    def forget_visitors(self):
        """Reset the live count to zero visitors."""
        if redis := self.redis:
            for key in redis.scan_iter("visitors:*"):
                redis.delete(key)
            redis.close()
        else:
            self.manage("shell", "-v0", "-c", FORGET_VISITORS)

    @contextmanager
    def without_visitor_store(self):
        """Make every query of the live count fail within the block.

        Visitors who were online before the block are lost.
        """
        self.forget_visitors()
        if redis := self.redis:
            redis.set("visitors:online", "this is no set")
        else:
            self.manage("shell", "-v0", "-c", RENAME_TABLE.format("visitors_presence", "away"))
        try:
            yield
        finally:
            if redis:
                redis.delete("visitors:online")
                redis.close()
            else:
                self.manage("shell", "-v0", "-c", RENAME_TABLE.format("away", "visitors_presence"))


@contextmanager
def serve_portal(database_url, media_root, log, redis_url="", prepare=DRAW_HASTILY, **variables):
    """Serve a portal on a free port. It is migrated and filled, and it writes to the file `log`.

    The Redis at `redis_url` must belong to this portal alone, because the data that a portal stores
    there is valid for that portal only. The script `prepare` runs before the portal starts. Without
    it, pictures are drawn as in production, while pages are requested. `variables` are additional
    environment variables.
    """
    portal = new_portal(database_url, media_root, log, redis_url, **variables)
    fill(portal, prepare)
    with run_servers(portal):
        yield portal


def new_portal(database_url, media_root, log, redis_url="", **variables):
    """Return a portal that is not running yet, with a URL on a free port."""
    url = f"http://127.0.0.1:{free_port()}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "settings.production",
        "SECRET_KEY": "only-for-the-browser-tests-which-sign-nothing-of-anybody",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": url,
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "MEDIA_ROOT": str(media_root),
        "STATIC_ROOT": str(Path(media_root).with_name("static")),
        "DEMO_PASSWORD": PASSWORD,
        **variables,
    }
    return Portal(url, log, environment)


def fill(portal, prepare=DRAW_HASTILY):
    """Create the static files, the tables and the content of the portal, then run `prepare`."""
    portal.manage("collectstatic", "--noinput", "-v0")
    portal.manage("migrate", "-v0")
    portal.manage("load_demo")
    if prepare:
        portal.manage("shell", "-v0", "-c", prepare)


@contextmanager
def run_servers(portal):
    """Run the web server and the worker of the portal within the block."""
    address = portal.url.removeprefix("http://")
    command = [sys.executable, "-m", "gunicorn", "cms.wsgi:application", "-b", address]
    with portal.log.open("w") as output:
        server = subprocess.Popen(  # noqa: S603 - our own command line
            command, cwd=ROOT, env=portal.environment, stdout=output, stderr=subprocess.STDOUT
        )
        worker = subprocess.Popen(  # noqa: S603 - our own command line
            [sys.executable, "manage.py", "run_worker"],
            cwd=ROOT,
            env=portal.environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until_up(server, portal.url, portal.log)
        yield portal
    finally:
        for process in (server, worker):
            process.terminate()
        for process in (server, worker):
            process.wait(timeout=20)


def wait_until_up(server, url, log):
    """Wait until the server reports that it is ready.

    Raise `RuntimeError` with the server's log if the server ends before that.
    """
    while True:
        try:
            urllib.request.urlopen(f"{url}/readyz", timeout=5)  # noqa: S310 - our own server
            return
        except (urllib.error.URLError, OSError) as error:
            if server.poll() is not None:
                raise RuntimeError(f"the server ended: {log.read_text()}") from error
            time.sleep(0.1)

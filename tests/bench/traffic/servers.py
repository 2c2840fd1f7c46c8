"""Servers that live for a measurement: gunicorn as production runs it, and a Redis of its own."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import redis

from tests.portal import ROOT, wait_until_up

UNBOUNDED = str(10**9)
"""More than any measurement brings: every beat is to reach the store."""


def free_port():
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serve(folder, database_url, redis_url="", workers=2):
    """Serve a migrated portal without content, and yield its address."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.bench.traffic.settings",
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
    with ended(server):
        wait_until_up(server, url, log)
        yield url


@contextmanager
def redis_server(port=None):
    """Run an empty Redis that keeps nothing on disk, and yield its address."""
    port = port or free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command line
    url = f"redis://127.0.0.1:{port}/0"
    with ended(server):
        while not answers(url):
            time.sleep(0.01)
        yield url


def answers(url):
    """Say whether the Redis is up."""
    try:
        with redis.Redis.from_url(url) as client:
            return client.ping()
    except redis.ConnectionError:
        return False


@contextmanager
def ended(process):
    """Stop the process in the end."""
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)

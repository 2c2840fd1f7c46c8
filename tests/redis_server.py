"""A Redis of one's own, which may be frozen."""

import signal
import socket
import subprocess
import time
from contextlib import contextmanager

import redis


def free_port():
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class RedisServer:
    """A running server: its address, and what may happen to it."""

    def __init__(self, url, process):
        self.url, self.process = url, process

    def freeze(self):
        """Let it answer nothing, with its connections open."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self):
        """Let it answer again, also what it was asked meanwhile."""
        self.process.send_signal(signal.SIGCONT)


@contextmanager
def run_redis_server(port=None, *options):
    """Run an empty Redis that keeps nothing on disk, and yield it as a `RedisServer`."""
    port = port or free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command line
    server = RedisServer(f"redis://127.0.0.1:{port}/0", process)
    with terminate_at_end(process):
        while not is_up(server.url):
            time.sleep(0.01)
        try:
            yield server
        finally:
            server.thaw()


def is_up(url):
    """Say whether the Redis is up."""
    try:
        with redis.Redis.from_url(url) as client:
            return client.ping()
    except redis.AuthenticationError:
        return True
    except redis.ConnectionError:
        return False


@contextmanager
def terminate_at_end(process):
    """Stop the process in the end."""
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)

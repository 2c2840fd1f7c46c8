"""A separate Redis server for tests, which can be suspended."""

import signal
import socket
import subprocess
import time
from contextlib import contextmanager

import redis


def free_port():
    """Return a port on which no process listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class RedisServer:
    """A running Redis server: its URL, its process, and methods to suspend and resume it."""

    def __init__(self, url, process):
        self.url, self.process = url, process

    def freeze(self):
        """Suspend the server. It answers nothing, but its connections stay open."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self):
        """Resume the server. It also answers the commands that it received while suspended."""
        self.process.send_signal(signal.SIGCONT)


@contextmanager
def run_redis_server(port=None, *options):
    """Run an empty Redis that stores nothing on disk, and yield it as a `RedisServer`."""
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
    """Return whether the Redis server is up."""
    try:
        with redis.Redis.from_url(url) as client:
            return client.ping()
    except redis.AuthenticationError:
        return True
    except redis.ConnectionError:
        return False


@contextmanager
def terminate_at_end(process):
    """Terminate the process at the end of the block."""
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)

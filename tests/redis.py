"""A Redis of the tests' own, in a folder, on a free port."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.serve import listen


class RedisServer:
    def __init__(self, folder: Path, port: int) -> None:
        self.url = f"redis://127.0.0.1:{port}/0"
        self._folder, self.port = folder, port
        self.start()

    def start(self) -> None:
        program = shutil.which("redis-server") or shutil.which("valkey-server") or ""
        self.process = subprocess.Popen(
            [program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self._folder)],
            stdout=subprocess.DEVNULL,
        )
        until = time.monotonic() + 10
        while not self._answers():
            assert time.monotonic() < until, "Redis did not start"
            time.sleep(0.02)

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), 0.2) as line:
                line.sendall(b"PING\r\n")
                return line.recv(16).startswith(b"+PONG")
        except OSError:
            return False

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(5)

    def freeze(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.send_signal(signal.SIGCONT)


@contextmanager
def redis_server(folder: Path) -> Iterator[RedisServer]:
    if not (shutil.which("redis-server") or shutil.which("valkey-server")):
        assert not os.environ.get("CI"), "CI needs Redis"
        pytest.skip("Redis is not installed")
    with listen("127.0.0.1", 0) as probe:
        port = probe.getsockname()[1]
    made = RedisServer(folder, port)
    try:
        yield made
    finally:
        made.thaw()
        made.kill()

"""The load client `load.c`, and what it found."""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from tests.bench.machine import cores, pin


@dataclass(frozen=True)
class Seen:
    """`first` and `last` are CLOCK_MONOTONIC in ns; the counts are of frames that held the needle."""

    seeing: int
    first: int
    last: int
    hits: int
    healthy: int
    stalled: int
    most: int
    opened: int
    closed: int
    bytes: int
    cpu: int


@dataclass(frozen=True)
class Answered:
    """One request: when it was due and when its answer was there, in ns."""

    due: int
    done: int
    status: int

    @property
    def ms(self) -> float:
        return (self.done - self.due) / 1e6


class Load:
    """Leave it with `close`."""

    def __init__(self, program: Path, folder: Path) -> None:
        self.folder = folder
        self.process = subprocess.Popen([str(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        pin(self.process.pid, cores()[1])

    def tell(self, command: str) -> Seen:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"the load client ended at: {command}")
        return Seen(**json.loads(answer))

    def open(self, address: str, path: str, cookies: Sequence[str], stalled: int = 0, packs: int = 0) -> Seen:
        """A socket for each cookie (`name=value`, or nothing). Needles are not found in packed frames."""
        file = self.folder / "cookies"
        file.write_text("".join(cookie + "\n" for cookie in cookies))
        before = self.tell("wait 0 0").opened
        seen = self.tell(f"open {_port(address)} {path} {address} {len(cookies)} {file} {stalled} {packs}")
        if seen.opened - before != len(cookies):
            raise RuntimeError(f"{seen.opened - before} of {len(cookies)} sockets were opened")
        return seen

    def watch(self, needle: str) -> None:
        self.tell(f"watch {needle}")

    def wait(self, count: int, seconds: float) -> Seen:
        return self.tell(f"wait {count} {int(seconds * 1000)}")

    def send(self, address: str, requests: Sequence[bytes], rate: float, lines: int = 32) -> list[Answered]:
        """All requests at `rate` a second over `lines` kept connections, as they are due."""
        file, out = self.folder / "requests", self.folder / "answers"
        file.write_bytes(b"".join(b"%d\n%s" % (len(each), each) for each in requests))
        self.tell(f"send {_port(address)} {file} {rate} {lines} {out}")
        return [Answered(*map(int, line.split())) for line in out.read_text().splitlines()]

    def close(self) -> None:
        assert self.process.stdin
        if not self.process.stdin.closed:
            self.process.stdin.close()
        self.process.wait(10)


def request(address: str, path: str, cookie: str, form: dict[str, str]) -> bytes:
    """A tap as htmx sends it."""
    body = urlencode(form).encode()
    lines = (
        f"POST {path} HTTP/1.1",
        f"Host: {address.partition('://')[2]}",
        f"Origin: {address}",
        f"Cookie: {cookie}",
        "HX-Request: true",
        "Accept-Encoding: gzip, deflate",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
    )
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def _port(address: str) -> int:
    return int(address.rpartition(":")[2])

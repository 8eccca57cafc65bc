"""What a fan-out is measured beside: `websockets.broadcast()` and the bare C loop, with the same bytes."""

import subprocess
import sys
from pathlib import Path

from app.live.frame import Frame
from tests.bench.house import free_port
from tests.bench.load import Load
from tests.bench.machine import cores, pin


class Reference:
    """A server that tells its sockets the same text whenever it is asked to."""

    def __init__(self, command: list[str], load: Load, seats: int, needle: str) -> None:
        port = free_port()
        command = [each.replace("PORT", str(port)) for each in command]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        pin(self.process.pid, cores()[0])
        assert self.process.stdout
        assert self.process.stdout.readline() == "ready\n"
        self.load = load
        load.open(f"http://127.0.0.1:{port}", "/", [""] * seats)
        load.watch(needle)
        self._needle = needle

    def tell(self, seats: int) -> tuple[int, int, int]:
        """When it began and when the last was told, in ns, and how many were."""
        assert self.process.stdin
        assert self.process.stdout
        self.load.watch(self._needle)
        self.process.stdin.write(f"{seats}\n")
        self.process.stdin.flush()
        begun = int(self.process.stdout.readline())
        seen = self.load.wait(seats, 10)
        return begun, seen.last, seen.seeing

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(10)


def library(text: str, load: Load, seats: int, needle: str) -> Reference:
    file = load.folder / "text"
    file.write_text(text)
    return Reference([sys.executable, "-m", "tests.bench.broadcast", "PORT", str(file)], load, seats, needle)


def bare(program: Path, text: str, load: Load, seats: int, needle: str) -> Reference:
    file = load.folder / "frame"
    file.write_bytes(Frame(text).plain)
    return Reference([str(program), "PORT", str(file)], load, seats, needle)

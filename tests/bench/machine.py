"""The two cores of a measurement, and what a process used of its own."""

import os
import shutil
import subprocess
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

HERE = Path(__file__).parent


def cores() -> tuple[int, int]:
    """The server's and the load client's; the same one where there is no second."""
    ours = sorted(_ALLOWED)
    return ours[0], ours[-1]


_ALLOWED = os.sched_getaffinity(0)


def pin(pid: int, core: int) -> None:
    """Threads that it starts later inherit the core."""
    with suppress(ProcessLookupError):  # it ended meanwhile
        os.sched_setaffinity(pid, {core})


def compiled(name: str, folder: Path) -> Path:
    """One of our C programs, made now. Raises LookupError where there is no compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        raise LookupError("the bench needs a C compiler (cc) for its load client and its bare loop")
    made = folder / name
    subprocess.run([compiler, "-O2", "-o", str(made), str(HERE / f"{name}.c")], check=True)
    return made


def cpu_ms(*pids: int) -> float:
    """Time on a core of these processes, with all their threads, by the scheduler's own clock."""
    return sum(_task_ns(task) for pid in pids for task in _tasks(pid)) / 1e6


def _tasks(pid: int) -> Iterable[Path]:
    return Path(f"/proc/{pid}/task").glob("*/schedstat")


def _task_ns(task: Path) -> int:
    try:
        return int(task.read_text().split()[0])
    except (OSError, IndexError):  # a thread that ended meanwhile
        return 0


def memory_kb(pid: int) -> int:
    """Resident."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


def family(pid: int) -> list[int]:
    """A process and all that it started, but for what ended meanwhile, as PostgreSQL's cleaners do."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in task.read_text().split():
                found += family(int(child))
    return found

"""A PostgreSQL of the tests' own: a cluster per run in a folder, as another user where we are root."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from app import ids

# Only what a test wrote to, without looking at keys: TRUNCATE of all tables takes seven times as long. VACUUM gives the
# room back, so that new rows do not fill the holes of old ones.
_WIPE = r"""
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE pid <> pg_backend_pid() AND datname = current_database();
SET session_replication_role = replica;
SELECT 'DELETE FROM ' || oid::regclass, 'VACUUM ' || oid::regclass FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'
  AND pg_relation_size(oid) > 0 \gexec
"""


def _programs() -> Path | None:
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "postgres").exists()), None)


@dataclass
class Cluster:
    programs: Path
    folder: Path
    port: int
    as_user: tuple[str, ...]

    def start(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [*self.as_user, str(self.programs / "postgres"), "-D", str(self.folder / "data"),
                 "-p", str(self.port), "-k", str(self.folder),
                 "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "max_connections=200"],
                stdout=log, stderr=log, cwd="/",
            )  # fmt: skip
        ready = [str(self.programs / "pg_isready"), "-h", "127.0.0.1", "-p", str(self.port), "-t", "20"]
        while subprocess.run(ready, capture_output=True).returncode != 0:
            assert self.process.poll() is None, "PostgreSQL did not start"

    def stop(self) -> None:
        """As a packager's upgrade does: every connection is cut, what was committed is kept."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(20)

    @property
    def pid(self) -> int:
        return self.process.pid

    def sql(self, statement: str, database: str = "postgres") -> None:
        self._psql(["-d", database, "-c", statement])

    def _psql(self, options: list[str], typed: str = "") -> None:
        subprocess.run(
            [*self.as_user, str(self.programs / "psql"), "-h", "127.0.0.1", "-p", str(self.port), "-U", "morgen",
             "-qAtX", "-v", "ON_ERROR_STOP=1", *options],
            check=True,
            capture_output=True,
            input=typed.encode(),
        )  # fmt: skip

    @contextmanager
    def database(self) -> Iterator[str]:
        """An empty database of its own, dropped afterwards."""
        name = "t" + ids.digits(12)
        self.sql(f"CREATE DATABASE {name}")
        try:
            yield f"postgresql+asyncpg://morgen@127.0.0.1:{self.port}/{name}"
        finally:
            self.sql(f"DROP DATABASE {name} WITH (FORCE)")

    def wipe(self, url: str) -> None:
        """No row and no other connection is left in this database; its tables stay, as if they were new: rows come in
        the order in which they were written."""
        self._psql(["-d", url.rpartition("/")[2]], _WIPE)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    with cluster() as made:
        yield made


@contextmanager
def cluster() -> Iterator[Cluster]:
    programs = _programs()
    if programs is None:
        assert not os.environ.get("CI"), "CI needs PostgreSQL's programs"
        pytest.skip("PostgreSQL's programs are not installed")
    folder = Path(tempfile.mkdtemp(prefix="morgen-pg-", dir="/tmp"))
    as_user: tuple[str, ...] = ()
    if os.getuid() == 0:  # initdb refuses root
        user = next(name for name in ("postgres", "nobody") if _known(name))
        shutil.chown(folder, user)
        as_user = ("setpriv", f"--reuid={user}", "--clear-groups")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = folder / "data"
    subprocess.run(
        [*as_user, str(programs / "initdb"), "-D", str(data), "-U", "morgen", "-A", "trust", "-N", "-E", "UTF8"],
        check=True, capture_output=True, cwd="/",
    )  # fmt: skip
    made = Cluster(programs, folder, port, as_user)
    try:
        made.start()
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _known(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True

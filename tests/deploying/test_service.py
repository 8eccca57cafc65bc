"""The unit that `morgen service` prints: systemd takes it, it is well shut in, and what it starts serves and stops."""

import configparser
import os
import re
import shlex
import shutil
import signal
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import cli
from app.service.unit import _command, unit
from tests.bench.house import free_port, until_alive

pytestmark = pytest.mark.one_engine
MOST_EXPOSED = 1.5
"""By `systemd-analyze security`, from 0 (shut in) to 10; a unit without a word on it has 9.6."""


def analysed(*command: str | Path) -> str:
    program = shutil.which("systemd-analyze")
    if not program:
        assert not os.environ.get("CI"), "CI needs systemd-analyze"
        pytest.skip("systemd is not installed")
    done = subprocess.run([program, *command], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def sections(text: str) -> configparser.ConfigParser:
    found = configparser.ConfigParser(interpolation=None, strict=False, delimiters="=", comment_prefixes="#")
    found.optionxform = str  # type: ignore[assignment, method-assign]
    found.read_string(text)
    return found


def test_systemd_takes_it_and_it_is_well_shut_in(tmp_path: Path) -> None:
    path = tmp_path / "morgen.service"
    path.write_text(unit().replace(sections(unit())["Service"]["ExecStart"], "/bin/true serve"))
    assert analysed("verify", path) == ""
    found = re.search(r"exposure level for morgen.service: ([\d.]+)", analysed("security", "--offline=true", path))
    assert found
    assert float(found[1]) <= MOST_EXPOSED


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/opt/morgen/bin/morgen", "/opt/morgen/bin/morgen"),
        ("/srv/our tools/bin/morgen", '"/srv/our tools/bin/morgen"'),
        ("/srv/100%/morgen", "/srv/100%%/morgen"),
    ],
)
def test_a_path_is_written_as_systemd_reads_it(path: str, told: str) -> None:
    assert _command(Path(path)) == told


def test_what_it_starts_serves_and_stops_in_time(tmp_path: Path, sqlite_with_tables: Path) -> None:
    """With the unit's own environment and signals; the settings' file says the port, as it would on the machine."""
    service = sections(CliRunner().invoke(cli, ["service"]).stdout)["Service"]
    folder = Path(service["WorkingDirectory"].replace("%S", str(tmp_path)))
    folder.mkdir()
    shutil.copy(sqlite_with_tables, folder / "morgen.db")
    told = [each.replace("%S", str(tmp_path)) for each in shlex.split(service["Environment"])]
    port = free_port()
    process = subprocess.Popen(
        shlex.split(service["ExecStart"]),
        env=dict(each.split("=", 1) for each in [*told, f"MORGEN_PORT={port}"]),
        cwd=folder,
        umask=int(service["UMask"], 8),
        stdout=subprocess.DEVNULL,
    )
    try:
        until_alive(f"http://127.0.0.1:{port}", process)
        assert (folder / "secret").stat().st_mode & 0o077 == 0
        process.send_signal(signal.Signals[service["KillSignal"]])
        process.wait(float(service["TimeoutStopSec"]))
    finally:
        process.kill()

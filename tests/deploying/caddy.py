"""Caddy as a process, with the Caddyfile of `compose.yaml`, in front of servers on loopback addresses of our own."""

import os
import secrets
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
import yaml

from tests.bench.house import free_port

COMPOSE = Path(__file__).parents[2] / "compose.yaml"
PORT = 8000
"""Where the Caddyfile looks for Morgen."""


def compose() -> dict[str, Any]:
    return dict(yaml.safe_load(COMPOSE.read_text()))


def caddyfile(base_url: str) -> str:
    """As Compose hands it over."""
    return str(compose()["configs"]["caddyfile"]["content"]).replace("${MORGEN_BASE_URL}", base_url)


def own_address() -> str:
    """On loopback, of nobody else: its port 8000 is free."""
    return f"127.{secrets.randbelow(200) + 40}.{secrets.randbelow(250)}.{secrets.randbelow(250) + 1}"


@dataclass(frozen=True)
class Front:
    address: str
    trusts: ssl.SSLContext


def program() -> str:
    found = shutil.which("caddy")
    if not found or os.geteuid() != 0:
        assert not os.environ.get("CI"), "CI needs Caddy, and root"
        pytest.skip("needs Caddy, and root for a file of hosts of its own")
    return found


def site(folder: Path, address: str) -> Path:
    """The Caddyfile with what differs here: no port 80, its own folder, and nothing new in the machine's trust."""
    (folder / "Caddyfile").write_text(caddyfile(address))
    here = (
        f"{{\n admin off\n auto_https disable_redirects\n skip_install_trust\n storage file_system {folder}/store\n}}\n"
    )
    (folder / "Caddyfile.here").write_text(f"{here}import {folder}/Caddyfile\n")
    return folder / "Caddyfile.here"


@contextmanager
def caddy(folder: Path, behind: Sequence[str]) -> Iterator[Front]:
    """In front of these addresses, which are what `morgen` means to it."""
    port, run = free_port(), program()
    chosen = site(folder, f"https://localhost:{port}")
    hosts = folder / "hosts"
    hosts.write_text("127.0.0.1 localhost\n" + "".join(f"{each} morgen\n" for each in behind))
    own_hosts = f'mount --bind {hosts} /etc/hosts && exec {run} run --adapter caddyfile --config "{chosen}"'
    process = subprocess.Popen(
        ["unshare", "--mount", "sh", "-c", own_hosts],
        stderr=subprocess.DEVNULL,
        env={**os.environ, "HOME": str(folder)},
    )
    front = None
    try:
        until = time.monotonic() + 15
        while front is None:
            assert process.poll() is None, "Caddy did not start"
            assert time.monotonic() < until
            time.sleep(0.02)
            front = _answering(f"https://localhost:{port}", folder / "store/pki/authorities/local/root.crt")
        yield front
    finally:
        process.terminate()
        process.wait(10)


def _answering(address: str, root: Path) -> Front | None:
    """Once it has made its certificates, and somebody behind it answers."""
    if not root.exists():
        return None
    found = Front(address, ssl.create_default_context(cafile=str(root)))
    with suppress(httpx2.TransportError):
        return found if httpx2.get(f"{address}/healthz/live", verify=found.trusts).is_success else None
    return None

"""This machine: the data folder, the secret, the port, and what pages and reports are made with."""

import os
import resource
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

from app import disk
from app.doctor.finding import Finding, advice, broken, good
from app.paths import STATIC
from app.settings import Settings
from app.web import assets

ACROSS_A_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ceph", "glusterfs", "lustre", "afs", "9p", "fuse.sshfs"}
MOUNTS = Path("/proc/self/mountinfo")
LEAST_OPEN = 4096
"""Files that may be open at once: every phone takes one."""


def data_folder(settings: Settings) -> Iterator[Finding]:
    about, folder = "data folder", settings.data.absolute()
    if not folder.is_dir():
        yield advice(about, f"{folder} does not exist yet.", "Morgen makes it at the first start.")
        return
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        yield broken(about, f"Nothing can be written in {folder}: {error.strerror}.", "Give the user of Morgen access.")
        return
    kind = file_system(folder)
    if kind in ACROSS_A_NETWORK and not settings.database:
        yield broken(
            about,
            f"{folder} is on a network disk ({kind}). SQLite can lose data there.",
            "Use a local disk (MORGEN_DATA), or PostgreSQL (MORGEN_DATABASE).",
        )
        return
    free = disk.free(folder)
    if free < disk.LEAST_FREE:
        yield advice(about, f"Only {free // 2**20} MB are free on the disk of {folder}.", "Make room on this disk.")
        return
    yield good(about, f"{folder} can be written to ({kind or 'file system unknown'}, {free // 2**30} GB free).")


def file_system(folder: Path, mounts: Path = MOUNTS) -> str:
    """The kind of file system that this folder is on, such as `ext4`; empty where the kernel does not tell."""
    try:
        lines = mounts.read_text().splitlines()
    except OSError:
        return ""
    found = ("", "")
    for line in lines:
        before, _, after = line.partition(" - ")
        at = before.split()[4].replace("\\040", " ")
        if folder.is_relative_to(at) and len(at) >= len(found[0]):
            found = (at, after.split()[0])
    return found[1]


def secret(settings: Settings) -> Iterator[Finding]:
    about, path = "secret", settings.data / "secret"
    if settings.secret.get_secret_value():
        yield good(about, "MORGEN_SECRET is set. Keep a copy: links in mails hang on it.")
    elif not path.exists():
        yield advice(about, "There is no secret yet.", "Morgen makes one at the first start, in the data folder.")
    elif not os.access(path, os.R_OK):
        yield broken(about, f"{path} cannot be read.", "Run this command as the user that Morgen runs as.")
    elif path.stat().st_mode & 0o077:
        yield broken(about, f"Others on this machine can read {path}.", f"Run: chmod 600 {path}")
    else:
        yield good(about, f"It lies in {path}, for its owner only. It has to be in your backup.")


def port(settings: Settings) -> Iterator[Finding]:
    about, where = "port", f"{settings.host}:{settings.port}"
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except PermissionError:
            yield broken(about, f"This user may not listen on {where}.", "Choose a port from 1024 on (MORGEN_PORT).")
        except OSError as error:
            yield advice(
                about,
                f"{where} cannot be used now: {error.strerror}.",
                "Is Morgen running? Then all is well. Else choose another port (MORGEN_PORT) or address (MORGEN_HOST).",
            )
        else:
            yield good(about, f"{where} is free. Only the proxy with TLS has to reach it.")


def open_files() -> Iterator[Finding]:
    about, most = "open files", resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if 0 <= most < LEAST_OPEN:
        yield advice(
            about,
            f"At most {most} at once here, and every phone takes one.",
            "Raise the limit: LimitNOFILE in systemd, ulimits in compose, else /etc/security/limits.conf.",
        )
    else:
        yield good(about, f"{'As many as are' if most < 0 else f'{most} at once are'} allowed: one for every phone.")


def front_end() -> Iterator[Finding]:
    about = "pages"
    try:
        for name in assets.CONTENTS:
            assets.bundle(name)
    except OSError as error:
        yield broken(about, str(error), "Install Morgen again: its style sheets and scripts are not complete.")
        return
    if not list((STATIC / "vendor").glob("*.woff2")):
        yield broken(about, "The fonts are missing.", "Install Morgen again, or run `make install`.")
        return
    yield good(about, "Style sheets, scripts and fonts are here.")


def reports() -> Iterator[Finding]:
    try:
        import weasyprint  # type: ignore[import-untyped]

        weasyprint.HTML(string="<p>Morgen</p>").write_pdf()
    except (OSError, ImportError) as error:
        yield broken(
            "reports",
            f"No PDF can be made: {str(error).splitlines()[0]}.",
            "Install Pango. On Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        )
    else:
        yield good("reports", "A PDF can be made.")

"""What is in a backup: the copy of the database, the key of the links, and what it is. A tar, compressed and sealed."""

import io
import json
import tarfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app import sealing
from app.failed import Failed

FORMAT = 1
ABOUT, COPY, SECRET = "about.json", "database", "secret"


@dataclass(frozen=True, slots=True)
class About:
    """`engine` is sqlite or postgresql; `moment` lies before the copy was begun."""

    engine: str
    moment: datetime


def pack(about: About, copy: Path, secret: Path, key: str, target: Path) -> None:
    told = {"format": FORMAT, "engine": about.engine, "moment": about.moment.isoformat()}
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w:gz") as tar:
        _add(tar, ABOUT, json.dumps(told).encode())
        tar.add(copy, COPY)
        if secret.exists():
            tar.add(secret, SECRET)
    sealing.seal(whole.getvalue(), key, target)


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    tar.addfile(entry, io.BytesIO(content))


def unpack(source: Path, key: str, folder: Path) -> tuple[About, Path, Path | None]:
    """What it is, the copy, and the secret if there is one: files in the folder. Raises Failed for anything else."""
    try:
        with tarfile.open(fileobj=io.BytesIO(sealing.unseal(source, key)), mode="r:gz") as tar:
            tar.extractall(folder, filter="data")
        told = json.loads((folder / ABOUT).read_text())
        if told["format"] != FORMAT:
            raise Failed("This backup was made by another version. Use that version.")
        about = About(str(told["engine"]), datetime.fromisoformat(told["moment"]))
    except (tarfile.TarError, OSError, KeyError, ValueError) as error:
        raise Failed("This is no backup of Morgen.") from error
    secret = folder / SECRET
    return about, folder / COPY, secret if secret.exists() else None

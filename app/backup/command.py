"""`morgen backup` and `morgen restore`, also while the server runs."""

import asyncio
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from app import clock, migrate, sealing
from app.backup import archive, engines
from app.backup.archive import About
from app.core.audit import Act, note_for_all
from app.core.going_again import did_not_go, go_again
from app.core.gone import Gone
from app.core.kind import discover
from app.db import Database
from app.failed import Failed
from app.ledger import Ledger
from app.settings import Settings

NAMED = re.compile(r"morgen-(\d{8}T\d{6})Z\.backup")
MOMENT = "%Y%m%dT%H%M%S"


def backup(settings: Settings, target: Path, keep_days: int | None = None) -> Path:
    """Write an encrypted backup: to this file, or under a name of its own into this folder. Then let go of those in the
    folder that are older than `keep_days`, and of what the ledger says of the time before. Raises Failed."""
    key = sealing.key_of(settings)
    moment = clock.now()
    if keep_days is not None and not target.is_dir():
        raise Failed("Give the folder in which the backups lie: older ones are removed from there.")
    file = target / f"morgen-{moment.strftime(MOMENT)}Z.backup" if target.is_dir() else target
    with _private_folder(settings) as folder:
        copy = folder / archive.COPY
        engines.copy_out(settings.database_url, copy)
        archive.pack(About(_engine(settings), moment), copy, settings.data / archive.SECRET, key, file)
    with suppress(DBAPIError):  # a schema from before the log, a full disk: the backup stands all the same
        asyncio.run(_note(settings))
    if keep_days is not None:
        expire(target, moment - timedelta(days=keep_days))
        Ledger(settings.data).forget(moment - timedelta(days=keep_days + 1))
    return file


async def _note(settings: Settings) -> None:
    db = Database(settings.database_url)
    try:
        await db.write(note_for_all, Act.BACKUP)
    finally:
        await db.close()


def expire(folder: Path, before: datetime) -> list[Path]:
    """Remove the backups that were made before this moment, by their names; returns them."""
    old = [
        file
        for file in folder.iterdir()
        if (found := NAMED.fullmatch(file.name)) and found[1] < before.strftime(MOMENT)
    ]
    for file in old:
        file.unlink()
    return old


def restore(settings: Settings, source: Path) -> tuple[datetime, int]:
    """Put a backup in the place of all that is there now; returns its moment, and how much of it went again at once:
    who was deleted since, who stopped mails, letters that were sent. Raises Failed."""
    discover()
    with _private_folder(settings) as folder:
        about, copy, secret = archive.unpack(source, sealing.key_of(settings), folder)
        if about.engine != _engine(settings):
            raise Failed("This backup is of another kind of database. Use morgen move-out and move-in instead.")
        migrate.upgrade(settings.database_url)
        again = asyncio.run(_replace(settings, about, copy))
        if secret is not None:
            _keep_secret(settings.data / archive.SECRET, secret.read_text())
    return about.moment, again


async def _replace(settings: Settings, about: About, copy: Path) -> int:
    """First the copy is made right, then it takes the place."""
    gone = await _gone_since(settings, about.moment)
    async with engines.beside(settings.database_url, copy) as aside:
        db = Database(aside)
        try:
            again = await db.write(go_again, gone)
            await db.write(note_for_all, Act.RESTORED)
        finally:
            await db.close()
        await engines.replace(settings.database_url, aside)
    return again


async def _gone_since(settings: Settings, moment: datetime) -> list[Gone]:
    """What the ledger is not sure of counts, unless the database that is replaced still has it."""
    ledger = Ledger(settings.data)
    db = Database(settings.database_url)
    try:
        async with db.read() as session:
            lost = [each for each in ledger.unsure(moment) if not await did_not_go(session, each)]
    finally:
        await db.close()
    return ledger.since(moment) + lost


def _keep_secret(path: Path, secret: str) -> None:
    """On a machine that has none yet: links in mails that were sent work again."""
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secret)


@contextmanager
def _private_folder(settings: Settings) -> Iterator[Path]:
    """Beside the data, for a copy is as private as they are; nobody else may look in."""
    settings.data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=settings.data) as folder:
        yield Path(folder)


def _engine(settings: Settings) -> str:
    return "sqlite" if engines.is_sqlite(settings.database_url) else "postgresql"

"""The list of what must not come back with a backup, in a file beside the database.

Beside it, for a table would be replaced by the backup along with all else. It holds moments and ids: no name, no
address. A line is written after the commit that it tells of; killed just between the two, a deletion is in no line, and
comes back only if a backup from before it is restored.
"""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import cast, get_args

import structlog

from app import clock
from app.core.gone import Gone, What

log = structlog.get_logger()
NAME = "gone.log"


class Ledger:
    def __init__(self, data: Path) -> None:
        self.path = data / NAME

    def hear(self, fact: object) -> None:
        """A listener of the database. Several processes may share the file: short lines are appended whole."""
        if not isinstance(fact, Gone):
            return
        try:
            self._append(f"{clock.now().isoformat()} {fact.what} {fact.id}\n")
        except OSError as error:
            log.error("what went is not in the ledger: a backup could bring it back", what=fact.what, error=repr(error))

    def _append(self, line: str) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(descriptor, line.encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def since(self, moment: datetime) -> list[Gone]:
        """What went at that moment or later, in order."""
        return [fact for when, fact, _ in self._lines() if when >= moment]

    def forget(self, before: datetime) -> None:
        """Drop what is older than every backup that is kept."""
        kept = [line for when, _, line in self._lines() if when >= before]
        if self.path.exists():
            fresh = self.path.with_suffix(".new")
            fresh.touch(0o600)
            fresh.write_text("".join(kept))
            fresh.replace(self.path)

    def _lines(self) -> Iterator[tuple[datetime, Gone, str]]:
        text = self.path.read_text() if self.path.exists() else ""
        for line in text.splitlines(keepends=True):
            parts = line.split()
            if len(parts) == 3 and line.endswith("\n") and parts[1] in get_args(What):
                yield datetime.fromisoformat(parts[0]), Gone(cast(What, parts[1]), parts[2]), line

"""The list of what must not come back with a backup, in a file beside the database.

Beside it, for a table would be replaced by the backup along with all else. It holds moments and ids: no name, no
address. Each deletion is two lines: that it was asked for, before the commit, and that it is done, after it. Killed
between the two, the first stands alone, and the database that is replaced tells what became of it.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import cast, get_args

import structlog

from app import clock
from app.core.gone import Gone, What
from app.db import Database

log = structlog.get_logger()
NAME = "gone.log"
ASKED = "asked"


class Ledger:
    def __init__(self, data: Path) -> None:
        self.path = data / NAME

    def listen(self, db: Database) -> None:
        """Several processes may share the file: short lines are appended whole."""
        db.forehand.append(lambda fact: self._note(fact, f" {ASKED}"))
        db.listeners.append(lambda fact: self._note(fact, ""))

    def _note(self, fact: object, more: str) -> None:
        if not isinstance(fact, Gone):
            return
        try:
            self._append(f"{clock.now().isoformat()} {fact.what} {fact.id}{more}\n")
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
        return [line.fact for line in self._lines() if line.when >= moment and not line.is_asked]

    def unsure(self, moment: datetime) -> list[Gone]:
        """What was to go at that moment or later, and of which nothing tells that it did."""
        lines = [line for line in self._lines() if line.when >= moment]
        done = {line.fact for line in lines if not line.is_asked}
        return [line.fact for line in lines if line.is_asked and line.fact not in done]

    def forget(self, before: datetime) -> None:
        """Drop what is older than every backup that is kept."""
        kept = [line.text for line in self._lines() if line.when >= before]
        if self.path.exists():
            fresh = self.path.with_suffix(".new")
            fresh.touch(0o600)
            fresh.write_text("".join(kept))
            fresh.replace(self.path)

    def _lines(self) -> Iterator["_Line"]:
        text = self.path.read_text() if self.path.exists() else ""
        for line in text.splitlines(keepends=True):
            parts = line.split()
            is_asked = parts[3:] == [ASKED]
            if len(parts) == 3 + is_asked and line.endswith("\n") and parts[1] in get_args(What):
                fact = Gone(cast(What, parts[1]), parts[2])
                yield _Line(datetime.fromisoformat(parts[0]), fact, is_asked, line)


@dataclass(frozen=True, slots=True)
class _Line:
    when: datetime
    fact: Gone
    is_asked: bool
    text: str

"""What a database is asked for, heard where statements leave for the driver."""

from typing import Any

import pytest
from sqlalchemy import Connection, event

from app import hot
from app.db import Database


def statements(db: Database, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows with every statement that `db` runs from now on, but for those that begin and end transactions."""
    asked: list[str] = []
    fetch = hot._fetch

    def heard(connection: Connection, text: str, given: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        asked.append(text)
        return fetch(connection, text, given)

    monkeypatch.setattr(hot, "_fetch", heard)
    for engine in (db._reader, db._writer):
        event.listen(engine.sync_engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    return asked

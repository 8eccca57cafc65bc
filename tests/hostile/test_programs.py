"""The program that makes a document does not outlive who asked for it."""

import asyncio
from pathlib import Path

import pytest

from app.core.errors import Refused
from app.web import documents
from tests.resilience.place import eventually

SLEEPER = "tests.hostile.sleeper"


def running() -> list[Path]:
    return [each for each in Path("/proc").glob("[0-9]*/cmdline") if SLEEPER in _text(each)]


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # it ended meanwhile
        return ""


@pytest.mark.parametrize(("patience", "told"), [(0.2, Refused), (60.0, asyncio.CancelledError)])
async def test_a_program_that_takes_too_long_or_is_not_waited_for_ends(
    monkeypatch: pytest.MonkeyPatch, patience: float, told: type[BaseException]
) -> None:
    monkeypatch.setattr(documents, "PROGRAM", SLEEPER)
    monkeypatch.setattr(documents, "PATIENCE", patience)
    asking = asyncio.create_task(documents.Documents().get("pdf", "x"))
    await asyncio.to_thread(eventually, lambda: bool(running()), 10, "it did not start")
    if patience > 1:
        asking.cancel()
    with pytest.raises(told):
        await asking
    assert running() == []

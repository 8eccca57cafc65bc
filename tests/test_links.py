"""The key of the links, where several processes start at once on one folder."""

import threading
from pathlib import Path

import pytest

from app import links

pytestmark = pytest.mark.one_engine


def test_who_finds_a_secret_that_is_being_made_waits_for_it(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.touch()
    later = threading.Timer(0.1, path.write_text, ["made by another process"])
    later.start()
    assert links._own_secret(path) == "made by another process"
    later.join()


def test_an_empty_secret_stops_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else every link would be signed with nothing, which anybody can do."""
    monkeypatch.setattr(links, "PATIENCE", 0.05)
    (tmp_path / "secret").touch()
    with pytest.raises(ValueError, match="is empty"):
        links._own_secret(tmp_path / "secret")


def test_a_secret_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    first = links._own_secret(tmp_path / "data" / "secret")
    assert len(first) > 40
    assert links._own_secret(tmp_path / "data" / "secret") == first
    assert (tmp_path / "data" / "secret").stat().st_mode & 0o777 == 0o600

"""A new kind is one module, one template folder, one test module, its Dutch and a script that uses it; nothing else of
the house changes. Here one is added to a copy of the house, which then has to work with it."""

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

pytestmark = pytest.mark.xdist_group("adding a kind")
HOUSE = Path(__file__).parents[2]
ADDED = Path(__file__).parent / "added"
COPIED = ("app", "templates", "static", "workshops", "tests")
MORGEN = ("-c", "from app.cli import main; main()")
PYTEST = ("-m", "pytest", "-q", "-p", "no:cacheprovider")


def contents(folder: Path) -> dict[str, str]:
    """Every file with what it holds, as a hash."""
    return {str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest() for path in files(folder)}


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and not {"__pycache__", ".hypothesis"} & {*path.parts}]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the house in which the new kind stands."""
    copy = tmp_path_factory.mktemp("house")
    for name in COPIED:
        shutil.copytree(HOUSE / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "added"))
    shutil.copy(HOUSE / "pyproject.toml", copy)
    former, new = contents(copy), contents(ADDED)
    assert former.keys() & new.keys() == set()
    shutil.copytree(ADDED, copy, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    assert contents(copy) == former | new
    return copy


def run(house: Path, *arguments: str) -> str:
    """What Python said in the copy, with its modules and no others. Fails where it fails."""
    environment = os.environ | {"MORGEN_DATA": str(house / "data")}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=house, env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_new_module_is_the_only_one_of_the_kind(house: Path) -> None:
    where = "import app.core.kind as kind; print(kind.__file__, 'thumbs' in kind.discover())"
    assert run(house, "-c", where).split() == [str(house / "app/core/kind.py"), "True"]


def test_a_script_may_use_it(house: Path) -> None:
    run(house, *MORGEN, "script", "check", "workshops/duimen.yaml")
    assert '"thumbs"' in run(house, *MORGEN, "script", "schema")


def test_its_screens_are_drawn_for_every_audience_and_its_answers_are_kept(house: Path) -> None:
    """By the contract that all kinds are held to: sixty people answer by the real verb."""
    said = run(house, *PYTEST, "tests/activities/test_every_kind.py", "tests/activities/test_thumbs.py", "-k", "thumbs")
    assert "passed" in said


def test_a_room_of_people_plays_it_to_its_end(house: Path) -> None:
    said = run(house, *PYTEST, "tests/rehearsal/test_every_script.py", "-k", "duimen")
    assert "1 passed" in said


def test_its_dutch_is_complete(house: Path) -> None:
    run(house, "-m", "app.house.texts", "--area", "kind_thumbs")

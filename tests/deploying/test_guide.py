"""The README and the page for who runs it name what there is: settings, commands and measures."""

import re
from pathlib import Path

import pytest

from app.cli import cli
from app.settings import Settings
from tests.conftest import serving
from tests.web.test_metrics import TOKEN, figures

pytestmark = pytest.mark.one_engine
ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
GUIDE = (ROOT / "app/house/OPERATIONS.md").read_text()
OF_COMPOSE = {"MORGEN_DATABASE_PASSWORD"}


def test_the_readme_has_every_setting_as_it_is_described() -> None:
    rows = [line.split(" | ") for line in README.splitlines() if line.startswith("| `MORGEN_")]
    told = {row[0].strip("| `"): row[1] for row in rows}
    fields = Settings.model_fields.items()
    assert told == {f"MORGEN_{name.upper()}": field.description for name, field in fields}


@pytest.mark.parametrize("text", [README, GUIDE], ids=["readme", "guide"])
def test_every_setting_and_command_that_is_named_exists(text: str) -> None:
    settings = {f"MORGEN_{name.upper()}" for name in Settings.model_fields} | OF_COMPOSE
    assert set(re.findall(r"MORGEN_[A-Z_]+[A-Z]", text)) <= settings
    commands = {
        each.name or each.callback.__name__.replace("_", "-") for each in cli.registered_commands if each.callback
    }
    groups = {each.typer_instance.info.name for each in cli.registered_groups if each.typer_instance}
    assert set(re.findall(r"(?:^|`)morgen ([a-z][a-z-]*)", text, re.MULTILINE)) <= commands | groups


def test_every_measure_of_the_guide_is_told(database_url: str, tmp_path: Path) -> None:
    named = set(re.findall(r"`?((?:morgen|process)_[a-z_]+)", GUIDE))
    with serving(database_url, tmp_path, metrics_token=TOKEN, bus="redis://127.0.0.1:1/0") as made:
        told = {name.split(" ")[0] for name in figures(made)}
    told |= {re.sub("_(bucket|count|sum)$", "", name) for name in told} | {"morgen_render_seconds"}
    assert len(named) > 12
    assert named <= told

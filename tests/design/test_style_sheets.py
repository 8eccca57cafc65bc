"""The style sheets keep their house rules, so that their order never matters and a phone gets few bytes."""

import re
from pathlib import Path

import pytest

from app.paths import STATIC
from app.web.assets import bundle

CSS = STATIC / "css"
LAYERED = sorted(path for path in CSS.rglob("*.css") if path.name not in ("_global.css", "plain.css"))
PHONE_BYTES = 10_240
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def read(path: Path) -> str:
    return COMMENT.sub("", path.read_text()).strip()


def test_there_are_style_sheets() -> None:
    assert len(LAYERED) > 15


@pytest.mark.parametrize("path", LAYERED, ids=lambda path: path.relative_to(CSS).as_posix())
def test_each_file_is_one_layer(path: Path) -> None:
    text = read(path)
    assert len(re.findall(r"@layer \w+ \{", text)) == 1
    assert text.startswith("@layer")
    assert text.endswith("}")
    depths = [text[:at].count("{") - text[:at].count("}") for at in range(1, len(text))]
    assert min(depths[text.index("{") :]) == 1


@pytest.mark.parametrize("path", sorted(CSS.rglob("*.css")), ids=lambda path: path.relative_to(CSS).as_posix())
def test_no_file_is_longer_than_a_screen_or_two(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 150


def test_every_layer_is_declared_in_the_first_line() -> None:
    first = (CSS / "_global.css").read_text().splitlines()[0]
    declared = first.removeprefix("@layer ").rstrip(";").split(", ")
    assert {re.search(r"@layer (\w+) \{", read(path))[1] for path in LAYERED} <= set(declared)  # type: ignore[index]


def test_a_phone_gets_its_style_sheets_in_ten_kilobytes() -> None:
    assert len(bundle("participant.css").zipped) <= PHONE_BYTES


def test_a_phone_downloads_no_typeface() -> None:
    assert b"font-face" not in bundle("participant.css").plain
    assert b"font-face" in bundle("projector.css").plain


def test_all_that_old_browsers_get_is_taken_back_where_layers_are_known() -> None:
    for rule in re.findall(r"\{([^}]*)\}", read(CSS / "plain.css")):
        said = [line.strip().split(": ", 1) for line in rule.split(";") if line.strip()]
        for (name, value), (again, back) in zip(said[::2], said[1::2], strict=True):
            assert (name, back) == (again, "revert-layer")
            assert value != "revert-layer"

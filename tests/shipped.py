"""The draaiboeken that come with the product, for the tests that read them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.core.script import ScriptActivity
from app.core.script_file import load
from app.paths import SCRIPTS

SHIPPED = sorted(SCRIPTS.glob("*.yaml"))


def texts(value: Any, place: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every text in two languages in `value`, with where it stands."""
    if isinstance(value, dict) and ("nl" in value or "en" in value):
        yield place, value
    elif isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in pairs:
            yield from texts(inner, f"{place}.{key}")


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?!])\s+|:\s+", text) if part]


def first_spec(path: Path, step: str) -> dict[str, Any]:
    return load(path).step(step).activities[0].spec


def activities(path: Path) -> Iterator[tuple[str, ScriptActivity]]:
    """Every activity with the key of its step."""
    for step in load(path).steps:
        for activity in step.activities:
            yield step.key, activity

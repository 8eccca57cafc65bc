"""The draaiboeken that come with the product, by key."""

from functools import lru_cache

from app.core.script import Script
from app.core.script_file import load
from app.paths import SCRIPTS

FIRST = "opgave-in-40-minuten"
"""What a new workshop is made from unless the trainer chooses: not the one that happens to come first in the folder."""


@lru_cache
def shipped() -> dict[str, Script]:
    """Loaded once, FIRST in front. Raises Refused that names the file and line of a mistake."""
    loaded = [load(path) for path in sorted(SCRIPTS.glob("*.yaml"), key=lambda path: (path.stem != FIRST, path.stem))]
    return {script.key: script for script in loaded}

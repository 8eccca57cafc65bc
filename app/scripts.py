"""The draaiboeken that come with the product, by key."""

from functools import lru_cache

from app.core.script import Script
from app.core.script_file import load
from app.paths import SCRIPTS


@lru_cache
def shipped() -> dict[str, Script]:
    """Loaded once. Raises Refused that names the file and line of a mistake."""
    loaded = [load(path) for path in sorted(SCRIPTS.glob("*.yaml"))]
    return {script.key: script for script in loaded}

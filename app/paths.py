"""Where templates, static files and scripts lie: inside the wheel, else in the checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_ROOT = _PACKAGE / "_data" if (_PACKAGE / "_data").is_dir() else _PACKAGE.parent

TEMPLATES = _ROOT / "templates"
STATIC = _ROOT / "static"
SCRIPTS = _ROOT / "workshops"
MIGRATIONS = _PACKAGE / "migrations"
REQUIREMENTS = _ROOT / "requirements" / "run.txt"
LOCK = _ROOT / "package-lock.json"
"""Which packages this version was made with, from Python and from npm."""

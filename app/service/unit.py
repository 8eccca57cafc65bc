"""The unit file, filled in for this installation."""

import sysconfig
from pathlib import Path
from string import Template

UNIT = Path(__file__).parent / "morgen.service"


def unit() -> str:
    return Template(UNIT.read_text()).substitute(command=_command(Path(sysconfig.get_path("scripts")) / "morgen"))


def _command(program: Path) -> str:
    """As systemd reads it: a percent sign begins one of its own words, a space ends one."""
    return f'"{program}"'.replace("%", "%%") if " " in str(program) else str(program).replace("%", "%%")

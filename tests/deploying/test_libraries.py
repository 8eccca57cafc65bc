"""Every library that the product imports is named in `pyproject.toml`, not only taken along by another one."""

import ast
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]


def imported() -> Iterator[tuple[str, Path]]:
    for path in (ROOT / "app").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []
            yield from ((each.partition(".")[0], path) for each in names)


def test_what_is_imported_is_named() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *(each for more in project["optional-dependencies"].values() for each in more)]
    named = {canonicalize_name(Requirement(each).name) for each in wanted}
    comes_with, seen = packages_distributions(), 0
    for module, path in imported():
        if module == "app" or module in sys.stdlib_module_names:
            continue
        seen += 1
        assert named & {canonicalize_name(each) for each in comes_with[module]}, f"{module} in {path}"
    assert seen > 100

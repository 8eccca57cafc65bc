"""The fields of a long form as a tree by their path, and what its buttons do to a list in it."""

from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request

from app.core.script_draft import move
from app.core.text import whole

MOST_FIELDS = 2000
DEEPEST = 12
Tree = dict[str, Any]


async def tree_of(request: Request) -> Tree:
    return grown(await request.form(max_fields=MOST_FIELDS, max_files=0))


def grown(form: FormData) -> Tree:
    """`title.nl` becomes tree["title"]["nl"]; the last of two fields with one name counts; empty ones stay."""
    tree: Tree = {}
    for name, value in form.multi_items():
        *path, last = name.split(".", DEEPEST + 1)
        if not isinstance(value, str) or len(path) > DEEPEST:
            continue
        at = tree
        for part in path:
            inner = at.setdefault(part, {})
            at = inner if isinstance(inner, dict) else {}
        at[last] = value
    return tree


def act_on(tree: Tree, act: str) -> bool:
    """`more:PATH` adds an empty item to the list at PATH; `less:`, `up:` and `down:` are for the item at PATH. False
    when the act is none of these or leads nowhere."""
    verb, _, path = act.partition(":")
    if verb == "more":
        return _more(tree, path.split("."))
    *place, last = path.split(".")
    found = _at(tree, place)
    if verb not in ("less", "up", "down") or found is None or whole(last) is None or last not in found:
        return False
    numbers = sorted((each for each in found if whole(each) is not None), key=int)
    at, values = numbers.index(last), [found[each] for each in numbers]
    if verb == "less":
        del values[at]
    else:
        move(values, at, -1 if verb == "up" else 1)
    found.clear()
    found.update({str(number): each for number, each in enumerate(values)})
    return True


def _more(tree: Tree, path: list[str]) -> bool:
    *place, last = path
    around = _at(tree, place)
    if around is None:
        return False
    found = around.setdefault(last, {})
    if not isinstance(found, dict):
        return False
    found[str(max((at for each in found if (at := whole(each)) is not None), default=-1) + 1)] = {"new": ""}
    return True


def _at(tree: Tree, path: list[str]) -> Tree | None:
    at: Any = tree
    for part in path:
        at = at.get(part) if isinstance(at, dict) else None
    return at if isinstance(at, dict) else None

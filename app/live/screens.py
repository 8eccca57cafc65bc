"""Look: draw the present, once for each audience and language that somebody watches."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import structlog
from jinja2 import StrictUndefined

from app import render
from app.core.workshop import Audience
from app.live.view import View
from app.sheet import Sheet

log = structlog.get_logger()


class Typed(dict[str, Any]):
    """What was typed in a refused form; a field that is not there is empty, also deeper."""

    def __missing__(self, name: str) -> "Typed":
        return Typed()

    def __str__(self) -> str:
        return "" if not self else super().__str__()

    @classmethod
    def of(cls, form: Mapping[str, Any]) -> "Typed":
        return cls({name: cls.of(value) if isinstance(value, dict) else value for name, value in form.items()})


Seen = tuple[Audience, str]


def look(view: View, seen: Seen, former: Sheet | None = None, *, torn: bool = False) -> Sheet:
    """The screen of one audience in one language. `torn`: something that others see cannot be drawn."""
    audience, language = seen
    if audience == Audience.PROJECTOR and view.stage.frozen_at:
        view = replace(view, still=True)
    return render.sheet(f"{audience}/screen.html", language, former, **context(view) | {"torn": torn})


def context(view: View) -> dict[str, Any]:
    """What every live template gets. `mine` is empty: the common frame holds the fresh form."""
    return {
        "view": view,
        "workshop": view.workshop,
        "activity": view.activity,
        "spec": view.spec if view.activity else None,
        "tally": _tally(view),
        "mine": {},
        "typed": Typed(),
        "refusal": None,
        "saved": "",
        "participant": None,
        "own": None,
        "fresh_key": "",
        "torn": False,
    }


def _tally(view: View) -> Any:
    """What a kind cannot count breaks the parts that show it, and nothing around them."""
    try:
        return view.tally
    except Exception:
        log.exception("a tally failed", kind=view.kind.name)
        return StrictUndefined("the tally failed")

"""Sheets of parts for the live screens.

A *part* is the whole inside of one element with a stable id. Rendering a screen gives a `Sheet` in which every part
stands by itself, with a mark where another part lies inside it. `assemble` puts the parts back into each other,
`changes` gives the frame for what differs between two sheets.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import structlog

log = structlog.get_logger()
MARK = re.compile("\x00([^\x00]+)\x00")
_PLACE = re.compile(">\x00([^\x00]+)\x00")
SAME = "data-same"
"""An element whose inside the screen has already: a morph of what lies around leaves it alone (`morphSkipChildren`)."""


@dataclass(slots=True)
class Sheet:
    """The parts of one screen by id, in the order in which they were drawn; a part knows the one it lies in."""

    parts: dict[str, str] = field(default_factory=dict)
    inside: dict[str, str] = field(default_factory=dict)
    versions: dict[str, object] = field(default_factory=dict)
    former: "Sheet | None" = None
    open: list[str] = field(default_factory=list)
    broken: str | None = None

    @property
    def is_torn(self) -> bool:
        """A part of it could not be drawn."""
        return self.broken in self.parts.values()

    def draw(self, identity: str, version: object, caller: Callable[[], str]) -> None:
        """Draw one part, or take it over from the former sheet when `version` tells that nothing changed."""
        if identity in self.parts:
            raise ValueError(f"part {identity} is drawn twice")
        if self.open:
            self.inside[identity] = self.open[-1]
        former = self.former
        if version is not None and former and former.versions.get(identity) == version:
            self.parts[identity] = former.parts[identity]
        else:
            self.parts[identity] = ""
            self.open.append(identity)
            self.parts[identity] = self._drawn(identity, caller)
            self.open.pop()
        if version is not None:
            self.versions[identity] = version

    def _drawn(self, identity: str, caller: Callable[[], str]) -> str:
        """One broken part never breaks the screen around it."""
        if self.broken is None:
            return str(caller())
        depth = len(self.open)
        try:
            return str(caller())
        except Exception:
            log.exception("a part cannot be drawn", part=identity)
            del self.open[depth:]
            for name in [name for name in self.parts if self.inside.get(name) == identity]:
                del self.parts[name]
            return self.broken

    def assemble(self, identity: str, own: Mapping[str, str] | None = None) -> str:
        """The inside of a part with all parts in it; `own` replaces parts by personal ones."""
        text = (own or {}).get(identity, self.parts[identity])
        return MARK.sub(lambda mark: self.assemble(mark[1], own), text)

    def changes(self, former: "Sheet") -> list[str]:
        """The ids of the parts that differ; a part inside a changed one goes with it."""
        return self._outermost(self._changed(former))

    def frame(self, former: "Sheet") -> str:
        """The parts that differ as htmx takes them; empty where none does. What lies in them and stands as it stood in
        `former` is not told again."""
        changed = self._changed(former)
        if not changed:
            return ""
        moved = changed.union(*map(self._around, changed))
        return "".join(partial(name, self._without(name, former, moved)) for name in self._outermost(changed))

    def _changed(self, former: "Sheet") -> set[str]:
        known = former.parts
        return {name for name, text in self.parts.items() if name not in known or known[name] != text}

    def _outermost(self, changed: set[str]) -> list[str]:
        return [name for name in self.parts if name in changed and changed.isdisjoint(self._around(name))]

    def _around(self, name: str) -> list[str]:
        """The parts in which it lies, from the inside out."""
        around = []
        while name := self.inside.get(name, ""):
            around.append(name)
        return around

    def _without(self, identity: str, former: "Sheet", moved: set[str]) -> str:
        def inside(mark: re.Match[str]) -> str:
            name = mark[1]
            if former.inside.get(name) != identity:
                return ">" + self.assemble(name)
            return ">" + self._without(name, former, moved) if name in moved else f" {SAME}>"

        return _PLACE.sub(inside, self.parts[identity])


def partial(identity: str, inside: str) -> str:
    """One part as htmx takes it from a socket or a reply."""
    return f'<hx-partial hx-target="#{identity}" hx-swap="innerMorph">{inside}</hx-partial>'

"""Templates to text: one Jinja environment a language; pages, and sheets of parts for the live screens.

A *part* is the whole inside of one element with a stable id. A template marks it with `place`; rendering a screen
gives a `Sheet` in which every part stands by itself, with a mark where another part lies inside it. `assemble` puts the
parts back into each other, `changes` gives the frame for what differs between two sheets.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from babel.dates import format_date, format_skeleton, format_time
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from app.ids import spoken_code
from app.paths import STATIC, TEMPLATES
from app.qr import qr
from app.quoting import in_first_person
from app.texts import LANGUAGES, translations

log = structlog.get_logger()
_MARK = re.compile("\x00([^\x00]+)\x00")
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
        return _MARK.sub(lambda mark: self.assemble(mark[1], own), text)

    def changes(self, former: "Sheet") -> list[str]:
        """The ids of the parts that differ; a part inside a changed one goes with it."""
        changed = {name for name, text in self.parts.items() if former.parts.get(name) != text}
        return [name for name in self.parts if name in changed and not self._goes_with(name, changed)]

    def _goes_with(self, name: str, changed: set[str]) -> bool:
        around = self.inside.get(name)
        while around is not None:
            if around in changed:
                return True
            around = self.inside.get(around)
        return False

    def frame(self, identities: list[str], former: "Sheet | None" = None) -> str:
        """These parts as htmx takes them. What lies in them and stands as it stood in `former` is not told again."""
        return "".join(
            partial(name, self._news(name, former) if former else self.assemble(name)) for name in identities
        )

    def _news(self, identity: str, former: "Sheet") -> str:
        around: set[str] = set()
        changed = {name for name, text in self.parts.items() if former.parts.get(name) != text}
        for name in changed:
            while (name := self.inside.get(name, "")) and name not in around:
                around.add(name)
        return self._without(identity, former, changed | around)

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


@pass_context
def _place(
    context: Context,
    identity: str,
    caller: Callable[[], str],
    version: object = None,
    tag: str = "div",
    keep: bool = False,
    **attributes: str,
) -> Markup:
    """`{% call place("cards-0") %}…{% endcall %}`: an element whose inside is a part. `keep`: a morph of what lies
    around leaves its inside alone (what is being typed, what is personal)."""
    sheet: Sheet = context["sheet"]
    sheet.draw(identity, version, caller)
    extra = "".join(f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"' for name, value in attributes.items())
    kept = " hx-morph-skip-children" if keep else ""
    return Markup(f'<{tag} id="{escape(identity)}"{kept}{extra}>\x00{identity}\x00</{tag}>')


def page(template: str, language: str, **context: Any) -> str:
    """A whole page; parts in it are drawn in place."""
    sheet = Sheet()
    text = environment(language).get_template(template).render(sheet=sheet, **context)
    return _MARK.sub(lambda mark: sheet.assemble(mark[1]), text)


def part(template: str, language: str, **context: Any) -> str:
    """A fragment, the same way as a page."""
    return page(template, language, **context)


def sheet(template: str, language: str, former: Sheet | None = None, **context: Any) -> Sheet:
    """The parts of a screen; its outermost part is `screen`. A part that raises shows a plain notice and is logged."""
    made = environment(language)
    drawn = Sheet(former=former, broken=made.get_template("shared/unrenderable.html").render())
    template_ = made.get_template(template)
    drawn.draw("screen", None, lambda: template_.render(sheet=drawn, **context))
    drawn.former = None
    return drawn


@lru_cache
def environment(language: str) -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # `morgen dev` starts anew; to look at every file again takes a part of every tap
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    made.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(language=language, languages=LANGUAGES, place=_place, asset=asset, qr=qr)
    made.filters.update(
        say=lambda text: text[language] if isinstance(text, dict) else text.in_(language),
        short_day=lambda value: short_day(value, language),
        day=lambda value, zone="UTC": day(value, language, zone),
        clock=lambda value, zone="UTC": clock_time(value, language, zone),
        quote=lambda text: in_first_person(text, language),
        spoken_code=spoken_code,
        iso=lambda value: value.isoformat(),
        epoch=lambda value: int(value.timestamp() * 1000),
    )
    return made


@lru_cache
def asset(path: str) -> str:
    """The address of a static file, with its age so that a new release is fetched anew."""
    return f"/static/{path}?v={int((STATIC / path).stat().st_mtime)}"


def day(value: datetime | date, language: str, zone: str = "UTC") -> str:
    """`dinsdag 24 november`, `Tuesday 24 November`."""
    local = value.astimezone(ZoneInfo(zone)).date() if isinstance(value, datetime) else value
    return format_date(local, "EEEE d MMMM", locale=language)


def short_day(value: date, language: str) -> str:
    """`di 24 nov`, `Tue 24 Nov`."""
    return str(format_skeleton("MMMEd", value, locale="nl" if language == "nl" else "en_GB")).replace(",", "")


def clock_time(value: datetime | time, language: str, zone: str = "UTC") -> str:
    """`9:30`."""
    local = value.astimezone(ZoneInfo(zone)).time() if isinstance(value, datetime) else value
    return format_time(local, "H:mm", locale=language)

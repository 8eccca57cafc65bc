"""Templates to text: one Jinja environment a language; pages, and the sheets of the live screens, whose parts a
template marks with `place` and `places`."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton, format_time
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from app.ids import spoken_code
from app.jinja import Speaking
from app.paths import STATIC, TEMPLATES
from app.qr import qr
from app.quoting import in_first_person
from app.sheet import MARK, Sheet
from app.texts import LANGUAGES, translations


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
    return _element(identity, tag, keep, tuple(attributes.items()))


@pass_context
def _places(
    context: Context, rows: Mapping[str, object], caller: Callable[[object], str], tag: str = "div", **attributes: str
) -> Markup:
    """`{% call(row) places(rows, tag="li") %}…{% endcall %}`: one place after the other, by id. Each row is the version
    of its place, so a long list of which little changed costs little."""
    sheet: Sheet = context["sheet"]
    extra = tuple(attributes.items())
    for identity, row in rows.items():
        sheet.draw(identity, row, lambda row=row: caller(row))  # type: ignore[misc]
    return Markup("").join(_element(identity, tag, False, extra) for identity in rows)


@lru_cache(maxsize=10_000)
def _element(identity: str, tag: str, keep: bool, attributes: tuple[tuple[str, str], ...]) -> Markup:
    more = "".join(f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"' for name, value in attributes)
    skip = " hx-morph-skip-children" if keep else ""
    return Markup(f'<{tag} id="{escape(identity)}"{skip}{more}>\x00{identity}\x00</{tag}>')


def page(template: str, language: str, **context: Any) -> str:
    """A whole page; parts in it are drawn in place."""
    sheet = Sheet()
    text = environment(language).get_template(template).render(sheet=sheet, **context)
    return MARK.sub(lambda mark: sheet.assemble(mark[1]), text)


def part(template: str, language: str, **context: Any) -> str:
    """A fragment, the same way as a page."""
    return page(template, language, **context)


def sheet(template: str, language: str, former: Sheet | None = None, **context: Any) -> Sheet:
    """The parts of a screen; its outermost part is `screen`. A part that raises shows a plain notice and is logged."""
    drawn = Sheet(former=former, broken=_unrenderable(language))
    template_ = environment(language).get_template(template)
    drawn.draw("screen", None, lambda: template_.render(sheet=drawn, **context))
    drawn.former = None
    return drawn


@lru_cache
def _unrenderable(language: str) -> str:
    return environment(language).get_template("shared/unrenderable.html").render()


@lru_cache
def environment(language: str) -> Environment:
    made = Speaking(
        translations(language),
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # `morgen dev` starts anew; to look at every file again takes a part of every tap
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    made.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(language=language, languages=LANGUAGES, place=_place, places=_places, asset=asset, qr=qr)
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

"""The picture of flag and bridge as a file of its own: the opgave and its parties above, the gap and its planks below.

Every colour is an attribute and every word an outline, so that it needs no style sheet, no typeface and no network.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from app import render
from app.core.lasting import Party
from app.results.lettering import Line, fitted, outline
from app.results.report import Report
from app.results.workshop_page import Plank

WIDE, HIGH = 1600, 900
MOST_BANDS, MOST_PLANKS = 8, 6
STAFF, HOIST, FLY, TOP, BOTTOM = 1486, 1480, 70, 56, 566
"""Where the flag hangs: the staff stands on the far shore."""
BAND = {2: 76, 4: 70, 6: 62, 8: 54}
WORDS = {"yes": "yes", "not_yet": "not-yet", "unknown": "open", "": ""}


@dataclass(frozen=True, slots=True)
class Band:
    """`state` as the flag on the projector has it: yes, not-yet, open or nothing; `guessed` by the room."""

    name: str
    goal: str
    state: str
    guessed: bool


def bands(parties: Sequence[Party]) -> list[Band]:
    """Those that were voted on, or the first where none was yet."""
    drawn = [party for party in parties if party.stands] or list(parties)
    shown = [party for party in drawn if party.name]
    return [Band(each.name, each.goal, WORDS[each.stands], each.estimated) for each in shown[:MOST_BANDS]]


def planks(report: Report) -> tuple[Plank, ...]:
    """The needs that weigh most, as the workshop's page has them."""
    return report.page.planks[:MOST_PLANKS]


def svg(report: Report, language: str) -> str:
    opgave = report.opgave.in_(language) if report.opgave else ""
    drawn = bands(report.parties)
    above = drawn[: (len(drawn) + 1) // 2]
    below = drawn[len(above) :]
    band_high = next((high for most, high in BAND.items() if len(drawn) <= most), 54)
    middle = (TOP + band_high * len(above), BOTTOM - band_high * len(below))
    room = middle[1] - middle[0]
    size, lines = _opgave(opgave, room)
    return render.page(
        "report/_picture.html",
        language,
        report=report,
        opgave=opgave,
        planks=planks(report),
        bands=drawn,
        above=above,
        below=below,
        band_high=band_high,
        middle=middle,
        opgave_size=size,
        opgave_lines=lines,
        gap=report.line.gap,
        letters=letters,
        line_at=drawn_line,
        fit=fit,
        wave=wave,
        box={"wide": WIDE, "high": HIGH, "staff": STAFF, "hoist": HOIST, "fly": FLY, "top": TOP, "bottom": BOTTOM},
    ).strip()


def wave(y: float, back: bool = False) -> str:
    """One edge across the cloth: it hangs still at the staff and moves at the loose end."""
    near, far = (HOIST - FLY) / 3, y
    if back:
        return f"L{FLY} {y + 10:g} C {FLY + near:g} {far + 30:g} {HOIST - near:g} {far - 22:g} {HOIST} {y:g}"
    return f"M{HOIST} {y:g} C {HOIST - near:g} {far - 22:g} {FLY + near:g} {far + 30:g} {FLY} {y + 10:g}"


def letters(text: str, x: float, y: float, size: float, fill: str, face: str = "text", anchor: str = "start") -> Markup:
    return drawn_line(outline(text, face, size), x, y, size, fill, anchor)


def fit(text: str, x: float, y: float, size: int, least: int, room: float, fill: str, face: str = "text") -> Markup:
    """One line, smaller where it must be, cut off at the smallest."""
    found, lines = fitted(text, face, range(size, least - 1, -1), room, 1)
    return Markup("").join(drawn_line(line, x, y, found, fill, "start") for line in lines)


def drawn_line(line: Line, x: float, y: float, size: float, fill: str, anchor: str = "start") -> Markup:
    left = x - line.width * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
    place = f'transform="translate({left:.1f} {y:.1f})" fill="{fill}"'
    if line.path:
        return Markup(f'<path {place} d="{line.path}"/>')
    return Markup(f'<text {place} font-family="sans-serif" font-size="{size:g}">{escape(line.text)}</text>')


def _opgave(text: str, room: float) -> tuple[float, list[Line]]:
    """As large as the white field of the flag allows."""
    for size in range(68, 25, -2):
        most = int((room - 36) // (size * 1.2))
        found, lines = fitted(text, "opgave", range(size, size - 1, -1), HOIST - FLY - 170, max(most, 1))
        if most and "".join(line.text for line in lines).replace(" ", "") == text.replace(" ", ""):
            return found, lines
    return 26, lines

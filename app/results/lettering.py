"""Text as outlines of our own two faces, so that a picture looks the same wherever it is opened."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.paths import STATIC

FACES = {
    "opgave": (("fraunces-latin", "fraunces-latin-ext"), 560),
    "text": (("atkinson-latin", "atkinson-latin-ext"), 440),
    "bold": (("atkinson-latin", "atkinson-latin-ext"), 700),
}
GUESSED_WIDTH = 0.6
"""Of the size, for a sign that our faces lack."""


@dataclass(frozen=True, slots=True)
class Line:
    """`path` is empty where a sign lacks in our faces: then `text` is drawn by the viewer's own font."""

    text: str
    path: str
    width: float


@lru_cache
def _fonts(face: str) -> tuple[tuple[dict[int, str], Any, float], ...]:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    names, weight = FACES[face]
    made = []
    for name in names:
        font = TTFont(STATIC / "vendor" / f"{name}.woff2")
        made.append((font.getBestCmap(), font.getGlyphSet(location={"wght": weight}), font["head"].unitsPerEm))
    return tuple(made)


@lru_cache(maxsize=1024)
def _glyph(face: str, sign: str) -> tuple[Any, float, Any] | None:
    """The glyph, the units of its em and the glyphs that it may be made of."""
    for signs, glyphs, em in _fonts(face):
        if ord(sign) in signs:
            return glyphs[signs[ord(sign)]], em, glyphs
    return None


def width(text: str, face: str, size: float) -> float:
    found = (_glyph(face, sign) for sign in text)
    return sum(glyph[0].width / glyph[1] * size if glyph else GUESSED_WIDTH * size for glyph in found)


def outline(text: str, face: str, size: float) -> Line:
    """One line of text from the origin on, its base line at 0."""
    from fontTools.pens.svgPathPen import SVGPathPen  # type: ignore[import-untyped]
    from fontTools.pens.transformPen import TransformPen  # type: ignore[import-untyped]

    found = [_glyph(face, sign) for sign in text]
    glyphs = [each for each in found if each]
    if len(glyphs) < len(text):
        return Line(text, "", width(text, face, size))
    path, at = "", 0.0
    for glyph, em, parts in glyphs:
        scale = size / em
        pen = SVGPathPen(parts, ntos=_short)
        glyph.draw(TransformPen(pen, (scale, 0, 0, -scale, at, 0)))
        path += pen.getCommands()
        at += glyph.width * scale
    return Line(text, path, at)


def _short(number: float) -> str:
    return f"{number:.1f}".rstrip("0").rstrip(".")


def wrapped(text: str, face: str, size: float, room: float, most: int) -> list[Line] | None:
    """The text in at most `most` lines of `room` wide; None where it does not fit."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, face, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most or any(width(line, face, size) > room for line in lines):
        return None
    return [outline(line, face, size) for line in lines]


def fitted(text: str, face: str, sizes: Iterator[float] | range, room: float, most: int) -> tuple[float, list[Line]]:
    """The largest of `sizes` in which the text fits; at the smallest it is cut off."""
    size = 0.0
    for size in sizes:
        lines = wrapped(text, face, size, room, most)
        if lines is not None:
            return size, lines
    words = text
    while words and (lines := wrapped(f"{words.rstrip()} …", face, size, room, most)) is None:
        words = words[:-1]
    return size, lines or []

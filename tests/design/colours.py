"""Colours as the style sheets write them: tokens with both themes in one line; contrast by WCAG 2.2; OKLCH to sRGB."""

import re
from dataclasses import dataclass
from math import cos, radians, sin
from pathlib import Path

TOKEN = re.compile(r"--(color-[\w-]+): var\(--light, ([^;]+?)\) var\(--dark, ([^;]+?)\);")
OKLCH = re.compile(r"oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)")
Colour = tuple[float, float, float]


@dataclass(frozen=True)
class Tokens:
    """`{name: (light, dark)}`, first as hex, then as OKLCH where the file has it."""

    hex: dict[str, tuple[str, str]]
    oklch: dict[str, tuple[str, str]]


def tokens(path: Path) -> Tokens:
    found = TOKEN.findall(path.read_text())
    pick = lambda start: {name: (light, dark) for name, light, dark in found if light.startswith(start)}  # noqa: E731
    return Tokens(pick("#"), pick("oklch"))


def from_hex(text: str) -> Colour:
    r, g, b = (int(text[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return r, g, b


def from_oklch(text: str) -> Colour:
    """sRGB from Björn Ottosson's OKLab."""
    found = OKLCH.fullmatch(text)
    assert found, text
    lightness, chroma, hue = float(found[1]) / 100, float(found[2]), radians(float(found[3]))
    a, b = chroma * cos(hue), chroma * sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _encode(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
        _encode(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
        _encode(-0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short),
    )


def _encode(linear: float) -> float:
    linear = min(max(linear, 0.0), 1.0)
    return 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055


def luminance(colour: Colour) -> float:
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """1 to 21, of two hex colours."""
    low, high = sorted((luminance(from_hex(one)), luminance(from_hex(other))))
    return (high + 0.05) / (low + 0.05)

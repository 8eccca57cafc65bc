"""The own style of an organisation: a file of custom properties, and a logo. Both come from outside and are checked."""

import base64
import io
import re

from app.core.errors import Refused
from app.core.pictures import opened
from app.texts import gettext_noop as N_

MOST_SIGNS = 20_000
MOST_BYTES = 200 * 1024
SIZE = (480, 160)
PREFIX = "data:image/png;base64,"
OURS = {"--light", "--dark"}
"""The switches of the two themes: set by hand both would be on."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ROOT = re.compile(r"\s*:root\s*\{(?P<inside>[^{}]*)\}\s*")
_LINE = re.compile(r"(?P<name>--[a-zA-Z][\w-]*)\s*:\s*(?P<value>.+)")
_VALUE = re.compile(r"[#\w\s.,%()/+*'\"-]+")
_CALL = re.compile(r"([\w-]*)\(")
FUNCTIONS = {
    *("", "var", "calc", "min", "max", "clamp"),
    *("rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color-mix", "light-dark"),
}


def checked_tokens(text: str) -> str:
    """The file as lines `--name: value;`. Comments and one `:root { … }` around it are taken off.

    Raises Refused that quotes the first line with anything else in it: what is stored here goes into a style sheet.
    """
    if len(text) > MOST_SIGNS:
        raise Refused(N_("The file of colours is too long: at most %(most)s signs."), field="tokens", most=MOST_SIGNS)
    text = _COMMENT.sub(" ", text)
    around = _ROOT.fullmatch(text)
    lines = ((around["inside"] if around else text).strip()).split(";")
    return "".join(_token(line.strip()) for line in lines if line.strip())


def _token(line: str) -> str:
    found = _LINE.fullmatch(line)
    value = " ".join(found["value"].split()) if found else ""
    if found is None or found["name"] in OURS or not _is_safe(value):
        raise Refused(
            N_("This is no line like “--color-action: #0b5470;”: “%(line)s”."),
            field="tokens",
            line=" ".join(line.split())[:80],
        )
    return f"{found['name']}: {value};\n"


def _is_safe(value: str) -> bool:
    """Nothing that loads a file, ends the line or leaves a bracket or a quotation mark open."""
    return (
        _VALUE.fullmatch(value) is not None
        and all(name.lower() in FUNCTIONS for name in _CALL.findall(value))
        and value.count("(") == value.count(")")
        and all(value.count(mark) % 2 == 0 for mark in "'\"")
        and "/*" not in value
        and "*/" not in value
    )


def sheet_of(tokens: str) -> str:
    """The style sheet, outside every layer so that it wins."""
    return f":root, [data-theme] {{\n{tokens}}}\n" if tokens else ""


def checked_logo(file: bytes) -> str:
    """A PNG or JPEG drawn anew as a small PNG, as a `data:` address. Nothing of the file itself is kept.

    Raises Refused for what is no such picture or too large.
    """
    if len(file) > MOST_BYTES:
        raise Refused(N_("The logo is too large: at most 200 kB."), field="logo")
    small = opened(file, "logo", N_("The logo has too many pixels. Make it smaller."))
    small.thumbnail(SIZE)
    drawn = io.BytesIO()
    small.save(drawn, "PNG", optimize=True)
    if drawn.tell() > MOST_BYTES:
        raise Refused(N_("The logo is too large: at most 200 kB."), field="logo")
    return PREFIX + base64.b64encode(drawn.getvalue()).decode()


def logo_bytes(logo: str) -> bytes:
    """The PNG of a stored logo."""
    return base64.b64decode(logo.removeprefix(PREFIX))

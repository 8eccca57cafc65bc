"""Whether the typefaces of this machine have the signs that people type: reports and pictures draw with them."""

import ctypes
import ctypes.util
from collections.abc import Iterator

from app.doctor.finding import Finding, advice, good

SIGNS = {"emoji": "🎉", "Arabic": "م", "Cyrillic": "ж"}
"""One sign for each kind that our own typefaces lack. The first faces of Debian have some emoji, not this one."""
PACKAGES = "fonts-noto-color-emoji fonts-dejavu-core"


def typefaces() -> Iterator[Finding]:
    missing = lacking()
    if missing:
        yield advice(
            "typefaces",
            f"No typeface here has {' or '.join(missing)}: in a PDF or PNG they become boxes.",
            f"On Debian: apt-get install {PACKAGES}",
        )
    else:
        yield good("typefaces", "Emoji, Arabic and Cyrillic can be drawn.")


def lacking() -> tuple[str, ...]:
    """The kinds that no typeface has; all of them where fontconfig is missing, which Pango asks too."""
    try:
        asked = ctypes.CDLL(ctypes.util.find_library("fontconfig") or "libfontconfig.so.1")
    except OSError:
        return tuple(SIGNS)
    return tuple(name for name, sign in SIGNS.items() if not _has(asked, sign))


class _FontSet(ctypes.Structure):
    _fields_ = (("count", ctypes.c_int), ("room", ctypes.c_int), ("fonts", ctypes.c_void_p))


def _has(asked: ctypes.CDLL, sign: str) -> bool:
    """By https://www.freedesktop.org/software/fontconfig/fontconfig-devel/ (FcFontList with a set of signs)."""
    for name in ("FcInitLoadConfigAndFonts", "FcPatternCreate", "FcCharSetCreate", "FcObjectSetCreate"):
        getattr(asked, name).restype = ctypes.c_void_p
    asked.FcFontList.restype = ctypes.POINTER(_FontSet)
    config, pattern, signs, wanted = (
        ctypes.c_void_p(getattr(asked, name)())
        for name in ("FcInitLoadConfigAndFonts", "FcPatternCreate", "FcCharSetCreate", "FcObjectSetCreate")
    )
    asked.FcCharSetAddChar(signs, ctypes.c_uint32(ord(sign)))
    asked.FcPatternAddCharSet(pattern, b"charset", signs)
    found = asked.FcFontList(config, pattern, wanted)
    count = int(found.contents.count) if found else 0
    asked.FcFontSetDestroy(found)
    asked.FcObjectSetDestroy(wanted)
    asked.FcCharSetDestroy(signs)
    asked.FcPatternDestroy(pattern)
    asked.FcConfigDestroy(config)
    return count > 0

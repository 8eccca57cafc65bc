"""The QR code of a join link as inline SVG."""

from functools import lru_cache
from io import BytesIO

import segno
from markupsafe import Markup


@lru_cache(maxsize=256)
def qr(address: str) -> Markup:
    """Black on white with a quiet zone, scaled by its box; the address stands beside it as text."""
    out = BytesIO()
    segno.make(address, error="m").save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=False,
        omitsize=True,
        svgclass="qr",
        lineclass=None,
        light="#fff",
        dark="#000",
    )
    return Markup(out.getvalue().decode())

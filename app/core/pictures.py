"""Pictures that people send: opened with care and drawn anew, so that nothing of the file itself is kept."""

import base64
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.core.errors import Refused
from app.texts import gettext_noop as N_

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS = 16_000_000
"""Read from the head of the file, before it is unpacked: a small file can unpack to gigabytes."""
MOST_SENT = 400 * 1024
"""Bytes of a picture for a slide, as it is sent."""
HEAVIEST = 300_000
"""Bytes of a picture on a slide, as it is stored (decoded)."""
SIZES = ((1600, 1200), (1200, 900), (800, 600))
QUALITY = 85


def opened(file: bytes, field: str, too_many: str) -> "Image.Image":
    """A PNG or JPEG, the right way up. Raises Refused for what is no such picture, and with `too_many` for one with
    more than `MOST_PIXELS`."""
    from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # a library that draws documents sets it for the whole process
    try:
        with Image.open(io.BytesIO(file), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Refused(too_many, field=field)
            return ImageOps.exif_transpose(picture).convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused(too_many, field=field) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise Refused(N_("This is no picture that we can read. Choose a PNG or a JPEG."), field=field) from error


def slide_picture(file: bytes, field: str = "") -> str:
    """A PNG or JPEG of at most `MOST_SENT` bytes as a `data:` address of at most `HEAVIEST`, without what a camera
    wrote in it. It becomes smaller where it has to. Raises Refused."""
    if len(file) > MOST_SENT:
        raise Refused(N_("That picture is too heavy. Use one of at most 400 kB."), field=field)
    whole = opened(file, field, N_("This picture has too many pixels. Make it smaller."))
    for sort, drawn in _drawings(whole):
        if len(drawn) <= HEAVIEST:
            return f"data:image/{sort};base64,{base64.b64encode(drawn).decode()}"
    raise Refused(N_("This picture stays too heavy. Choose a simpler one."), field=field)


def _drawings(whole: "Image.Image") -> Iterator[tuple[str, bytes]]:
    """The best first. What lets light through has to stay a PNG."""
    clear = whole.getchannel("A").getextrema() != (255, 255)
    for size in SIZES:
        small = whole.copy()
        small.thumbnail(size)
        yield "png", _bytes(small if clear else small.convert("RGB"), "PNG")
        if not clear:
            yield "jpeg", _bytes(small.convert("RGB"), "JPEG")


def _bytes(picture: "Image.Image", sort: str) -> bytes:
    drawn = io.BytesIO()
    picture.info.clear()
    picture.save(drawn, sort, optimize=True, quality=QUALITY)
    return drawn.getvalue()

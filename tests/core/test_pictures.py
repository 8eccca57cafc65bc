"""A picture for a slide: drawn anew from what was sent, without what a camera wrote in it."""

import base64
import io
import os

import pytest
from PIL import Image

from app.core.errors import Refused
from app.core.pictures import HEAVIEST, MOST_PIXELS, MOST_SENT, slide_picture


def file(image: Image.Image, sort: str, **options: object) -> bytes:
    made = io.BytesIO()
    image.save(made, sort, **options)
    return made.getvalue()


def drawn(address: str) -> tuple[str, bytes, Image.Image]:
    start, _, encoded = address.partition(";base64,")
    raw = base64.b64decode(encoded, validate=True)
    return start.removeprefix("data:image/"), raw, Image.open(io.BytesIO(raw))


def noise(width: int, height: int) -> Image.Image:
    return Image.frombytes("RGB", (width, height), os.urandom(width * height * 3))


def test_where_and_with_what_it_was_taken_is_gone_and_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Camera of Zwaantje"
    sent = file(Image.new("RGB", (60, 20), "#0b5470"), "JPEG", exif=exif, comment=b"Zwaantje")
    assert b"Zwaantje" in sent
    sort, raw, picture = drawn(slide_picture(sent))
    assert (sort, picture.size) == ("png", (20, 60))
    assert b"Zwaantje" not in raw
    assert not picture.getexif()
    assert not picture.info.keys() & {"exif", "comment"}


def test_what_lets_light_through_stays_so() -> None:
    sort, _, picture = drawn(slide_picture(file(Image.new("RGBA", (40, 40), (9, 9, 9, 100)), "PNG")))
    assert (sort, picture.mode) == ("png", "RGBA")


def test_a_photograph_becomes_a_jpeg_that_fits() -> None:
    sent = file(noise(1200, 900), "JPEG", quality=40)
    assert HEAVIEST < len(sent) <= MOST_SENT
    sort, raw, picture = drawn(slide_picture(sent))
    assert sort == picture.format.lower() == "jpeg"
    assert len(raw) <= HEAVIEST


@pytest.mark.parametrize("sort", ["CMYK", "L", "P", "1"])
def test_other_colours_are_read_too(sort: str) -> None:
    sent = file(Image.new("RGB", (30, 30), "red").convert(sort), "JPEG" if sort in ("CMYK", "L") else "PNG")
    assert drawn(slide_picture(sent))[2].size == (30, 30)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PNG = file(Image.new("RGB", (30, 30)), "PNG")


@pytest.mark.parametrize(
    "sent",
    [b"", SVG, b"%PDF-1.7", PNG[:40], file(Image.new("RGB", (9, 9)), "GIF"), file(Image.new("L", (9, 9)), "BMP")],
)
def test_what_is_no_png_or_jpeg_is_refused(sent: bytes) -> None:
    with pytest.raises(Refused, match="no picture that we can read"):
        slide_picture(sent)


def test_what_is_too_heavy_or_unpacks_too_large_is_refused() -> None:
    with pytest.raises(Refused, match="too heavy"):
        slide_picture(PNG + bytes(MOST_SENT))
    bomb = file(Image.new("1", (MOST_PIXELS // 1000 + 1, 1000)), "PNG")
    assert len(bomb) < MOST_SENT
    with pytest.raises(Refused, match="too many pixels"):
        slide_picture(bomb)

"""Colours and a logo of an organisation: what comes from outside is checked before it reaches a page."""

import base64
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.core.errors import Refused
from app.core.organisation_style import MOST_BYTES, PREFIX, SIZE, checked_logo, checked_tokens, logo_bytes, sheet_of


def picture(size: tuple[int, int], kind: str = "PNG") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "#0b5470").save(file, kind)
    return file.getvalue()


def test_a_token_file_is_kept_line_by_line_without_its_frame_and_comments() -> None:
    text = '/* house */\n:root {\n --color-action: #0b5470; --x:  calc(1rem * 2) ;\n--font: "Open Sans", serif;\n}\n'
    kept = checked_tokens(text)
    assert kept == '--color-action: #0b5470;\n--x: calc(1rem * 2);\n--font: "Open Sans", serif;\n'
    assert checked_tokens(kept) == kept
    assert checked_tokens("") == sheet_of("") == ""


@pytest.mark.parametrize(
    "line",
    [
        "color: red",
        "--a: url(https://x)",
        "--a: image-set('x' 1x)",
        "--a: URL(x)",
        "--a: expression(1)",
        "--a: red } body { display: none",
        "--a: 'open",
        "--a: calc(1px",
        "--a: \\75rl(x)",
        "--a: </style>",
        "@import 'x'",
        "--a: red !important",
        "--light: initial",
        ":root { --a: red; } body { color: red }",
        "--a",
        "--a:",
    ],
)
def test_anything_but_a_harmless_line_is_refused_and_quoted(line: str) -> None:
    with pytest.raises(Refused) as refused:
        checked_tokens(f"--ok: red;\n{line};")
    assert refused.value.field == "tokens"


@given(st.text(max_size=60), st.sampled_from(["--a: {};", ":root {{ --a: {}; }}", "{}"]))
def test_whatever_is_typed_what_is_kept_loads_nothing_and_stays_in_its_rule(text: str, frame: str) -> None:
    try:
        kept = checked_tokens(frame.format(text))
    except Refused:
        return
    assert not any(sign in kept for sign in "{}<>@\\&")
    assert "url(" not in kept.lower()
    assert all(line.startswith("--") and line.endswith(";") and line.count(";") == 1 for line in kept.splitlines())


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_logo_is_drawn_anew_and_small(kind: str) -> None:
    logo = checked_logo(picture((1200, 300), kind))
    assert logo.startswith(PREFIX)
    with Image.open(io.BytesIO(logo_bytes(logo))) as kept:
        assert (kept.format, kept.width, kept.height) == ("PNG", SIZE[0], 120)


def test_nothing_of_the_file_itself_is_kept() -> None:
    with Image.open(io.BytesIO(picture((90, 30), "JPEG"))) as drawn:
        file, about = io.BytesIO(), Image.Exif()
        about[0x010E] = "made by Chantal"
        drawn.save(file, "JPEG", exif=about)
    assert b"Chantal" in file.getvalue()
    assert b"Chantal" not in base64.b64decode(checked_logo(file.getvalue()).removeprefix(PREFIX))


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"GIF89a",
        picture((10, 10), "GIF"),
        picture((400, 400))[:60],
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        picture((5000, 5000)),
        b"\x89PNG" + b"0" * MOST_BYTES,
    ],
    ids=["empty", "broken", "gif", "cut", "svg", "many pixels", "many bytes"],
)
def test_no_picture_a_drawing_or_too_much_of_it_is_refused(file: bytes) -> None:
    with pytest.raises(Refused) as refused:
        checked_logo(file)
    assert refused.value.field == "logo"

"""Own pictures of a slide: taken by their bytes, drawn on the wall alone, told to everybody."""

import base64
from html import unescape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.activities.slide import BEGINNINGS, HEAVIEST
from app.web.security import POLICY
from tests.activities.rooms import text, view
from tests.activities.test_slide import DOT, IMAGE, flaw, spec
from tests.scripts import both


def picture(raw: bytes, sort: str = "png") -> dict[str, Any]:
    return {"image": f"data:image/{sort};base64,{base64.b64encode(raw).decode()}", "image_text": both("Iets")}


def webp(rest: bytes = b"") -> bytes:
    return b"RIFF\x1a\x00\x00\x00WEBPVP8 " + rest


def test_who_cannot_see_a_picture_is_told_what_it_shows() -> None:
    assert "image_text" in flaw(image=IMAGE)


@pytest.mark.parametrize(
    ("sort", "raw"), [("png", base64.b64decode(DOT)), ("jpeg", b"\xff\xd8\xff\xe0"), ("webp", webp())]
)
def test_png_jpeg_and_webp_are_taken(sort: str, raw: bytes) -> None:
    assert spec(**picture(raw, sort)).image.startswith(f"data:image/{sort};base64,")


@pytest.mark.parametrize(
    ("image", "why"),
    [
        ("data:image/svg+xml;base64,PHN2Zy8+", "starts with"),
        ("data:image/gif;base64,R0lGODlh", "starts with"),
        ("data:text/html;base64,PGI+", "starts with"),
        ("http://example.invalid/a.png", "starts with"),
        ("data:image/png,abc", "starts with"),
        ("data:image/png;base64,", "not of the kind"),
        ("data:image/png;base64,%%%", "damaged"),
        (IMAGE[:-3], "damaged"),
        ("data:image/png;base64,é", "damaged"),
        (f"data:image/jpeg;base64,{DOT}", "not of the kind"),
        ("data:image/png;base64,PHN2Zy8+", "not of the kind"),
        (f"data:image/webp;base64,{base64.b64encode(b'RIFF....WAVEfmt ').decode()}", "not of the kind"),
    ],
)
def test_anything_else_is_refused_by_its_bytes(image: str, why: str) -> None:
    assert why in flaw(image=image, image_text=both("x"))


@given(st.binary(max_size=60), st.sampled_from(sorted(BEGINNINGS)))
def test_no_bytes_pass_but_those_of_the_kind_that_they_say(raw: bytes, sort: str) -> None:
    fits = raw.startswith(BEGINNINGS[sort]) and (sort != "webp" or raw[8:12] == b"WEBP")
    if fits:
        assert spec(**picture(raw, sort))
    else:
        assert "not of the kind" in flaw(**picture(raw, sort))


def test_a_picture_weighs_at_most_300_kilobytes() -> None:
    begin = BEGINNINGS["png"]
    assert spec(**picture(begin.ljust(HEAVIEST, b"\0")))
    assert "too heavy" in flaw(**picture(begin.ljust(HEAVIEST + 1, b"\0")))
    assert "too heavy" in flaw(**picture(begin.ljust(HEAVIEST * 2, b"\0")))


def test_a_long_picture_may_be_folded_in_the_draaiboek() -> None:
    folded = f"{IMAGE[:40]}\n  {IMAGE[40:80]}\n  {IMAGE[80:]}\n"
    assert spec(image=folded, image_text=both("x")).image == IMAGE


def test_the_browser_may_draw_a_picture_that_is_data() -> None:
    assert "img-src 'self' data:;" in POLICY


@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_own_picture_is_on_the_wall_alone_and_everybody_gets_its_text(language: str) -> None:
    room = view("slide", image=IMAGE, image_text={"nl": 'Een "plein"', "en": 'A "square"'})
    said = 'Een "plein"' if language == "nl" else 'A "square"'
    wall = unescape(text(room, "projector", language))
    assert f'<img src="{IMAGE}" alt="{said}">' in wall
    for audience in ("participant", "facilitator"):
        html = unescape(text(room, audience, language))
        assert said in html
        assert DOT not in html
        assert "<img" not in html

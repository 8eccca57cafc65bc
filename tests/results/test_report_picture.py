"""The picture of flag and bridge as a file of its own."""

import io
import os
import xml.etree.ElementTree as ET

import pytest
from PIL import Image, ImageOps
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.lasting import Gap, Party
from app.core.workshop import Workshop
from app.db import Database
from app.doctor import typefaces
from app.results import report_pdf, report_picture
from app.results.lettering import fitted, outline, width
from app.results.report import report
from tests.conftest import Cast
from tests.results.test_red_line import need, people, put

pytest_plugins = ["tests.follow_up_cast"]
SVG = "{http://www.w3.org/2000/svg}"


async def drawn(db: Database, workshop: Workshop, language: str = "nl") -> str:
    session: AsyncSession
    async with db.read() as session:
        return report_picture.svg(await report(session, await session.get_one(Workshop, workshop.id)), language)


def words_drawn(text: str) -> Image.Image:
    """The PNG of these words where our own faces lack their signs, cut to the ink."""
    words = report_picture.letters(text, 60, 200, 60, "#000")
    assert words.startswith("<text")
    frame = '<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="900">'
    given = f'{frame}<rect width="1600" height="900" fill="#fff"/>{words}</svg>'
    made = Image.open(io.BytesIO(report_pdf.png(given)))
    return made.crop(ImageOps.invert(made.convert("L")).getbbox())


def test_what_people_type_in_arabic_and_emoji_is_drawn_whole() -> None:
    if lacks := typefaces.lacking():
        assert not os.environ.get("CI"), lacks
        pytest.skip(f"no typeface here has {lacks}")
    joined, apart = words_drawn("مرحبا"), words_drawn("\u200c".join("مرحبا"))
    assert joined.width < 0.9 * apart.width
    assert words_drawn("👩\u200d💻").width < 0.6 * words_drawn("👩💻").width
    red, green, blue = words_drawn("🎉").resize((1, 1)).getpixel((0, 0))
    assert max(red, green, blue) - min(red, green, blue) > 10


async def test_it_needs_nothing_from_outside(db: Database, tuesday: Cast) -> None:
    await put(
        db, tuesday.workshop, Party(workshop_id=tuesday.workshop.id, name="<b>&politie", goal="rust", stands="yes")
    )
    root = ET.fromstring(await drawn(db, tuesday.workshop))
    for element in root.iter():
        assert element.tag not in (f"{SVG}image", f"{SVG}style", f"{SVG}script", f"{SVG}use", f"{SVG}text")
        assert not any(
            name.endswith("href") or name in ("class", "style") for name in element.attrib if element is not root
        )
    assert "<b>&politie: rust" in (root[0].text or "")


async def test_the_text_alternative_tells_the_gap_in_the_readers_language(db: Database, tuesday: Cast) -> None:
    await put(db, tuesday.workshop, Gap(workshop_id=tuesday.workshop.id, now=3, wanted=7.5, count=9))
    assert "Een brug van 3 naar 7,5" in await drawn(db, tuesday.workshop)
    assert "A bridge from 3 to 7.5" in await drawn(db, tuesday.workshop, "en")
    assert "By December 2027" in await drawn(db, tuesday.workshop, "en")


async def test_a_plank_shows_what_was_promised(db: Database, tuesday: Cast) -> None:
    team = await need(db, tuesday.workshop, "team", dots=9)
    await need(db, tuesday.workshop, "geld", dots=3, settled=True)
    await need(db, tuesday.workshop, "tijd", dots=1)
    await people(db, tuesday.workshop, 5, serves=team.id)
    async with db.read() as session:
        it = await report(session, await session.get_one(Workshop, tuesday.workshop.id))
    assert [(each.label, each.state) for each in report_picture.planks(it)] == [
        ("team", "laid"),
        ("geld", "done"),
        ("tijd", "needed"),
    ]


async def test_the_png_is_sixteen_by_nine_and_full_of_colour(db: Database, tuesday: Cast) -> None:
    made = Image.open(io.BytesIO(report_pdf.png(await drawn(db, tuesday.workshop))))
    assert made.size == (1600, 900)
    assert len(made.resize((80, 45)).getcolors(3600) or ()) > 200


def test_words_are_outlines_as_wide_as_they_are_measured() -> None:
    line = outline("Één straat – Łódź", "text", 30)
    assert line.path.startswith("M")
    assert line.width == width("Één straat – Łódź", "text", 30)
    assert outline("😀", "text", 30).path == ""


def test_a_text_that_is_too_long_is_cut_off_where_it_is_smallest() -> None:
    size, lines = fitted("woord " * 60, "text", range(30, 19, -1), 400, 2)
    assert size == 20
    assert len(lines) <= 2
    assert lines[-1].text.endswith("…")
    assert all(line.width <= 400 for line in lines)

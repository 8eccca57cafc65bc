"""The print set: a card a step, made from what the steps ask, whatever kinds they use."""

import re
from collections.abc import Iterator

import pytest

from app.core.kind import KINDS, Entry, Kind, Spec
from app.core.moving import activities_of
from app.core.workshop import Activity
from app.db import Database
from app.scripts import shipped
from tests.conftest import Cast, Running, make_cast, session_token
from tests.scripts import activity, both, options, small_script

CARD = re.compile(r'<article class="paper-card">.*?</article>', re.DOTALL)
SHEET = re.compile(r'<section class="paper-sheet">.*?</section>', re.DOTALL)


async def paper(running: Running, db: Database, cast: Cast, asked: str = "") -> tuple[list[str], list[str]]:
    """The cards, and the tally sheets."""
    client = running.trainer_client(await session_token(db, cast.anna))
    client.cookies.set("lang", "en")  # of the trainer's own screens: paper speaks the language of the workshop
    page = client.get(f"/w/{cast.workshop.code}/paper{asked}")
    assert page.status_code == 200
    return CARD.findall(page.text), SHEET.findall(page.text)


async def test_each_step_that_asks_something_has_a_card_and_a_sheet(running: Running, db: Database) -> None:
    cards, sheets = await paper(running, db, await make_cast(db))
    assert len(cards) == len(sheets) == 2
    for part, question in ((cards[0], "Vraag open?"), (cards[0], "Vraag verborgen?"), (sheets[1], "Vraag hardop?")):
        assert question in part
    assert "Stap s0" not in "".join(cards + sheets)
    assert cards[0].count('class="paper-box"') == 5
    assert all(f'<th scope="row">{label}</th>' in sheets[0] for label in ("Veel", "Weinig", "Niets", "Ja", "Nee"))


@pytest.mark.parametrize(
    ("asked", "title"), [("", "Stap s1<"), ("?lang=en", "Stap s1 (en)<"), ("?lang=xx", "Stap s1<")]
)
async def test_paper_speaks_the_language_of_the_workshop_or_the_one_asked_for(
    running: Running, db: Database, asked: str, title: str
) -> None:
    cards, sheets = await paper(running, db, await make_cast(db), asked)
    assert title in cards[0]
    assert ("Tally marks" if "(en)" in title else "Turven") in sheets[0]


async def test_what_is_skipped_is_not_printed(running: Running, db: Database, cast: Cast) -> None:
    async def skip(session) -> None:
        for each in await activities_of(session, cast.workshop.id):
            each.skipped = each.key == "open"
            session.add(each)

    await db.write(skip)
    cards, _ = await paper(running, db, cast)
    assert "Vraag open?" not in cards[0]
    assert "Vraag verborgen?" in cards[0]


async def test_a_changed_question_is_printed_as_it_was_changed(running: Running, db: Database, cast: Cast) -> None:
    async def change(session) -> None:
        first = next(each for each in await activities_of(session, cast.workshop.id) if each.key == "open")
        row = await session.get_one(Activity, first.id)
        row.spec = row.spec | {"question": both("Anders & beter?")}
        session.add(row)

    await db.write(change)
    cards, sheets = await paper(running, db, cast)
    assert "Anders &amp; beter?" in cards[0]
    assert "Anders &amp; beter?" in sheets[0]


async def test_a_step_that_is_answered_at_any_time_stands_twice_on_a_page_of_its_own(
    running: Running, db: Database
) -> None:
    cards, sheets = await paper(running, db, await make_cast(db, script=shipped()["opgave-in-40-minuten"]))
    loose = [card for card in cards if "Wat ga je precies doen?" in card]
    assert len(loose) == 2
    assert loose == cards[-2:]
    assert sum("Gemaakte afspraken" in sheet for sheet in sheets) == 1
    for asked in ("hoe laat?", "Met wie?", "Hoe lang?", "17:00 uur", "ervoor liggen", "Als …", "Dan …", "Hoe zeker"):
        assert asked in loose[0]


@pytest.fixture
def unknown() -> Iterator[str]:
    """A kind that brings nothing for paper."""
    type("Unknown", (Kind,), {"name": "unknown", "Spec": Spec, "Entry": Entry})
    yield "unknown"
    del KINDS["unknown"]


async def test_a_kind_without_a_card_gets_three_lines_and_an_empty_sheet(
    running: Running, db: Database, unknown: str
) -> None:
    script = small_script(activity("nieuw", unknown), activity("open", "poll", options=options("ja", "nee")))
    cards, sheets = await paper(running, db, await make_cast(db, script=script))
    own = cards[0].partition("Vraag open?")[0]
    assert "Vraag nieuw?" in own
    assert own.count('class="paper-rule"') == 3
    assert sheets[0].partition("Vraag open?")[0].count("<tr><td>") == 6


async def test_numbers_are_circles_and_texts_are_lines(running: Running, db: Database) -> None:
    points = [{"key": key, "label": both(key)} for key in ("now", "wanted")]
    ends = {"low": both("niets"), "high": both("alles")}
    script = small_script(
        activity("schaal", "scale", points=points, **ends),
        activity("kaart", "cards", owners=[{"key": "ik", "label": both("Ikzelf")}], by_date=True),
    )
    cards, sheets = await paper(running, db, await make_cast(db, script=script))
    assert [cards[0].count(f"<li>{number}</li>") for number in range(11)] == [2] * 11
    assert "Voor wanneer?" in cards[0]
    assert "Ikzelf" in cards[0]
    assert "0 = niets" in cards[0]
    assert sheets[0].count('<th scope="row">10</th>') == 1

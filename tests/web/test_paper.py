"""The print set: a card a step, made from what the steps ask, whatever kinds they use."""

import re
from collections.abc import Iterator

import pytest

from app.core.entry import Entry, Spec
from app.core.kind import KINDS, Kind
from app.core.moving import activities_of
from app.core.workshop import Activity, Workshop
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


def two(*keys: str) -> list[dict[str, object]]:
    return [{"key": key, "label": both(key.title())} for key in keys]


async def printed(running: Running, db: Database, *middle: dict[str, object]) -> tuple[str, str]:
    """The first card and the first sheet of a draaiboek with `middle` in its step."""
    cards, sheets = await paper(running, db, await make_cast(db, script=small_script(*middle)))
    return cards[0], sheets[0]


async def test_a_need_on_paper_has_two_ladders_and_its_sheet_a_column_for_each_number(
    running: Running, db: Database
) -> None:
    asked = {"needed": both("Hoe nodig?"), "available": both("Hoe beschikbaar?"), "most": 2}
    items = [{"id": "n1", "text": "Twee <kamers>"}, {"id": "n2", "text": "Een bus"}, {"id": "n3", "text": "Tijd"}]
    card, sheet = await printed(
        running, db, activity("leeg", "matrix", **asked), activity("vol", "matrix", items=items, **asked)
    )
    assert card.count('class="paper-circles"') == 2 * 2 + 2 * 3
    assert "Twee &lt;kamers&gt;" in card
    assert sheet.count("<table") == 4
    assert sheet.count('<th scope="col">10</th>') == 4


async def test_each_party_has_a_vote_and_a_line_for_the_word_that_is_in_the_way(running: Running, db: Database) -> None:
    parties = [{"id": "p1", "name": "Sportclub", "goal": "leden"}, {"id": "p2", "name": "Huisarts"}]
    card, sheet = await printed(running, db, activity("vlag", "flag", word=both("Welk woord?"), parties=parties))
    assert card.count('class="paper-box"') == 3 * 2
    assert card.count("Welk woord?") == 2
    assert [f'<th scope="row" dir="auto">{name}</th>' in sheet for name in ("Sportclub", "Huisarts")] == [True, True]
    assert "Nog niet" in sheet


async def test_a_vote_on_parties_that_are_still_to_be_named_has_lines_for_them(running: Running, db: Database) -> None:
    card, sheet = await printed(running, db, activity("vlag", "flag", word=both("Welk woord?"), most=4))
    assert card.count('class="paper-box"') == 3 * 4
    assert sheet.count("<tr><td>") == 4


async def test_what_steers_is_compared_on_paper_with_one_pick(running: Running, db: Database) -> None:
    asked = {"low": both("niets"), "high": both("alles"), "first": both("Nu"), "second": both("Straks")}
    card, sheet = await printed(
        running, db, activity("stuurt", "compare", items=two("agenda", "budget"), pick=both("Welke?"), **asked)
    )
    assert card.count('class="paper-circles"') == 2 * 2
    assert card.count("<li>5</li>") == 4
    assert card.count('class="paper-box"') == 3
    assert sheet.count("<table") == 3


async def test_parties_and_sentences_have_their_own_lines(running: Running, db: Database) -> None:
    parts = [{"key": key, "label": both(key), "placeholder": both("…")} for key in ("what", "now")]
    sentence = activity("zin", "statement", parts=parts, frame=both("{what}, {now}"), dots=2)
    card, sheet = await printed(running, db, activity("wie", "parties", max_cards=2), sentence)
    assert card.count("Haar eigen doel") == 2
    assert "Welke 2 zinnen zijn het sterkst?" in card
    assert "Haar eigen doel" in sheet


async def test_what_the_trainer_fills_in_with_the_room_has_a_sheet_and_no_card(running: Running, db: Database) -> None:
    script = small_script(
        activity("bord", "board", of="conditions", most=5), activity("nodig", "board", of="needs", most=3),
        activity("oogst", "harvest"), activity("terug", "lookback"),
    )  # fmt: skip
    cards, sheets = await paper(running, db, await make_cast(db, script=script))
    assert (len(cards), len(sheets)) == (1, 2)
    for column in ("Voorwaarde", "Wie kan dat regelen?", "Voor wanneer?", "Wat stopt ervoor?", "Wat je telt"):
        assert column in sheets[0]
    assert sheets[0].count("<tr><td>") == 5 + 3 + 5


async def test_the_sheet_of_a_group_that_comes_back_says_what_it_left(running: Running, db: Database) -> None:
    cast = await make_cast(db, script=small_script(activity("terug", "lookback")))

    async def came_back(session) -> None:
        row = await session.get(Workshop, cast.workshop.id)
        row.before = {"k": 5, "now": 3.0, "wanted": 7.5, "obstacles": [["DRUK", None]]} | {
            "conditions": [{"text": "een kamer", "owner": "Directie", "status": "promised"}],
            "commitments": {"due": 4, "done": 1, "partly": 1, "not_done": 1, "silent": 1},
        }
        session.add(row)

    await db.write(came_back)
    _, sheets = await paper(running, db, cast)
    assert "een kamer (Directie)" in sheets[0]
    assert "Waar we stonden: 3. Waar we willen staan: 7,5." in sheets[0]
    assert "van de 4" not in sheets[0]
    assert sheets[0].count('scope="row"') == 2

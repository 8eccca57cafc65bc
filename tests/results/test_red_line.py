"""From society to what people do. The act is on Wednesday 25 November 2026."""

from typing import Any

import pytest

from app import render
from app.core.advancing import advance
from app.core.checking_in import check_in
from app.core.forgetting import empty_texts
from app.core.lasting import Commitment, Condition, Gap, Need, Opgave
from app.core.opgaven import present_opgave
from app.core.replanning import replan
from app.core.workshop import Activity, Workshop
from app.db import Database
from app.results.red_line import RedLine, red_line
from tests.conftest import Cast
from tests.follow_up import TUESDAY, Hands, commit

pytest_plugins = ["tests.follow_up_cast"]


async def draw(db: Database, workshop: Workshop) -> RedLine:
    async with db.read() as session:
        return await red_line(session, await session.get_one(Workshop, workshop.id))


async def put(db: Database, workshop: Workshop, *rows: Any) -> None:
    async def add(session: Any) -> None:
        await advance(session, workshop.id)
        session.add_all(rows)

    await db.write(add)


async def need(db: Database, workshop: Workshop, key: str, serves: bool = True, **values: Any) -> Need:
    async with db.read() as session:
        opgave = await present_opgave(session, workshop.id)
    assert opgave
    given = {"type": "TEAM", "text": key, "serves_opgave_id": opgave.id if serves else None} | values
    made = Need(id=f"need-{key}", workshop_id=workshop.id, key=key, **given)
    await put(db, workshop, made)
    return made


async def ask_which_need(db: Database, workshop: Workshop) -> None:
    """As a draaiboek does whose form asks which need an act serves."""

    async def add(session: Any) -> None:
        rev = await advance(session, workshop.id)
        session.add(
            Activity(
                workshop_id=workshop.id,
                position=99,
                step="s10",
                key="afspraak",
                kind="commitment",
                spec={"fields": ["serves", "act"]},
                rev=rev,
            )
        )

    await db.write(add)


async def people(db: Database, workshop: Workshop, count: int, **changed: Any) -> list[Commitment]:
    start = changed.pop("start", 0)
    return [
        (await commit(db, workshop, f"phone {number}", act=f"ik bel nummer {number}", **changed))[1]
        for number in range(start, start + count)
    ]


async def test_it_begins_with_what_society_gets(db: Database, tuesday: Cast) -> None:
    line = await draw(db, tuesday.workshop)
    assert line.society
    assert line.society.nl.startswith("In december 2027")
    assert line.society.en.startswith("By December 2027")
    assert line.is_empty


async def test_the_newest_wording_of_the_opgave_stands_and_a_withdrawn_one_does_not(
    db: Database, tuesday: Cast
) -> None:
    await put(db, tuesday.workshop, Opgave(workshop_id=tuesday.workshop.id, version=2, text="Nieuw"))
    line = await draw(db, tuesday.workshop)
    assert line.society
    assert (line.society.nl, line.society.en) == ("Nieuw", "Nieuw")
    await put(db, tuesday.workshop, Opgave(workshop_id=tuesday.workshop.id, version=3, text="Weg", withdrawn=True))
    assert (await draw(db, tuesday.workshop)).society == line.society


async def test_needs_stand_in_order_of_dots_with_what_serves_them(db: Database, tuesday: Cast) -> None:
    workshop = tuesday.workshop
    few = await need(db, workshop, "geld", dots=2, settled=True)
    many = await need(db, workshop, "team", dots=9, size="2 dagen per week")
    await put(db, workshop, Gap(workshop_id=workshop.id, now=3, wanted=7.5, count=12))
    await put(
        db,
        workshop,
        Condition(workshop_id=workshop.id, text="mandaat", serves_need_id=many.id),
        Condition(workshop_id=workshop.id, text="rust"),
        Condition(workshop_id=workshop.id, text="ingetrokken", withdrawn=True),
    )
    await people(db, workshop, 5, serves=few.id)
    line = await draw(db, workshop)
    assert line.gap
    assert (line.gap.now, line.gap.wanted, line.gap.count) == (3, 7.5, 12)
    assert [(each.text, each.dots, each.size, each.settled) for each in line.needs] == [
        ("team", 9, "2 dagen per week", False),
        ("geld", 2, "", True),
    ]
    assert [each.conditions for each in line.needs] == [("mandaat",), ()]
    assert [each.acts.count for each in line.needs] == [0, 5]
    assert line.conditions == ("rust",)
    assert not line.is_empty


async def test_what_nobody_weighed_or_took_up_is_only_mentioned(db: Database, tuesday: Cast) -> None:
    await need(db, tuesday.workshop, "a")
    await need(db, tuesday.workshop, "b")
    line = await draw(db, tuesday.workshop)
    assert ([each.text for each in line.needs], line.mentioned) == (["a", "b"], ())
    await need(db, tuesday.workshop, "c", dots=1)
    line = await draw(db, tuesday.workshop)
    assert ([each.text for each in line.needs], line.mentioned) == (["c"], ("a", "b"))


async def test_what_serves_nothing_stands_apart(db: Database, tuesday: Cast) -> None:
    workshop = tuesday.workshop
    await ask_which_need(db, workshop)
    await need(db, workshop, "los", serves=False)
    gone = await need(db, workshop, "weg", withdrawn=True)
    on_it = await need(db, workshop, "erop")
    await people(db, workshop, 1, serves=on_it.id)
    await people(db, workshop, 2, start=1, serves=gone.id)
    await people(db, workshop, 3, start=3)
    line = await draw(db, workshop)
    assert [each.text for each in line.loose_needs] == ["los"]
    assert [(each.text, each.acts.count) for each in line.needs] == [("erop", 1)]
    assert (line.acts.count, line.loose_acts.count) == (0, 5)


async def test_acts_serve_the_opgave_where_the_draaiboek_did_not_ask_for_a_need(db: Database, tuesday: Cast) -> None:
    await people(db, tuesday.workshop, 5)
    line = await draw(db, tuesday.workshop)
    assert (line.acts.count, line.loose_acts.count) == (5, 0)


async def test_own_words_come_without_names_and_only_together(db: Database, tuesday: Cast) -> None:
    for number in reversed(range(4)):
        await commit(db, tuesday.workshop, f"phone {number}", act=f"ik bel nummer {number}", name="Ibrahim")
    assert (await draw(db, tuesday.workshop)).acts.texts == ()
    await commit(db, tuesday.workshop, "phone 4", act="ik bel nummer 4", name="Ibrahim")
    line = await draw(db, tuesday.workshop)
    assert line.acts.texts == tuple(f"Ik bel nummer {number}" for number in range(5))
    assert "Ibrahim" not in repr(line)
    assert "Karin" not in repr(line)


async def test_an_english_sentence_is_quoted_in_english(db: Database, tuesday: Cast) -> None:
    await people(db, tuesday.workshop, 4)
    await commit(db, tuesday.workshop, "phone 9", act="call the housing office about two rooms")
    assert "I call the housing office about two rooms" in (await draw(db, tuesday.workshop)).acts.texts


async def test_intentions_and_commitments_are_counted_apart(db: Database, tuesday: Cast) -> None:
    made = await people(db, tuesday.workshop, 3)
    await people(db, tuesday.workshop, 2, start=3, verdict="bijna")
    await people(db, tuesday.workshop, 1, start=5, verdict="vrijblijvend", overruled=True)
    line = await draw(db, tuesday.workshop)
    assert (line.commitments, line.intentions) == (3, 3)

    async def withdraw(session: Any) -> None:
        (await session.get_one(Commitment, made[0].id)).withdrawn = True

    await db.write(withdraw)
    assert (await draw(db, tuesday.workshop)).commitments == 2


async def test_planning_again_is_no_second_commitment(db: Database, tuesday: Cast, hands: Hands) -> None:
    made = await people(db, tuesday.workshop, 5)
    now = hands.put("2026-11-25 18:00")
    await db.write(check_in, made[0].id, "niet")
    await db.write(replan, made[0].id, now.date().replace(day=26), now.time().replace(hour=9, minute=0))
    line = await draw(db, tuesday.workshop)
    assert (line.acts.count, line.commitments) == (5, 5)


async def test_what_was_done_is_counted_for_groups_that_point_at_nobody(
    db: Database, tuesday: Cast, hands: Hands
) -> None:
    workshop = tuesday.workshop
    large, small = await need(db, workshop, "groot", dots=2), await need(db, workshop, "klein", dots=1)
    made = await people(db, workshop, 6, serves=large.id)
    made += await people(db, workshop, 5, start=6)
    made += await people(db, workshop, 5, start=11, serves=small.id)
    assert [each.acts.outcome for each in (await draw(db, workshop)).needs] == [None, None]  # before the day
    hands.put("2026-11-25 18:00")
    for each in made[:4]:
        await db.write(check_in, each.id, "gelukt")
    assert [each.acts.outcome for each in (await draw(db, workshop)).needs] == [None, None]  # four answers in all
    for each in (made[4], *made[6:11]):
        await db.write(check_in, each.id, "niet")
    assert [each.acts.outcome for each in (await draw(db, workshop)).needs] == [None, None]  # none of a group did it
    for each in made[11:]:
        await db.write(check_in, each.id, "gelukt" if each is made[11] else "niet")
    line = await draw(db, workshop)
    assert [(each.done, each.n) for each in (one.acts.outcome for one in line.needs) if each] == [(4, 6)]
    assert line.acts.outcome is None  # all the same; with the smallest of the others beside it the total tells nothing


async def test_a_small_group_is_not_counted_nor_given_away_by_the_rest(
    db: Database, tuesday: Cast, hands: Hands
) -> None:
    workshop = tuesday.workshop
    large, small = await need(db, workshop, "groot"), await need(db, workshop, "klein")
    await people(db, workshop, 5, serves=large.id)
    await people(db, workshop, 2, start=5, serves=small.id)
    hands.put("2026-11-25 18:00")
    line = await draw(db, workshop)
    assert [each.acts.count for each in line.needs] == [5, 2]
    assert [each.acts.outcome for each in line.needs] == [None, None]


async def test_after_the_texts_were_emptied_counts_stay(db: Database, tuesday: Cast) -> None:
    workshop = tuesday.workshop
    served = await need(db, workshop, "team", dots=3)
    await people(db, workshop, 5, serves=served.id)
    await put(db, workshop, Condition(workshop_id=workshop.id, text="mandaat"))

    async def emptied(session: Any) -> None:
        await empty_texts(session, await session.get_one(Workshop, workshop.id), TUESDAY)

    await db.write(emptied)
    line = await draw(db, workshop)
    assert [(each.acts.count, each.acts.texts) for each in line.needs] == [(5, ())]
    assert line.conditions == ()


async def test_another_workshop_is_not_on_the_line(db: Database, tuesday: Cast) -> None:
    await need(db, tuesday.elsewhere, "van Dirk", dots=3)
    await people(db, tuesday.elsewhere, 5)
    line = await draw(db, tuesday.workshop)
    assert line.is_empty
    assert "van Dirk" not in repr(line)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "nl",
            ("Voor de samenleving", "nu 3, straks 7,5", "9 stippen", "5 afspraken", "Los van de opgave", "geregeld"),
        ),
        ("en", ("For society", "now 3, wanted 7.5", "9 dots", "5 commitments", "Apart from the opgave", "arranged")),
    ],
)
async def test_it_is_drawn_in_both_languages(
    db: Database, tuesday: Cast, language: str, words: tuple[str, ...]
) -> None:
    workshop = tuesday.workshop
    served = await need(db, workshop, "team & <geld>", dots=9, settled=True)
    await need(db, workshop, "los", serves=False)
    await put(db, workshop, Gap(workshop_id=workshop.id, now=3, wanted=7.5, count=12))
    await people(db, workshop, 5, serves=served.id)
    text = render.part("results/_red_line.html", language, line=await draw(db, workshop))
    assert [word for word in words if word not in text] == []
    assert "team &amp; &lt;geld&gt;" in text


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_before_the_workshop_it_says_what_will_come(db: Database, tuesday: Cast, language: str) -> None:
    text = render.part("results/_red_line.html", language, line=await draw(db, tuesday.workshop))
    assert ("De lijn groeit" if language == "nl" else "The line grows") in text
    assert "<ol" not in text

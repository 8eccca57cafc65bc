"""From conditions to points: counted by people, worded by the trainer, sent once."""

from datetime import date
from typing import Any

import pytest

from app.core.conditions_letter import Point
from app.core.conditions_writing import move_point, send_letter, word_letter, word_point
from app.core.contribution import Curation
from app.core.curating import curate
from app.core.deleting import delete_participant
from app.core.errors import Closed, Refused
from app.core.forgetting import empty_texts
from app.core.lasting import Condition, Need
from app.core.participant import Participant
from app.core.point_answers import answered_points
from app.core.points import found_names, points_of
from app.db import Database
from tests.conftest import Cast
from tests.follow_up import Hands, rows
from tests.letters_to_contacts import named, nine_conditions, person_of, points

pytest_plugins = ["tests.follow_up_cast"]


async def put(db: Database, row: Any) -> None:
    async def verb(session: Any) -> None:
        session.add(row)

    await db.write(verb)


async def now(db: Database, cast: Cast) -> list[Point]:
    async with db.read() as session:
        return list(await points_of(session, cast.workshop.id))


async def test_equal_conditions_are_one_point_and_count_people_not_cards(db: Database, tuesday: Cast) -> None:
    await named(db, tuesday.workshop, "bas", "Mandaat om te huren.")
    await named(db, tuesday.workshop, "bas", "MANDAAT om te huren!")
    await named(db, tuesday.workshop, "chantal", "mandaat  om te huren")
    [point] = await points(db, tuesday.workshop)
    assert (point.named_by, len(point.condition_ids)) == (2, 3)


async def test_merged_cards_count_with_the_one_that_stays(db: Database, tuesday: Cast) -> None:
    stays = await named(db, tuesday.workshop, "bas", "Geld")
    goes = await named(db, tuesday.workshop, "chantal", "Budget voor kamers")
    await db.write(
        curate, tuesday.workshop.id, tuesday.anna.id, goes.contribution_id, "merge", into=stays.contribution_id
    )
    [point] = await points(db, tuesday.workshop)
    assert (point.text, point.named_by) == ("Geld", 2)


@pytest.mark.parametrize("act", ["hide", "park"])
async def test_what_was_taken_off_is_no_point(db: Database, tuesday: Cast, act: str) -> None:
    card = await named(db, tuesday.workshop, "bas", "Weg ermee")
    await put(
        db,
        Curation(
            workshop_id=tuesday.workshop.id, contribution_id=card.contribution_id, act=act, trainer_id=tuesday.anna.id
        ),
    )
    assert await points(db, tuesday.workshop) == []


async def test_five_points_stand_in_the_letter_and_the_rest_in_the_annex(db: Database, tuesday: Cast) -> None:
    await nine_conditions(db, tuesday.workshop)
    made = await points(db, tuesday.workshop)
    assert [point.named_by for point in made if not point.in_annex] == [3, 2, 1, 1, 1]
    assert [point.named_by for point in made if point.in_annex] == [1, 1]
    assert (made[0].owner, made[0].by_date) == ("directie", "1 dec")
    with pytest.raises(Refused, match="at most"):
        await db.write(move_point, tuesday.workshop.id, made[-1].id, "letter")


async def test_a_need_with_dots_that_nobody_settled_is_offered(db: Database, tuesday: Cast) -> None:
    for text, dots, settled in (("Een auto", 4, False), ("Een bel", 4, True), ("Een boot", 0, False)):
        await put(
            db,
            Need(workshop_id=tuesday.workshop.id, type="MIDDELEN", text=text, dots=dots, settled=settled, size="één"),
        )
    [offered] = await points(db, tuesday.workshop)
    assert (offered.text, offered.size, offered.withdrawn, offered.named_by) == ("Een auto", "één", True, 0)
    await db.write(move_point, tuesday.workshop.id, offered.id, "in")
    assert [(point.withdrawn, point.in_annex) for point in await now(db, tuesday)] == [(False, False)]


async def test_a_promise_in_the_room_comes_in_as_promised_and_without_a_name(db: Database, tuesday: Cast) -> None:
    leader = await person_of(db, tuesday.workshop, "karin")
    await put(db, await _named_karin(db, leader))
    await named(db, tuesday.workshop, "bas", "Twee uur per week", status="promised", owner="Karin", by_date="1 dec")
    await named(db, tuesday.workshop, "chantal", "Iets open")
    made = {point.text: point for point in await points(db, tuesday.workshop)}
    promised = made["Twee uur per week"]
    assert (promised.owner, promised.in_annex) == ("", True)
    await db.write(send_letter, tuesday.workshop.id, True)
    async with db.read() as session:
        told = {each.point.text: each for each in await answered_points(session, tuesday.workshop.id)}
    answer = told["Twee uur per week"].answer
    assert answer is not None
    assert (answer.source, answer.contact_id, answer.on_behalf_of) == ("room", None, "")
    assert told["Iets open"].answer is None


async def _named_karin(db: Database, person: Participant) -> Participant:
    async with db.read() as session:
        known = await session.get_one(Participant, person.id)
    known.name = "Karin"
    return known


async def test_the_words_of_the_trainer_leave_those_of_the_card_alone(db: Database, tuesday: Cast) -> None:
    await named(db, tuesday.workshop, "bas", "die baas moet eens luisteren")
    [point] = await points(db, tuesday.workshop)
    words = {"text": "Overleg met de directie", "size": "een uur", "owner": "directie", "by_date": "1 dec"}
    await db.write(word_point, tuesday.workshop.id, point.id, words)
    assert (await now(db, tuesday))[0].text == "Overleg met de directie"
    assert [each.text for each in await rows(db, Condition)] == ["die baas moet eens luisteren"]
    with pytest.raises(Refused, match="Write what is needed"):
        await db.write(word_point, tuesday.workshop.id, point.id, {"text": ""})


async def test_points_change_places_within_the_letter(db: Database, tuesday: Cast) -> None:
    await nine_conditions(db, tuesday.workshop)
    first, second, *_ = await points(db, tuesday.workshop)
    await db.write(move_point, tuesday.workshop.id, second.id, "up")
    assert [point.id for point in await now(db, tuesday)][:2] == [second.id, first.id]
    await db.write(move_point, tuesday.workshop.id, second.id, "up")
    assert [point.id for point in await now(db, tuesday)][:2] == [second.id, first.id]


async def test_a_letter_goes_once_after_reading_and_without_names(db: Database, tuesday: Cast, hands: Hands) -> None:
    with pytest.raises(Refused, match="no point"):
        await db.write(send_letter, tuesday.workshop.id, True)
    person = await person_of(db, tuesday.workshop, "noor")
    await put(db, await _named_karin(db, person))
    await named(db, tuesday.workshop, "noor", "Karin wil tijd")
    [point] = await points(db, tuesday.workshop)
    with pytest.raises(Refused, match="First read"):
        await db.write(send_letter, tuesday.workshop.id, False)
    with pytest.raises(Refused, match="name") as refused:
        await db.write(send_letter, tuesday.workshop.id, True)
    assert refused.value.values == {"name": "Karin"}
    await db.write(word_point, tuesday.workshop.id, point.id, {"text": "Er is tijd nodig"})
    await db.write(send_letter, tuesday.workshop.id, True)
    for verb in (
        db.write(send_letter, tuesday.workshop.id, True),
        db.write(word_point, tuesday.workshop.id, point.id, {"text": "anders"}),
        db.write(move_point, tuesday.workshop.id, point.id, "out"),
        db.write(word_letter, tuesday.workshop.id, "", date(2026, 12, 1)),
    ):
        with pytest.raises(Closed):
            await verb


@pytest.mark.parametrize(
    ("text", "found"),
    [("Vraag het Noor.", ["Noor"]), ("Noord-Holland", []), ("noor", []), ("(Noor)", ["Noor"]), ("", [])],
)
def test_a_name_is_found_as_a_word(text: str, found: list[str]) -> None:
    assert found_names(text, ["Noor"]) == found


async def test_the_day_of_the_answers_has_still_to_come(db: Database, tuesday: Cast, hands: Hands) -> None:
    for day in (None, date(2026, 11, 24)):
        with pytest.raises(Refused, match="still to come"):
            await db.write(word_letter, tuesday.workshop.id, "", day)
    await db.write(word_letter, tuesday.workshop.id, "Hartelijk dank", date(2026, 12, 1))


async def test_a_card_that_comes_later_joins_its_point_and_one_that_goes_takes_it_along(
    db: Database, tuesday: Cast
) -> None:
    await named(db, tuesday.workshop, "bas", "Tijd")
    await points(db, tuesday.workshop)
    await named(db, tuesday.workshop, "chantal", "tijd")
    [point] = await points(db, tuesday.workshop)
    assert point.named_by == 2
    for condition in await rows(db, Condition):
        condition.withdrawn = True
        await put(db, condition)
    assert [each.withdrawn for each in await points(db, tuesday.workshop)] == [True]


async def test_who_deletes_themselves_takes_their_words_out_of_the_points(db: Database, tuesday: Cast) -> None:
    await named(db, tuesday.workshop, "bas", "Tijd om te bellen")
    await named(db, tuesday.workshop, "chantal", "Tijd om te bellen!")
    await named(db, tuesday.workshop, "bas", "Alleen van mij")
    await points(db, tuesday.workshop)
    bas = await person_of(db, tuesday.workshop, "bas")
    await db.write(delete_participant, bas.id)
    left = {point.text: point for point in await now(db, tuesday)}
    assert left["Tijd om te bellen!"].named_by == 1
    assert (left[""].withdrawn, left[""].named_by) == (True, 0)


async def test_after_the_letter_went_a_deleted_point_stays_without_words(db: Database, tuesday: Cast) -> None:
    await named(db, tuesday.workshop, "bas", "Alleen van mij")
    await points(db, tuesday.workshop)
    await db.write(send_letter, tuesday.workshop.id, True)
    bas = await person_of(db, tuesday.workshop, "bas")
    await db.write(delete_participant, bas.id)
    [point] = await now(db, tuesday)
    assert (point.text, point.withdrawn) == ("", False)


async def test_forgetting_takes_the_words_of_the_points(db: Database, tuesday: Cast, hands: Hands) -> None:
    await named(db, tuesday.workshop, "bas", "Woorden van iemand")
    await points(db, tuesday.workshop)
    await db.write(empty_texts, tuesday.workshop, hands.now)
    assert [point.text for point in await now(db, tuesday)] == [""]

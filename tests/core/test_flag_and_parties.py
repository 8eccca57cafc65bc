"""Parties that people name go to the vote under the flag, and what the vote says of them lives on."""

from typing import Any

import pytest
from sqlmodel import col, select

from app import clock
from app.core.contribute import contribute, withdraw
from app.core.curating import curate
from app.core.errors import Refused
from app.core.forgetting import empty_texts
from app.core.joining import join
from app.core.lasting import Party
from app.core.moving import activities_of, move_on, set_phase
from app.core.participant import Participant
from app.core.workshop import Activity, Workshop
from app.db import Database
from tests.conftest import Cast, make_cast
from tests.scripts import activity, both, small_script

NAMES = ("Corporatie", "Opvang", "Onzin", "De woningcorporatie")
SCRIPT = small_script(
    activity("partijen", "parties", max_cards=4), activity("vlag", "flag", word=both("Woord?"), hide=True)
)


class Room:
    """Anna's room at the cards, with four parties of Bas."""

    def __init__(self, db: Database, cast: Cast, activities: list[Activity]) -> None:
        self.db, self.cast = db, cast
        self.arrival, self.cards, self.flag = activities[:3]
        self.given: dict[str, str] = {}

    async def go(self, leaves: str, leads_to: str) -> None:
        assert await self.db.write(move_on, self.cast.workshop.id, leaves, leads_to)

    async def to_the_flag(self) -> None:
        await self.go(f"{self.cards.id}:open", f"{self.flag.id}:open")

    async def curate(self, name: str, act: str, **values: Any) -> None:
        await self.db.write(curate, self.cast.workshop.id, "t", self.given[name], act, **values)

    async def parties(self) -> list[Party]:
        async with self.db.read() as session:
            rows = select(Party).where(col(Party.workshop_id) == self.cast.workshop.id)
            return list((await session.exec(rows.order_by(col(Party.position)))).all())

    async def asked(self) -> dict[str, str]:
        """The parties that go to the vote: name → id."""
        async with self.db.read() as session:
            flag = await session.get_one(Activity, self.flag.id)
        return {each["name"]: each["id"] for each in flag.spec["parties"]}


@pytest.fixture
async def room(db: Database) -> tuple[Room, Participant]:
    cast = await make_cast(db, script=SCRIPT)
    async with db.read() as session:
        here = Room(db, cast, list(await activities_of(session, cast.workshop.id)))
    await here.go(f"{here.arrival.id}:open", f"{here.cards.id}:open")
    bas = await db.write(join, cast.workshop.id, "bas", "nl")
    for name in NAMES:
        form = {"name": name, "goal": f"het doel van {name}"}
        here.given[name] = await db.write(contribute, bas, here.cards.id, form, name)
    return here, bas


async def test_cards_become_parties_with_their_goals_in_their_order(room: tuple[Room, Participant]) -> None:
    here, bas = room
    rows = await here.parties()
    assert [(row.name, row.goal, row.position) for row in rows] == [
        (name, f"het doel van {name}", at) for at, name in enumerate(NAMES)
    ]
    again = {"name": "Opvang", "goal": "een bed vrij"}
    assert await here.db.write(contribute, bas, here.cards.id, again, "Opvang") == here.given["Opvang"]
    assert [(row.id, row.goal) for row in await here.parties()][1] == (rows[1].id, "een bed vrij")


async def test_what_was_merged_hidden_parked_or_taken_back_does_not_go_to_the_vote(
    room: tuple[Room, Participant],
) -> None:
    here, bas = room
    await here.curate("De woningcorporatie", "merge", into=here.given["Corporatie"])
    await here.curate("Corporatie", "edit", text="Woningcorporatie")
    await here.curate("Onzin", "hide")
    await here.db.write(withdraw, bas, here.given["Opvang"])
    await here.to_the_flag()
    assert list(await here.asked()) == ["Woningcorporatie"]


async def test_the_flag_asks_again_about_what_was_shown_again(room: tuple[Room, Participant]) -> None:
    here, _ = room
    await here.curate("Onzin", "park")
    await here.to_the_flag()
    assert "Onzin" not in await here.asked()
    await here.go(f"{here.flag.id}:open", f"{here.cards.id}:open")
    await here.curate("Onzin", "take_up")
    await here.to_the_flag()
    assert list(await here.asked()) == list(NAMES)


async def test_the_reveal_writes_who_can_stand_and_what_was_only_guessed(room: tuple[Room, Participant]) -> None:
    here, bas = room
    await here.curate("Onzin", "hide")
    await here.to_the_flag()
    asked = await here.asked()
    stands = {asked["Corporatie"]: "yes", asked["Opvang"]: "not_yet", asked["De woningcorporatie"]: "yes"}
    form = {"stands": stands, "looks_for": asked["Corporatie"]}
    await here.db.write(contribute, bas, here.flag.id, form, "k")
    assert {row.stands for row in await here.parties()} == {""}
    await here.go(f"{here.flag.id}:open", f"{here.flag.id}:revealed")
    assert [(row.name, row.stands, row.estimated) for row in await here.parties()] == [
        ("Corporatie", "yes", False),
        ("Opvang", "not_yet", True),
        ("Onzin", "", False),
        ("De woningcorporatie", "yes", True),
    ]


async def test_a_hidden_word_leaves_the_vote_and_a_later_vote_is_written_at_close(
    room: tuple[Room, Participant],
) -> None:
    here, bas = room
    await here.to_the_flag()
    asked = await here.asked()
    vote = {"stands": dict.fromkeys(asked.values(), "not_yet"), "looks_for": asked["Opvang"]}
    await here.db.write(contribute, bas, here.flag.id, vote, "k")
    said = await here.db.write(contribute, bas, here.flag.id, {"part": "word", "word": "onzin"}, "k")
    await here.db.write(curate, here.cast.workshop.id, "t", said, "hide")
    await here.go(f"{here.flag.id}:open", f"{here.flag.id}:revealed")
    assert {row.stands for row in await here.parties()} == {"not_yet"}
    await here.db.write(contribute, bas, here.flag.id, vote | {"stands": dict.fromkeys(asked.values(), "yes")}, "k")
    await here.db.write(set_phase, here.cast.workshop.id, here.flag.id, "closed")
    assert {row.stands for row in await here.parties()} == {"yes"}


async def test_a_party_of_another_workshop_gets_no_vote(room: tuple[Room, Participant]) -> None:
    here, bas = room
    await here.to_the_flag()
    asked = await here.asked()
    stands = dict.fromkeys([*asked.values(), "elsewhere"], "yes")
    with pytest.raises(Refused):
        await here.db.write(contribute, bas, here.flag.id, {"stands": stands}, "k")


async def test_when_texts_go_the_parties_that_people_typed_go_from_the_vote_too(
    db: Database, room: tuple[Room, Participant]
) -> None:
    here, _ = room
    await here.to_the_flag()
    assert await here.asked()

    async def forget(session: Any) -> None:
        workshop = await session.get(Workshop, here.cast.workshop.id)
        await empty_texts(session, workshop, clock.now())

    await db.write(forget)
    assert await here.asked() == {}
    assert {(party.name, party.goal) for party in await here.parties() if party.contribution_id} == {("", "")}

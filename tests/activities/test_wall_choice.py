"""The phone's part of the wall: what it shows before somebody chooses, and what the choice does."""

import re
from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from app.activities.wall import WallEntry
from app.core.contribute import contribute
from app.core.curating import curate
from app.core.joining import join
from app.core.lasting import Commitment
from app.core.moving import activities_of, set_phase
from app.core.participant import Participant
from app.core.shown import Shown
from app.db import Database
from app.live.mirror import Mirror
from app.live.view import View
from tests.activities.rooms import own_part, shown
from tests.activities.test_commitment import EXAMPLE_SPEC, example_form
from tests.activities.test_wall import commitment, kind, lines, plain, room
from tests.conftest import make_cast
from tests.scripts import activity, small_script


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("act", ["Ik bel Karin.", "call Karin and ask for two rooms", "morgen om 9:00 bel ik Karin"])
def test_the_phone_shows_before_consent_exactly_what_the_wall_will_say(act: str, language: str) -> None:
    mine = commitment(1, "no", act)
    wall = room(mine)
    html = own_part(wall, own={"commitment": mine}, participant=wall.mirror.participants["p1"], language=language)
    shown_as = dict(re.findall(r'value="(name|anonymous)".*?<br>(.*?)</span></label>', html, re.DOTALL))
    for show in ("name", "anonymous"):
        [line] = lines(room(commitment(1, show, act)), language)
        assert plain(shown_as[show]) == line


def test_the_phone_says_which_day_tomorrow_is() -> None:
    mine = commitment(1, "no", day=date(2026, 11, 30))
    assert "Morgen = jouw volgende werkdag: maandag 30 november" in plain(
        own_part(room(mine), own={"commitment": mine})
    )


def test_who_gave_no_name_is_not_asked_for_one() -> None:
    mine = commitment(1)
    html = own_part(room(mine), own={"commitment": mine}, participant=Participant(workshop_id="w1"))
    assert re.findall(r'name="show" value="(\w+)"', html) == ["anonymous", "no"]


def test_the_choice_that_was_made_is_shown_and_can_be_changed() -> None:
    mine = commitment(1, "anonymous")
    said = shown("wall", 1, {"show": "anonymous"})
    html = own_part(room(mine), said, own={"commitment": mine})
    assert re.findall(r'value="(\w+)" required checked', html) == ["anonymous"]
    assert "Verander mijn antwoord" in html
    closed = own_part(room(mine, phase="closed"), said, own={"commitment": mine})
    assert "<form" not in closed
    assert "Iemand: Ik bel persoon 1 op" in plain(closed)


def test_who_was_taken_off_is_told() -> None:
    mine = commitment(1, "name")
    said = shown("wall", 1, {"show": "name"}, hidden=True)
    assert "haalde jouw regel van het scherm" in own_part(room(mine), said, own={"commitment": mine})


def test_without_a_commitment_there_is_nothing_to_show_but_the_way_to_make_one() -> None:
    html = own_part(room(), own={"commitment": None})
    assert "<form" not in html
    assert "Je hebt nog geen afspraak." in html
    assert 'href="/w/BCDFGH/leaving"' in html


def test_the_form_that_is_sent_to_everybody_asks_nothing_and_tells_nothing() -> None:
    html = own_part(room(commitment(1, "name", "bel Karin")))
    assert "<form" not in html
    assert "Karin" not in html
    assert kind.personal


async def test_through_the_verbs_a_choice_comes_to_the_wall_changes_and_goes(db: Database) -> None:
    steps = [activity("afspraak", "commitment", **EXAMPLE_SPEC), activity("muur", "wall", anonymous=False)]
    cast = await make_cast(db, script=small_script(*steps))
    async with db.read() as session:
        found = {each.key: each.id for each in await activities_of(session, cast.workshop.id)}
    for each in found.values():
        await db.write(set_phase, cast.workshop.id, each, "open")
    bas = await db.write(join, cast.workshop.id, "bas", "nl")
    await db.write(contribute, bas, found["afspraak"], example_form(0), "k1")
    await db.write(contribute, bas, found["afspraak"], {"stage": "seal"}, "k2")

    async def wall() -> list[tuple[str, str, bool]]:
        mirror = Mirror(cast.workshop.id)
        await mirror.refresh(db)
        seen = View.of(mirror, frozenset({bas.id}), "")
        choices: list[Shown[Any]] = list(mirror.cards.get(found["muur"], {}).values())
        return [
            (line.name, line.act, line.hidden)
            for line in kind.lines(seen.lasting.commitments, seen.people.name_of, choices)
        ]

    assert await wall() == []
    await db.write(contribute, bas, found["muur"], {"show": "name"}, "k3")
    assert await wall() == [("Noor 0", "bel Karin en vraag twee kamers", False)]
    [choice] = [c for c in await _choices(db, cast.workshop.id) if c.slot == "one" and isinstance(c.entry, WallEntry)]
    await db.write(curate, cast.workshop.id, cast.anna.id, choice.id, "hide")
    assert await wall() == [("Noor 0", "bel Karin en vraag twee kamers", True)]
    await db.write(contribute, bas, found["muur"], {"show": "anonymous"}, "k4")
    assert await wall() == [("", "bel Karin en vraag twee kamers", True)]
    await db.write(contribute, bas, found["muur"], {"show": "no"}, "k5")
    assert await wall() == []
    async with db.read() as session:
        assert (await session.exec(select(Commitment.wall))).all() == ["no"]


async def _choices(db: Database, workshop_id: str) -> list[Shown[Any]]:
    mirror = Mirror(workshop_id)
    await mirror.refresh(db)
    return [card for cards in mirror.cards.values() for card in cards.values()]

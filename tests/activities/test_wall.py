"""The wall of volunteers: nothing of a commitment is in anybody's bytes unless its owner chose so."""

import re
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from app.activities.wall import CHUNK, Wall, WallEntry
from app.core.contribute import contribute
from app.core.curating import curate
from app.core.drafts import WallDraft
from app.core.errors import Refused
from app.core.joining import join
from app.core.kind import Shown
from app.core.lasting import Commitment
from app.core.moving import activities_of, set_phase
from app.core.participant import Participant
from app.db import Database
from app.live.mirror import Mirror
from app.live.view import View
from tests.activities.rooms import own_part, screen, shown, text, view
from tests.activities.test_commitment import EXAMPLE_SPEC, example_form
from tests.conftest import make_cast
from tests.scripts import activity, small_script

kind = Wall()
ZONE = ZoneInfo("Europe/Amsterdam")
WEDNESDAY = date(2026, 11, 25)
AUDIENCES = ["projector", "facilitator", "participant"]


def commitment(number: int, wall: str = "no", act: str = "", day: date = WEDNESDAY, at: int = 9) -> Commitment:
    starts = datetime(day.year, day.month, day.day, at, 30, tzinfo=ZONE)
    return Commitment(
        id=f"k{number:03}", workshop_id="w1", participant_id=f"p{number}", act=act or f"bel persoon {number} op",
        day=day, starts_at=starts, first_due_day=day, wall=wall,
    )  # fmt: skip


def room(*commitments: Commitment, hidden: tuple[int, ...] = (), **changed: Any) -> View:
    people = [
        Participant(id=each.participant_id, workshop_id="w1", name=f"Naam{each.participant_id}") for each in commitments
    ]
    cards = [
        shown("wall", int(each.participant_id[1:]), {"show": each.wall}, hidden=int(each.participant_id[1:]) in hidden)
        for each in commitments
    ]
    return view("wall", cards, people, commitments, **changed)


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def lines(room: View, language: str = "nl") -> list[str]:
    """What stands on the projector's wall, as text."""
    return [plain(line) for line in re.findall(r'<li id="wall-line-\w+">(.*?)</li>', text(room, "projector", language))]


@pytest.mark.parametrize("show", ["name", "anonymous", "no"])
def test_the_choice_is_handed_on(show: str) -> None:
    entry = kind.parse({"show": show})
    assert kind.hand_on(kind.Spec(question={"nl": "?", "en": "?"}), entry) == WallDraft(show)


@pytest.mark.parametrize("form", [{}, {"show": "yes"}, {"show": ["name", "no"]}, {"show": "no", "act": "iets"}])
def test_only_the_three_answers_are_read(form: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        kind.parse(form)


def test_a_line_has_the_time_the_name_and_the_act_as_a_quotation() -> None:
    assert lines(room(commitment(1, "name", "Ik bel Karin en vraag twee kamers."))) == [
        "9:30 Naamp1: Ik bel Karin en vraag twee kamers"
    ]


def test_without_a_name_it_is_somebodys() -> None:
    wall = room(commitment(1, "anonymous", "bel Karin"))
    assert lines(wall) == ["9:30 Iemand: Ik bel Karin"]
    assert lines(wall, "en") == ["9:30 Somebody: Ik bel Karin"]


def test_the_sentence_decides_its_language_and_not_the_screen() -> None:
    wall = room(commitment(1, "anonymous", "call Karin and ask for two rooms"))
    assert lines(wall) == ["9:30 Iemand: I call Karin and ask for two rooms"]
    assert kind.quoted("Karin 9:30", "nl") == "Ik Karin 9:30"
    assert kind.quoted("Karin 9:30", "en") == "I Karin 9:30"


def test_the_time_is_the_workshops_and_another_day_than_tomorrow_is_named() -> None:
    later = commitment(2, "anonymous", "bel Tom", day=date(2026, 11, 27), at=13)
    assert lines(room(commitment(1, "anonymous", "bel Karin"), later)) == [
        "9:30 Iemand: Ik bel Karin",
        "vr 27 nov 13:30 Iemand: Ik bel Tom",
    ]


def test_the_wall_stands_in_the_order_of_day_and_time() -> None:
    wall = room(
        commitment(1, "name", day=date(2026, 11, 26)), commitment(2, "name", at=14), commitment(3, "name", at=8)
    )
    assert [line.partition("Naam")[2][:2] for line in lines(wall)] == ["p3", "p2", "p1"]


def test_all_are_counted_and_the_rest_of_the_volunteers_too() -> None:
    wall = room(*[commitment(number, "anonymous" if number < 15 else "no") for number in range(22)], most=12)
    assert len(lines(wall)) == 12
    assert "22 afspraken voor morgen" in plain(text(wall, "projector"))
    assert "en nog 3" in plain(text(wall, "projector"))
    assert "22 commitments for tomorrow" in plain(text(wall, "projector", "en"))


def test_one_commitment_is_one() -> None:
    assert "1 afspraak voor morgen" in plain(text(room(commitment(1)), "projector"))


@given(st.lists(st.sampled_from(["name", "anonymous", "no"]), max_size=30))
def test_nothing_of_who_said_no_and_no_name_that_was_not_given_is_in_any_bytes(walls: list[str]) -> None:
    wall = room(*[commitment(number, each, f"doe daad{number}!") for number, each in enumerate(walls)], most=40)
    for audience in AUDIENCES:
        seen = text(wall, audience)
        acts = {int(number) for number in re.findall(r"daad(\d+)!", seen)}
        names = {int(number) for number in re.findall(r"Naamp(\d+)", seen)}
        volunteers = {number for number, each in enumerate(walls) if each != "no"}
        assert acts == (set() if audience == "participant" else volunteers)
        assert names == (set() if audience == "participant" else {n for n, each in enumerate(walls) if each == "name"})


@pytest.mark.parametrize("audience", AUDIENCES)
def test_before_a_reveal_nothing_is_on_the_wall(audience: str) -> None:
    assert "Karin" not in text(room(commitment(1, "name", "bel Karin"), hide=True), audience)


def test_the_trainer_can_take_a_line_off_and_put_it_back() -> None:
    wall = room(commitment(1, "name", "bel Karin"), commitment(2, "name", "bel Tom"), hidden=(1,))
    assert lines(wall) == ["9:30 Naamp2: Ik bel Tom"]
    seen = text(wall, "facilitator")
    assert "Ik bel Karin" in seen
    assert 'action="/w/BCDFGH/cards/c1/curations"' in seen
    assert plain(seen).count("Toon weer") == plain(seen).count("Verberg") == 1


@given(st.integers(0, 60), st.integers(1, 40))
def test_chunks_hold_the_first_lines_in_their_order(count: int, most: int) -> None:
    all_lines = [kind.line(commitment(number)) for number in range(count)]
    chunks = kind.chunks(all_lines, most)
    assert [line for chunk in chunks for line in chunk] == all_lines[:most]
    assert all(0 < len(chunk) <= CHUNK for chunk in chunks)


def test_a_new_line_redraws_its_own_chunk_and_the_counts_only() -> None:
    before = screen(room(*[commitment(number, "name") for number in range(12)], most=40), "projector")
    after = screen(room(*[commitment(number, "name") for number in range(13)], most=40), "projector", former=before)
    assert set(after.changes(before)) == {"wall-a1-1", "wall-count-a1", "count"}
    unseen = [*[commitment(number, "name") for number in range(12)], commitment(99)]
    quiet = screen(room(*unseen, most=40), "projector", former=before)
    assert set(quiet.changes(before)) == {"wall-count-a1", "count"}


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
        seen = View.of(mirror, 1, "")
        choices: list[Shown[Any]] = list(mirror.cards.get(found["muur"], {}).values())
        return [(line.name, line.act, line.hidden) for line in kind.lines(seen.commitments, seen.name_of, choices)]

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

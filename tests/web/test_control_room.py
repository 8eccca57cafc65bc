"""The control room through its doors: undo, freezing, one card in the light, a helper, screens and people."""

import re
from typing import Any

import httpx2
import pytest
from sqlmodel import select

from app.core.contribute import contribute
from app.core.deeds import last_deed
from app.core.joining import join
from app.core.moving import activities_of
from app.core.participant import Participant
from app.core.workshop import Activity, Stage
from app.db import Database
from app.ids import hashed
from app.web.facilitating import helper_token
from app.web.limiting import PERSONS
from tests.conftest import Cast, Running, make_cast, session_token
from tests.follow_up import commit
from tests.scripts import activity, small_script

HTMX = {"HX-Request": "true"}


class Room:
    """Anna's desk, a workshop with a question on cards on its stage, and its doors."""

    def __init__(self, running: Running, db: Database, cast: Cast) -> None:
        self.running, self.db, self.cast = running, db, cast

    async def prepare(self) -> "Room":
        self.desk = self.running.trainer_client(await session_token(self.db, self.cast.anna))
        async with self.db.read() as session:
            self.arrival, self.cards = list(await activities_of(session, self.cast.workshop.id))[:2]
        self.post("stage", leaves=f"{self.arrival.id}:open", leads_to=f"{self.cards.id}:open")
        return self

    def at(self, door: str) -> str:
        return f"/w/{self.cast.workshop.code}/{door}"

    def post(self, door: str, client: httpx2.Client | None = None, **form: str) -> int:
        return (client or self.desk).post(self.at(door), data=form, headers=HTMX).status_code

    async def card(self, name: str, text: str) -> str:
        someone = await self.db.write(join, self.cast.workshop.id, hashed(name), "nl")
        return await self.db.write(contribute, someone, self.cards.id, {"text": text}, name)

    async def stage(self) -> Stage:
        async with self.db.read() as session:
            return await session.get_one(Stage, self.cast.workshop.id)

    def wall(self) -> str:
        token = re.search(r"/projector/([\w.-]+)", self.desk.get(self.at("facilitator")).text)
        assert token
        return self.desk.get(self.at(f"parts/projector/{token[1]}")).text


@pytest.fixture
async def room(db: Database, running: Running) -> Room:
    cast = await make_cast(db, script=small_script(activity("kaart", "cards", max_cards=5)))
    return await Room(running, db, cast).prepare()


async def test_undo_is_one_press_and_only_for_what_the_screen_showed(room: Room) -> None:
    assert room.post("blank", blank="yes") == 204
    deed = re.search(r'name="deed" value="([\w-]+)"', room.desk.get(room.at("parts/facilitator")).text)
    assert deed
    assert room.post("undo", deed=deed[1]) == 204
    assert not (await room.stage()).blank
    assert room.post("undo", deed=deed[1]) == 422


async def test_a_screen_that_stands_still_shows_what_was_there_and_nothing_newer(room: Room) -> None:
    await room.card("bas", "een kamer")
    assert room.post("still", still="yes") == 204
    await room.card("els", "een busje")
    assert "een kamer" in room.wall()
    assert "een busje" not in room.wall()
    assert "een busje" in room.desk.get(room.at("parts/facilitator")).text
    room.post("still", still="no")
    assert "een busje" in room.wall()


async def test_one_card_in_the_light_stands_alone_and_not_one_of_another_workshop(room: Room) -> None:
    kamer = await room.card("bas", "een kamer")
    await room.card("els", "een busje")
    room.post("spotlight", card=kamer)
    assert "een kamer" in room.wall()
    assert "een busje" not in room.wall()
    assert room.post("spotlight", card="x" * 22) == 404
    room.post("spotlight", card="")
    assert "een busje" in room.wall()


async def test_a_hidden_card_in_the_light_is_not_shown(room: Room) -> None:
    kamer = await room.card("bas", "een kamer")
    room.post("spotlight", card=kamer)
    room.post(f"cards/{kamer}/curations", act="hide")
    assert "een kamer" not in room.wall()


async def test_ticked_cards_become_one_and_count_for_all(room: Room) -> None:
    cards = [await room.card(name, text) for name, text in (("bas", "een kamer"), ("els", "een zaal"))]
    answer = room.desk.post(room.at("merges"), data={"card": cards}, headers=HTMX)
    assert answer.status_code == 204
    assert "2×" in room.wall()
    assert "een zaal" not in room.wall()
    assert room.post("merges", card=cards[0]) == 422


async def test_an_extra_question_is_the_next_moment(room: Room) -> None:
    assert room.post("questions", shape="poll", question="Waar eten we?", answers="hier\nthuis") == 204
    async with room.db.read() as session:
        found = [each for each in await activities_of(session, room.cast.workshop.id) if each.key.startswith("extra")]
    assert [each.step for each in found] == [room.cards.step]
    assert room.post("questions", shape="poll", question=" ") == 422
    assert room.post("questions", shape="dance", question="Nu?") == 422


async def test_a_helper_moves_on_and_works_on_cards_but_does_not_end_or_remove(room: Room) -> None:
    kamer = await room.card("bas", "een kamer")
    helper = room.running.client(follow_redirects=False)
    token = helper_token(room.cast.workshop)
    assert "Help" in helper.get(room.at(f"helper/{token}")).text
    assert helper.get(room.at("facilitator")).status_code == 303
    assert helper.post(room.at(f"helper/{token}")).status_code == 303
    assert helper.get(room.at("facilitator")).status_code == 200
    assert room.post(f"cards/{kamer}/curations", helper, act="hide") == 204
    assert room.post("blank", helper, blank="yes") == 204
    for door in ("closing", "opening", "people/x", "paper-people", "screens", "deletion"):
        assert helper.post(room.at(door), headers=HTMX).headers.get("location") == "/sign-in", door
    room.post("closing")
    async with room.db.read() as session:
        ending = await last_deed(session, room.cast.workshop.id)
    assert ending
    assert room.post("undo", helper, deed=ending.id) == 422
    assert room.post("undo", deed=ending.id) == 204
    elsewhere = room.running.client(follow_redirects=False)
    assert elsewhere.post(f"/w/{room.cast.elsewhere.code}/helper/{token}").status_code == 404


async def test_a_screen_in_a_room_shows_the_workshop_once_the_trainer_typed_its_code(room: Room) -> None:
    screen = room.running.client(follow_redirects=False)
    code = re.search(r'pairing-code">(\w{6})<', screen.get("/scherm").text)
    assert code
    assert screen.get("/scherm/state").status_code == 204
    assert room.post("screens", screen="ZZZZZZ") == 404
    assert (
        room.desk.post(room.at("screens"), data={"screen": code[1].lower()}, follow_redirects=False).status_code == 303
    )
    told = screen.get("/scherm/state")
    assert "/projector/" in told.headers["hx-redirect"]
    assert screen.get(told.headers["hx-redirect"]).status_code == 200
    other = room.running.client(follow_redirects=False)
    other.get("/scherm")
    assert other.get("/scherm/state").status_code == 204
    assert room.post("screens", screen=code[1]) == 404


async def test_two_people_on_one_phone_have_their_own_answers(room: Room) -> None:
    phone = room.running.client()
    phone.post(room.at("participants"))
    phone.post(room.at(f"activities/{room.cards.id}/contributions"), data={"text": "van de eerste"})
    assert "van de eerste" in phone.get(room.at("")[:-1]).text
    phone.post(room.at("persons"))
    assert "van de eerste" not in phone.get(room.at("")[:-1]).text
    first = re.search(r'name="person" value="([\w-]+)"', phone.get(room.at("persons")).text)
    assert first
    phone.post(room.at("persons"), data={"person": first[1]})
    assert "van de eerste" in phone.get(room.at("")[:-1]).text
    stranger = room.running.client()
    stranger.post(room.at("participants"))
    assert stranger.post(room.at("persons"), data={"person": first[1]}).status_code == 404


async def test_a_phone_makes_no_crowd(room: Room) -> None:
    """The cookie with who is on it is the phone's own: who leaves it out is counted all the same."""
    phone = room.running.client()
    phone.post(room.at("participants"))
    for _ in range(PERSONS.most):
        phone.cookies.delete("morgen_persons")
        assert phone.post(room.at("persons")).status_code == 200
    phone.cookies.delete("morgen_persons")
    assert phone.post(room.at("persons")).status_code == 429


async def test_the_trainer_types_for_who_has_no_phone_and_for_nobody_else(room: Room) -> None:
    kept = await room.card("bas", "een kamer")
    assert room.desk.post(room.at("paper-people")).status_code == 200
    room.desk.post(room.at(f"activities/{room.cards.id}/contributions"), data={"text": "van papier"})
    async with room.db.read() as session:
        people: dict[bool, Any] = {row.on_paper: row for row in (await session.exec(select(Participant))).all()}
    assert "van papier" in room.wall()
    assert room.desk.post(room.at(f"paper-people/{people[False].id}")).status_code == 422
    assert room.desk.post(room.at(f"paper-people/{people[True].id}")).status_code == 200
    assert kept


async def test_the_list_of_people_names_nobody(room: Room) -> None:
    bas, _ = await commit(room.db, room.cast.workshop, "bas", name="Zwaantje")
    html = room.desk.get(room.at("people")).text
    assert bas.personal_code in html
    assert "Zwaantje" not in html


async def test_phones_look_up_when_they_are_asked_to(room: Room) -> None:
    phone = room.running.client()
    phone.post(room.at("participants"))
    assert "look-up" not in phone.get(room.at("parts/participant")).text.replace('id="look-up"', "")
    room.post("look-up", look_up="yes")
    assert "Kijk even op" in phone.get(room.at("parts/participant")).text


async def test_a_cut_drops_one_activity_or_a_whole_step_and_never_a_kept_one(room: Room) -> None:
    assert room.post("cuts", step="s1", activity="kaart") == 204
    async with room.db.read() as session:
        assert (await session.get_one(Activity, room.cards.id)).skipped
    assert room.post("cuts", step="s10") == 422


async def test_ending_the_workshop_is_undone_in_one_of_two_windows(room: Room) -> None:
    assert room.post("closing") == 204
    windows = [room.desk.get(room.at("facilitator")).text for _ in range(2)]
    deeds = [re.search(r'name="deed" value="([^"]+)"', page) for page in windows]
    assert all(deeds)
    assert [room.post("undo", deed=deed[1]) for deed in deeds if deed] == [204, 422]
    assert 'id="end"' in room.desk.get(room.at("facilitator")).text


async def test_two_phones_that_were_made_one_are_two_again_through_the_doors(room: Room) -> None:
    phones = [room.running.client() for _ in range(2)]
    for phone in phones:
        assert phone.post(room.at("participants")).status_code == 200
    async with room.db.read() as session:
        bas, els = [row.id for row in (await session.exec(select(Participant))).all()]
    codes = [own_code(phone.get(room.at("").rstrip("/")).text) for phone in phones]
    room.desk.post(room.at(f"people/{bas}"), data={"act": "merge", "into": els})
    assert len({own_code(phone.get(room.at("").rstrip("/")).text) for phone in phones}) == 1
    deed = re.search(r'name="deed" value="([^"]+)"', room.desk.get(room.at("facilitator")).text)
    assert deed
    assert [room.post("undo", deed=deed[1]) for _ in range(2)] == [204, 422]
    assert [own_code(phone.get(room.at("").rstrip("/")).text) for phone in phones] == codes


def own_code(page: str) -> str:
    found = re.search(r"\b[A-Z0-9]{4}\b(?=</b>|</strong>|</code>)", page)
    assert found
    return found[0]

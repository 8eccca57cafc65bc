"""Two trainers' workshops with something behind every door, for whoever tries the doors of the one with the keys of
the other."""

from dataclasses import dataclass
from typing import Any

import httpx2
from sqlalchemy import select
from sqlmodel import SQLModel

from app import links
from app.core.conditions_letter import Contact, Point
from app.core.contribute import contribute
from app.core.joining import be, join
from app.core.lasting import Commitment, Condition, Gap, Need, Party
from app.core.letter import OutgoingMail
from app.core.moving import activities_of, move_on
from app.core.own_scripts import copy_script
from app.core.participant import Buddy, MailAddress, Participant
from app.core.trainer import Trainer
from app.core.workshop import Activity, Stage, Workshop
from app.db import Database
from app.ids import hashed, random_id
from tests.conftest import Cast, Running, session_token
from tests.follow_up import commit
from tests.scripts import small_script

NOBODY, PARTICIPANT, TRAINER = "nobody", "a participant", "a trainer"
VISITORS = (NOBODY, PARTICIPANT, TRAINER)


@dataclass
class Side:
    """One trainer's workshop. `values` fill the places in an address, `tokens` its place for a link."""

    workshop: Workshop
    trainer: Trainer
    person: Participant
    commitment: Commitment
    contact: Contact
    browser: str
    trainer_token: str
    values: dict[str, str]

    def token(self, path: str) -> str:
        """The link that opens this address."""
        workshop, person = self.workshop, self.person
        if "projector" in path or "helper" in path:
            purpose = "projector" if "projector" in path else "helper"
            return links.sign(purpose, workshop.id, workshop.link_epoch)
        if path.startswith(("/c/", "/u/c/")):
            return links.sign("contact", self.contact.id, self.contact.link_epoch)
        if path.startswith("/a/"):
            return links.sign("answer", self.commitment.id, person.link_epoch)
        purpose = "buddy" if path.startswith("/b/") else "stop" if path.startswith("/u/") else "person"
        return links.sign(purpose, person.id, person.link_epoch)

    def address(self, path: str, **changed: str) -> str:
        return path.format(**{"token": self.token(path), **self.values, **changed})

    def sit(self, client: httpx2.Client, visitor: str) -> httpx2.Client:
        """This browser comes in as `visitor`."""
        if visitor == PARTICIPANT:
            client.cookies.set("morgen", self.browser)
        if visitor == TRAINER:
            client.cookies.set("morgen_trainer", self.trainer_token)
        return client


@dataclass
class House:
    running: Running
    db: Database
    ours: Side
    theirs: Side

    def client(self, visitor: str = NOBODY, side: Side | None = None) -> httpx2.Client:
        return (side or self.ours).sit(self.running.client(follow_redirects=False), visitor)


async def stand(running: Running, db: Database, cast: Cast) -> House:
    ours = await furnish(db, cast.workshop, cast.anna, "ours")
    theirs = await furnish(db, cast.elsewhere, cast.dirk, "theirs")
    return House(running, db, ours, theirs)


async def furnish(db: Database, workshop: Workshop, trainer: Trainer, mark: str) -> Side:
    """A card, a commitment with an answer, a need, a condition, a party, a point, a contact, a buddy, a mail."""
    poll = await open_poll(db, workshop)
    browser = f"browser of {mark}"
    person, commitment = await commit(db, workshop, hashed(browser), act=f"ik bel {mark}")
    buddy = await db.write(join, workshop.id, hashed(f"buddy of {mark}"), "nl")
    card = await db.write(contribute, buddy, poll.id, {"pick": "veel"}, random_id())
    rows = await put(db, lasting(workshop, person, buddy, mark))
    own = await db.write(copy_script, trainer.id, small_script().model_dump(mode="json"))
    async with db.read() as session:
        trainer = await session.get_one(Trainer, trainer.id)
        workshop = await session.get_one(Workshop, workshop.id)
        deed = workshop.rev
    values = {
        "code": workshop.code,
        "activity_id": poll.id,
        "contribution_id": card,
        "participant_id": buddy.id,
        "organisation_id": workshop.organisation_id,
        "need_id": rows["Need"].id,
        "condition_id": rows["Condition"].id,
        "point_id": rows["Point"].id,
        "mail_id": rows["OutgoingMail"].id,
        "own_id": own.id,
        "trainer_id": trainer.id,
        "step": "s1",
        "key": "proef",
        "number": "0",
        "audience": "projector",
        "name": "x",
        "paper": "ict",
        "deed": str(deed),
    }
    token = await session_token(db, trainer)
    return Side(workshop, trainer, person, commitment, rows["Contact"], browser, token, values)


def lasting(workshop: Workshop, person: Participant, buddy: Participant, mark: str) -> list[SQLModel]:
    contact = Contact(workshop_id=workshop.id, role="commissioner", name=f"Wie {mark}", address=f"{mark}@example.nl")
    return [
        contact,
        Gap(workshop_id=workshop.id, now=3, wanted=8, count=5),
        Need(workshop_id=workshop.id, key=f"need-{mark}", type="TEAM", text=f"nodig {mark}"),
        Condition(workshop_id=workshop.id, participant_id=person.id, text=f"voorwaarde {mark}"),
        Party(workshop_id=workshop.id, name=f"partij {mark}", goal="rust", stands="yes"),
        Point(workshop_id=workshop.id, text=f"punt {mark}", owner_contact_id=None),
        MailAddress(participant_id=person.id, address=f"person-{mark}@example.nl"),
        Buddy(participant_id=person.id, workshop_id=workshop.id, buddy_id=buddy.id, agreed=True),
        OutgoingMail(
            message_id=f"<{mark}@example.nl>", letter="m0", workshop_id=workshop.id, participant_id=person.id,
            to_address=f"person-{mark}@example.nl", subject=mark, text=mark, html=mark, state="sent",
        ),
    ]  # fmt: skip


async def open_poll(db: Database, workshop: Workshop) -> Activity:
    async with db.read() as session:
        stage = await session.get_one(Stage, workshop.id)
        poll = list(await activities_of(session, workshop.id))[1]
    await db.write(move_on, workshop.id, f"{stage.activity_id}:open", f"{poll.id}:open")
    return poll


async def put(db: Database, rows: list[SQLModel]) -> dict[str, Any]:
    async def add(session: Any) -> None:
        session.add_all(rows)

    await db.write(add)
    return {type(row).__name__: row for row in rows}


async def come_in(db: Database, person: Participant, browser: str) -> None:
    """Another browser of the same person."""
    await db.write(be, person, hashed(browser))


async def everything(db: Database) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, to see what an attack changed."""
    found: dict[str, list[dict[str, Any]]] = {}
    async with db.read() as session:
        for name, table in SQLModel.metadata.tables.items():
            rows = (await (await session.connection()).execute(select(table))).mappings()
            found[name] = sorted((dict(row) for row in rows), key=repr)
    return found

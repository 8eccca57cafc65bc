"""For tests of the follow-up: a workshop on a Tuesday, Chantal in it with a commitment for the next day, a clock with
hands, and mail servers that misbehave on request. The fixtures stand in `follow_up_cast`."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlmodel import SQLModel, select

from app.core.advancing import advance
from app.core.committing import commit_to
from app.core.contribution import Contribution
from app.core.drafts import CommitmentDraft
from app.core.joining import join
from app.core.lasting import Commitment
from app.core.letter import PlannedLetter
from app.core.moving import activities_of
from app.core.participant import Participant
from app.core.workshop import Workshop
from app.db import Database
from app.settings import Settings

Row = TypeVar("Row", bound=SQLModel)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def at(text: str) -> datetime:
    """A moment on the Dutch clock, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM).astimezone(UTC)


TUESDAY = at("2026-11-24 13:30")
"""The workshop is on the afternoon of Tuesday 24 November 2026."""


@dataclass
class Hands:
    """The hands of a clock that a test puts forward."""

    now: datetime = TUESDAY

    def put(self, text: str) -> datetime:
        self.now = at(text)
        return self.now


def draft(**changed: Any) -> CommitmentDraft:
    given: dict[str, Any] = {
        "act": "ik bel Karin & vraag <twee> kamers",
        "day": date(2026, 11, 25),
        "at": time(9, 30),
        "minutes": 30,
        "place": "telefoon",
        "who": "Karin",
        "alone": False,
        "evidence": "ik weet ja of nee",
        "leave": "meeting",
        "obstacle": "NIET_BEREIKT",
        "obstacle_text": "",
        "then": "bel ik om 11:00 Peter",
        "confidence": 8,
        "name": "Chantal",
        "days_off": (),
        "day_chosen": False,
        "verdict": "concreet",
        "first_verdict": "bijna",
        "rules": (),
        "overruled": False,
    }
    return CommitmentDraft(**given | changed)


async def commit(db: Database, workshop: Workshop, browser: str, **changed: Any) -> tuple[Participant, Commitment]:
    """This person is in the workshop and seals a commitment, or seals it again."""
    person = await db.write(join, workshop.id, browser, changed.pop("language", "nl"))

    async def seal(session: Any) -> Commitment:
        rev = await advance(session, workshop.id)
        activity = (await activities_of(session, workshop.id))[0]
        own = Contribution(
            id=f"of-{person.id}",
            workshop_id=workshop.id,
            activity_id=activity.id,
            participant_id=person.id,
            slot="form",
            entry={},
            withdrawn=True,
        )
        await session.merge(own)
        await session.flush()
        return await commit_to(session, workshop, person, own.id, draft(**changed), rev)

    commitment = await db.write(seal)
    async with db.read() as session:
        return await session.get_one(Participant, person.id), commitment


@dataclass
class Chantal:
    workshop: Workshop
    person: Participant
    commitment: Commitment


@dataclass
class Box:
    """A mail server on loopback that keeps what it took. `answer` may refuse a mail, drop the line, or take long."""

    host: str = "127.0.0.1"
    port: int = 0
    taken: list[Envelope] = field(default_factory=list)
    seen: list[bytes] = field(default_factory=list)
    answer: Callable[[SMTP, Envelope], Awaitable[str | None]] | None = None

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        self.seen.append(content)
        said = await self.answer(server, envelope) if self.answer else None
        if said is None:
            self.taken.append(envelope)
            return "250 taken"
        return said


@asynccontextmanager
async def mail_server(box: Box) -> AsyncIterator[Box]:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(box, loop=loop), box.host, 0)
    box.port = server.sockets[0].getsockname()[1]
    try:
        yield box
    finally:
        server.close()


def over_smtp(settings: Settings, box: Box, **changed: Any) -> Settings:
    given = {"smtp_host": box.host, "smtp_port": box.port, "smtp_tls": "none"} | changed
    return settings.model_copy(update=given)


async def rows(db: Database, table: type[Row], *conditions: Any) -> list[Row]:
    """All rows of a table, or those that meet the conditions."""
    async with db.read() as session:
        return list((await session.exec(select(table).where(*conditions))).all())


async def plans(db: Database) -> dict[str, PlannedLetter]:
    """The plans by letter; the confirmation of a changed commitment stands beside the first as `m0:1`."""
    found: dict[str, PlannedLetter] = {}
    for plan in await rows(db, PlannedLetter):
        number = plan.key.partition(":")[2].partition(":")[2]
        found[plan.letter if number in ("", "0") else f"{plan.letter}:{number}"] = plan
    return found


def dutch(moment: datetime) -> str:
    return moment.astimezone(AMSTERDAM).strftime("%Y-%m-%d %H:%M")

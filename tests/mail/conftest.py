"""Chantal in Anna's workshop, with a commitment for the next day; and mail servers that misbehave on request."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from app import clock
from app.core.addressing import give_address
from app.core.advancing import advance
from app.core.committing import commit_to
from app.core.contribution import Contribution
from app.core.drafts import CommitmentDraft
from app.core.joining import join
from app.core.lasting import Commitment
from app.core.moving import activities_of
from app.core.participant import Participant
from app.core.workshop import Workshop
from app.db import Database
from app.settings import Settings
from tests.conftest import Cast, make_cast

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


@pytest.fixture
def hands() -> Iterator[Hands]:
    made = Hands()
    with clock.fixed(lambda: made.now):
        yield made


@pytest.fixture
async def cast(db: Database, hands: Hands) -> Cast:
    return await make_cast(db, starts_at=TUESDAY - timedelta(minutes=1))


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


@pytest.fixture
async def chantal(db: Database, cast: Cast) -> Chantal:
    """With a commitment for Wednesday 9:30 and a mail address, given at 13:30."""
    person, commitment = await commit(db, cast.workshop, "chantal")
    await db.write(give_address, cast.workshop, person, "chantal@example.org", True, False)
    async with db.read() as session:
        return Chantal(cast.workshop, await session.get_one(Participant, person.id), commitment)


@pytest.fixture
def settings(tmp_path: Path, db: Database) -> Settings:
    """Without a mail server: mails lie as files."""
    return Settings(
        data=tmp_path / "data", database=db.url, base_url="https://morgen.example", mail_from="post@morgen.example"
    )


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


@contextmanager
def mail_server(box: Box) -> Iterator[Box]:
    controller = Controller(box, hostname=box.host, port=0)
    controller.start()
    box.port = controller.server.sockets[0].getsockname()[1]
    try:
        yield box
    finally:
        controller.stop()


@pytest.fixture
async def box() -> AsyncIterator[Box]:
    with mail_server(Box()) as made:
        yield made


def over_smtp(settings: Settings, box: Box, **changed: Any) -> Settings:
    given = {"smtp_host": box.host, "smtp_port": box.port, "smtp_tls": "none"} | changed
    return settings.model_copy(update=given)
